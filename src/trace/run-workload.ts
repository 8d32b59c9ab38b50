import { fstatSync } from "node:fs";
import { isatty } from "node:tty";
import type { IoKind } from "../statement/provenance.ts";
import type { Result } from "../support/result.ts";
import { observeTool, type ToolCommand, type ToolExit, type ToolFailure } from "../support/run-tool.ts";
import type { ToolLimits } from "../support/tool-limits.ts";
import { hasPseudoTerminals, onPseudoTerminal } from "./pseudo-terminal.ts";

/** What standard output is where the workload has none of ours. */
export type Streams = Exclude<IoKind, "other">;

/**
 * `inherit`: the workload has this process's own streams. `terminal`: it has a terminal of its own, whose input and output
 * go by this process's. Otherwise its standard output is of that kind, and is dropped.
 */
export type WorkloadStreams = "inherit" | "terminal" | Streams;

/** What this process's standard output is, and so what an inheriting workload sees. */
export function ownIoKind(): IoKind {
  if (isatty(1)) return "tty";
  const stat = fstatSync(1);
  return stat.isFIFO() || stat.isSocket() ? "pipe" : stat.isFile() ? "file" : "other";
}

/** The kinds that can be made here. */
export function availableKinds(): readonly Streams[] {
  return hasPseudoTerminals() ? ["pipe", "file", "tty"] : ["pipe", "file"];
}

export interface WorkloadRun {
  /** Takes the output of kind `file`. */
  readonly outputFile: string;
  readonly abort: AbortSignal | undefined;
  /** `forward`: an interrupted workload is observed to its own end. */
  readonly onAbort: "end" | "forward";
  readonly limits?: ToolLimits | undefined;
}

/** Runs a workload to its end, whatever its exit status. Where its output is dropped, its standard input is empty. */
export function runWorkload(
  command: ToolCommand,
  streams: WorkloadStreams,
  { outputFile, ...options }: WorkloadRun,
): Promise<Result<ToolExit, ToolFailure>> {
  switch (streams) {
    case "inherit":
      return observeTool(command, { streams: { kind: "inherit" }, ...options });
    case "terminal":
      return observeTool(onPseudoTerminal(command), { streams: { kind: "inherit" }, ...options });
    case "pipe":
      return observeTool(command, { streams: { kind: "capture" }, ...options });
    case "file":
      return observeTool(command, { streams: { kind: "file", path: outputFile }, ...options });
    case "tty":
      return observeTool(onPseudoTerminal(command), { streams: { kind: "capture" }, ...options });
  }
}
