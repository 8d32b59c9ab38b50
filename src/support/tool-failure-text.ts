import type { ToolFailure } from "./run-tool.ts";
import { shellText } from "./shell-text.ts";
import { unreachable } from "./unreachable.ts";

/** What became of a tool, as half a sentence: "`cc` ended with status 1". */
export function toolFailureText(failure: ToolFailure): string {
  const program = `\`${failure.command.program}\``;
  switch (failure.reason) {
    case "not-started":
      return failure.errno === "ENOENT"
        ? `${program} was not found`
        : `${program} could not be started (${failure.errno})`;
    case "exit-status":
      return `${program} ended with status ${failure.status}`;
    case "signal":
      return `${program} was stopped by ${failure.signal}`;
    case "interrupted":
      return `${program} was interrupted`;
    case "over-limit":
      return failure.over.limit === "time"
        ? `${program} was ended after ${failure.over.timeMs / 1000} s, its time limit`
        : `${program} was ended when it took more than ${(failure.over.memoryBytes / 1e9).toFixed(1)} GB of memory`;
    default:
      return unreachable(failure);
  }
}

/** The last lines that the tool printed, or nothing. */
export function toolOutput(failure: ToolFailure): string {
  return "output" in failure ? failure.output : "";
}

/** The command line, to be run again by hand. */
export function toolCommandText(failure: ToolFailure): string {
  return shellText(failure.command);
}
