import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { isatty } from "node:tty";
import { err, ok, type Result } from "./result.ts";
import { type OverLimit, type ToolLimits, watchLimits, watchMemory } from "./tool-limits.ts";

/** A command as a value, so that tests can compare it without running it. */
export interface ToolCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Added to this process's environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** Where a tool's output goes. `capture` keeps it for the caller, `inherit` hands over this process's own streams. */
export type ToolStreams =
  | { readonly kind: "capture"; readonly input?: string }
  | { readonly kind: "inherit" }
  | { readonly kind: "discard" }
  /** Standard output and standard error, in the order they come. */
  | { readonly kind: "file"; readonly path: string };

export interface ToolExit {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly durationMs: number;
  /** Empty unless captured. */
  readonly stdout: string;
  readonly stderr: string;
}

export type ToolFailure =
  | { readonly reason: "not-started"; readonly command: ToolCommand; readonly errno: string }
  | { readonly reason: "exit-status"; readonly command: ToolCommand; readonly status: number; readonly output: string }
  | {
      readonly reason: "signal";
      readonly command: ToolCommand;
      readonly signal: NodeJS.Signals;
      readonly output: string;
    }
  | { readonly reason: "interrupted"; readonly command: ToolCommand }
  | { readonly reason: "over-limit"; readonly command: ToolCommand; readonly over: OverLimit };

export interface RunOptions {
  readonly streams: ToolStreams;
  /** Aborting it ends the tool and everything it started; its reason is the signal that we got. */
  readonly abort?: AbortSignal | undefined;
  /**
   * `end` (default): the tool gets SIGTERM, some time, then SIGKILL, and the run counts as interrupted. `forward`: it gets
   * the signal that we got, may take as long as it likes, and its end is observed like any other.
   */
  readonly onAbort?: "end" | "forward" | undefined;
  /** Going over one ends the tool at once, and everything it started. */
  readonly limits?: ToolLimits | undefined;
  /** Hears twice a second how many bytes the tool and all it started hold, and how many the system has left. */
  readonly onMemory?: ((usedBytes: number, freeBytes: number) => void) | undefined;
}

const capturedLimit = 64 * 1024 * 1024;
/** How long a tool may take to end by itself after it was asked to. */
const graceMs = 3_000;

/**
 * Runs a tool to its end, whatever its exit status.
 * Errors: `not-started` (no such program, not executable), `interrupted` (aborted) and `over-limit`.
 */
export async function observeTool(command: ToolCommand, options: RunOptions): Promise<Result<ToolExit, ToolFailure>> {
  if (options.abort?.aborted) return err({ reason: "interrupted", command });
  const { streams, onAbort = "end" } = options;
  // On a terminal a tool stays in our process group: elsewhere it could not read, and Ctrl-C reaches it there by itself.
  const foreground = streams.kind === "inherit" && isatty(0);
  const log = streams.kind === "file" ? openSync(streams.path, "a") : undefined;
  try {
    const startedAt = performance.now();
    const child = start(command, foreground, stdioOf(streams, log));
    if ("errno" in child) return err({ reason: "not-started", command, errno: child.errno });
    const collected = collect(child, streams);
    const { kill, stop } = endOnAbort(child, { foreground, onAbort, abort: options.abort });
    let over: OverLimit | undefined;
    const unwatch = watchLimits(child.pid ?? 0, options.limits ?? {}, (which) => {
      over = which;
      kill();
    });
    const unwatchMemory = options.onMemory === undefined ? () => {} : watchMemory(child.pid ?? 0, options.onMemory);
    const end = await ended(child);
    unwatch();
    unwatchMemory();
    stop();
    if ("errno" in end) return err({ reason: "not-started", command, errno: end.errno });
    if (over !== undefined) return err({ reason: "over-limit", command, over });
    if (options.abort?.aborted && onAbort === "end") return err({ reason: "interrupted", command });
    return ok({
      ...end,
      durationMs: Math.round(performance.now() - startedAt),
      stdout: collected.stdout(),
      stderr: collected.stderr(),
    });
  } finally {
    if (log !== undefined) closeSync(log);
  }
}

/** Node throws some of the reasons why a program cannot be started (ENOTDIR, E2BIG), and reports the others later. */
function start(
  command: ToolCommand,
  foreground: boolean,
  stdio: ReturnType<typeof stdioOf>,
): ChildProcess | { readonly errno: string } {
  try {
    return spawn(command.program, [...command.args], {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      // A tool of its own process group can be ended with all its children.
      detached: !foreground,
      stdio,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { errno: code };
  }
}

/** Runs a tool that must succeed. Errors: as `observeTool`, and `exit-status` or `signal` with the end of its output. */
export async function runTool(command: ToolCommand, options: RunOptions): Promise<Result<ToolExit, ToolFailure>> {
  const run = await observeTool(command, options);
  if (!run.ok) return run;
  const { status, signal, stdout, stderr } = run.value;
  const output = tail(`${stdout}${stderr}`);
  if (signal !== null) return err({ reason: "signal", command, signal, output });
  if (status !== 0) return err({ reason: "exit-status", command, status: status ?? 70, output });
  return run;
}

function tail(text: string): string {
  return text.trimEnd().split("\n").slice(-20).join("\n");
}

function stdioOf(streams: ToolStreams, log: number | undefined): ("pipe" | "inherit" | "ignore" | number)[] {
  switch (streams.kind) {
    case "inherit":
      return ["inherit", "inherit", "inherit"];
    case "discard":
      return ["ignore", "ignore", "ignore"];
    case "file":
      return ["ignore", log ?? "ignore", log ?? "ignore"];
    case "capture":
      return [streams.input === undefined ? "ignore" : "pipe", "pipe", "pipe"];
  }
}

function collect(child: ChildProcess, streams: ToolStreams): { stdout: () => string; stderr: () => string } {
  const read = (stream: NodeJS.ReadableStream | null): (() => string) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream?.on("data", (chunk: Buffer) => {
      if (size < capturedLimit) chunks.push(chunk);
      size += chunk.length;
    });
    return () => Buffer.concat(chunks).toString("utf8");
  };
  // A tool that ends without reading its input is no error of ours.
  child.stdin?.on("error", () => {});
  if (streams.kind === "capture" && streams.input !== undefined) child.stdin?.end(streams.input);
  return { stdout: read(child.stdout), stderr: read(child.stderr) };
}

function ended(
  child: ChildProcess,
): Promise<{ status: number | null; signal: NodeJS.Signals | null } | { errno: string }> {
  return new Promise((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => resolve({ errno: error.code ?? error.message }));
    child.once("close", (status, signal) => resolve({ status, signal }));
  });
}

type Send = (signal: NodeJS.Signals) => void;

const running = new Set<Send>();

/** Ends at once what `abort` has only asked to end. Gives how many tools that were. */
export function killRunningTools(): number {
  for (const send of running) send("SIGKILL");
  return running.size;
}

interface Ending {
  readonly foreground: boolean;
  readonly onAbort: "end" | "forward";
  readonly abort: AbortSignal | undefined;
}

function endOnAbort(child: ChildProcess, { foreground, onAbort, abort }: Ending) {
  let timer: NodeJS.Timeout | undefined;
  const send: Send = (signal) => {
    // A process group outlives its first process as long as that one's children run.
    if (child.pid === undefined || (foreground && (child.exitCode !== null || child.signalCode !== null))) return;
    try {
      process.kill(foreground ? child.pid : -child.pid, signal);
    } catch {
      // It ended between the check and the kill.
    }
  };
  const listener = (): void => {
    const signal = abort?.reason === "SIGINT" ? "SIGINT" : "SIGTERM";
    // The terminal has sent its Ctrl-C to all of its process group already.
    const alreadySent = foreground && signal === "SIGINT";
    if (!alreadySent) send(onAbort === "forward" ? signal : "SIGTERM");
    if (onAbort === "end") timer = setTimeout(() => send("SIGKILL"), graceMs);
  };
  running.add(send);
  abort?.addEventListener("abort", listener, { once: true });
  const stop = (): void => {
    running.delete(send);
    clearTimeout(timer);
    abort?.removeEventListener("abort", listener);
    // What stayed after the tool itself had ended would never be asked again.
    if (abort?.aborted && onAbort === "end") send("SIGKILL");
  };
  return { kill: () => send("SIGKILL"), stop };
}
