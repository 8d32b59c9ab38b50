import { fstatSync } from "node:fs";
import { isatty } from "node:tty";
import type { IoKind } from "../statement/provenance.ts";
import { onPath } from "../support/on-path.ts";
import type { Result } from "../support/result.ts";
import { observeTool, shellText, type ToolCommand, type ToolExit, type ToolFailure } from "../support/run-tool.ts";

/** `inherit`: the workload has this process's own streams. Otherwise its standard output is of that kind, and is dropped. */
export type WorkloadStreams = "inherit" | Exclude<IoKind, "other">;

/** What this process's standard output is, and so what an inheriting workload sees. */
export function ownIoKind(): IoKind {
  if (isatty(1)) return "tty";
  const stat = fstatSync(1);
  return stat.isFIFO() || stat.isSocket() ? "pipe" : stat.isFile() ? "file" : "other";
}

/** The kinds that can be made here: a pseudo-terminal needs `script` of util-linux. */
export function availableKinds(): readonly Exclude<WorkloadStreams, "inherit">[] {
  return onPath("script") === undefined ? ["pipe", "file"] : ["pipe", "file", "tty"];
}

export interface WorkloadRun {
  /** Takes the output of kind `file`. */
  readonly outputFile: string;
  readonly abort: AbortSignal | undefined;
  /** `forward`: an interrupted workload is observed to its own end. */
  readonly onAbort: "end" | "forward";
}

/** Runs a workload to its end, whatever its exit status. All streams but `inherit` give it an empty standard input. */
export function runWorkload(
  command: ToolCommand,
  streams: WorkloadStreams,
  { outputFile, abort, onAbort }: WorkloadRun,
): Promise<Result<ToolExit, ToolFailure>> {
  switch (streams) {
    case "inherit":
      return observeTool(command, { streams: { kind: "inherit" }, abort, onAbort });
    case "pipe":
      return observeTool(command, { streams: { kind: "capture" }, abort, onAbort });
    case "file":
      return observeTool(command, { streams: { kind: "file", path: outputFile }, abort, onAbort });
    case "tty":
      return observeTool(onTerminal(command), { streams: { kind: "capture" }, abort, onAbort });
  }
}

function onTerminal(command: ToolCommand): ToolCommand {
  return { ...command, program: "script", args: ["--quiet", "--return", "--command", shellText(command), "/dev/null"] };
}
