import { CommanderError } from "commander";
import type { CommandContext } from "../commands/context.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { drawDiagnostic } from "../diagnostics/frame.ts";
import type { ExitCode } from "../report/rendering.ts";
import { storePath } from "../store/store-path.ts";
import type { Action, PerformOptions } from "./command-line.ts";
import { Interrupts } from "./interrupts.ts";
import { allWritten, writeError, writeOut } from "./output.ts";
import { program } from "./program.ts";
import { progressOn } from "./progress.ts";
import { systemTrouble } from "./system-trouble.ts";
import { toolVersion } from "./tool-version.ts";

const internalError = 70;
const interrupted = 130;

/** Runs one command line; ends by setting the process's exit code. `argv`: without node and the program's name. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await (await program(argv, perform)).parseAsync(withPlainOptions(argv), { from: "user" });
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? usageExit(error) : reportTrouble(error);
  }
  await allWritten();
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

function reportTrouble(error: unknown): number {
  const refused = systemTrouble(error);
  if (refused === undefined) return reportInternalError(error);
  writeError(`${drawDiagnostic(refused)}\n`);
  return exitCodeOf(refused);
}

function reportInternalError(error: unknown): number {
  const stack = error instanceof Error ? error.stack : String(error);
  writeError(`internal error: ${stack}\n  hint: report it with the command line and the file that led to it\n`);
  return internalError;
}

async function perform(action: Action, options: PerformOptions): Promise<void> {
  const progress = progressOn(writeError);
  const interrupts = new Interrupts(killOrExit);
  const context: CommandContext = {
    tool: `preimage ${toolVersion}`,
    storePath: storePath(options.store),
    storeNamedBy: options.store ? "option" : process.env.PREIMAGE_STORE ? "environment" : undefined,
    module: options.module,
    notify: (event) => progress.notify(event),
    get abort() {
      return interrupts.signal;
    },
    leaveInterrupts: () => interrupts.leave(),
  };
  const result = await action(context);
  progress.end();
  interrupts.end();
  if (!result.ok) {
    for (const diagnostic of result.error) writeError(`${drawDiagnostic(diagnostic)}\n`);
    process.exitCode = interrupts.received ? interrupted : exitCodeOf(result.error[0]);
    return;
  }
  process.exitCode = interrupts.received ? interrupted : result.value.exitCode;
  writeOut(result.value.stdout);
  writeError(result.value.stderr ?? "");
}

async function killOrExit(): Promise<void> {
  const { killRunningTools } = await import("../support/run-tool.ts");
  if (killRunningTools() === 0) process.exit(interrupted);
}

/** Not ours but the workload's failure, or the sysimage's. */
const findings: ReadonlySet<Diagnostic["code"]> = new Set(["PI413", "PI415"]);

/** What a command that could not do its work ends with, by the family of its first diagnostic. */
function exitCodeOf({ code }: Diagnostic): ExitCode {
  if (findings.has(code)) return 1;
  return code.startsWith("PI1") || code.startsWith("PI9") ? 2 : 3;
}
