import { isatty } from "node:tty";
import { CommanderError } from "commander";
import type { CommandContext } from "../commands/context.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { drawDiagnostic } from "../diagnostics/frame.ts";
import type { ExitCode } from "../report/rendering.ts";
import { killRunningTools } from "../support/run-tool.ts";
import type { Action } from "./command-line.ts";
import { program } from "./program.ts";
import { liveProgress, plainProgress } from "./progress.ts";
import { storePath } from "./store-path.ts";
import { toolVersion } from "./tool-version.ts";

const internalError = 70;
const interrupted = 130;

/** Runs one command line; ends by setting the process's exit code. `argv`: without node and the program's name. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough (`| head`) is no error of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    console.error(`error: standard output cannot be written: ${error.message}`);
    process.exit(3);
  });
  try {
    await program(argv, perform).parseAsync(withPlainOptions(argv), { from: "user" });
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? usageExit(error) : reportInternalError(error);
  }
}

/** What an option means that is written without its value. */
const plainOptions: Readonly<Record<string, string>> = { "--portable": "names", "--no-repair": "all" };

/** So that `prune --portable SET` does not take the set for the option's value. */
function withPlainOptions(argv: readonly string[]): string[] {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  return argv.map((word, index) => {
    const value = index < end && Object.hasOwn(plainOptions, word) ? plainOptions[word] : undefined;
    return value === undefined ? word : `${word}=${value}`;
  });
}

/** Commander has printed the message already. */
function usageExit(error: CommanderError): number {
  return error.exitCode === 0 ? 0 : 2;
}

function reportInternalError(error: unknown): number {
  const stack = error instanceof Error ? error.stack : String(error);
  console.error(`internal error: ${stack}\n  hint: report it with the command line and the file that led to it`);
  return internalError;
}

async function perform(action: Action, options: { readonly store?: string }): Promise<void> {
  const write = (text: string): void => void process.stderr.write(text);
  const live = isatty(2) && process.env.TERM !== "dumb" && process.env.CI === undefined;
  const progress = live ? liveProgress(write) : plainProgress(write);
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    // Asked again: what does not end by itself is killed, and what it did until then still recorded.
    if (!controller.signal.aborted) controller.abort(signal);
    else if (killRunningTools() === 0) process.exit(interrupted);
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const context: CommandContext = {
    tool: `preimage ${toolVersion}`,
    storePath: storePath(options.store),
    storeNamed: Boolean(options.store ?? process.env.PREIMAGE_STORE),
    notify: (event) => progress.notify(event),
    abort: controller.signal,
  };
  const result = await action(context);
  progress.end();
  if (!result.ok) {
    for (const diagnostic of result.error) write(`${drawDiagnostic(diagnostic)}\n`);
    process.exitCode = controller.signal.aborted ? interrupted : exitCodeOf(result.error[0]);
    return;
  }
  process.stdout.write(result.value.stdout);
  write(result.value.stderr ?? "");
  process.exitCode = controller.signal.aborted ? interrupted : result.value.exitCode;
}

/** Not ours but the workload's failure, or the sysimage's. */
const findings: ReadonlySet<Diagnostic["code"]> = new Set(["PI413", "PI415"]);

/** What a command that could not do its work ends with, by the family of its first diagnostic. */
function exitCodeOf({ code }: Diagnostic): ExitCode {
  if (findings.has(code)) return 1;
  return code.startsWith("PI1") || code.startsWith("PI9") ? 2 : 3;
}
