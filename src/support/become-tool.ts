import { flushCompileCache } from "node:module";
import { isExecutable, onPath } from "./on-path.ts";
import { err, type Result } from "./result.ts";
import { observeTool, type ToolCommand, type ToolFailure } from "./run-tool.ts";

/**
 * Puts a tool in this process's place: its signals, streams, terminal and end are the tool's own. Where the system cannot
 * do that, runs it and ends as it ended. Comes back only with why it could not be started.
 */
export async function becomeTool(command: ToolCommand, abort?: AbortSignal): Promise<Result<never, ToolFailure>> {
  const { program, args } = command;
  const path = /[/\\]/.test(program) ? program : onPath(program);
  if (path === undefined || !isExecutable(path)) return err({ reason: "not-started", command, errno: "ENOENT" });
  if (process.platform !== "win32" && process.execve !== undefined) {
    // Node calls this experimental, in the middle of the tool's own standard error.
    process.removeAllListeners("warning");
    // What is kept of the compiled code is written when a process ends, which this one will not.
    flushCompileCache();
    process.emit("exit", 0);
    process.execve(path, [program, ...args], environment(command));
  }
  const run = await observeTool(command, { streams: { kind: "inherit" }, abort, onAbort: "forward" });
  if (!run.ok) return run;
  if (run.value.signal !== null) process.kill(process.pid, run.value.signal);
  process.exit(run.value.status ?? 70);
}

function environment({ env = {} }: ToolCommand): Record<string, string> {
  const all = Object.entries({ ...process.env, ...env });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
