import { type Command, Option } from "commander";
import type { CommandResult } from "../commands/context.ts";
import type { WorkloadStreams } from "../trace/run-workload.ts";
import type { Workload } from "../trace/traced-process.ts";
import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";
import { count, runName, tag } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly test?: string | true;
  readonly repl?: true;
  readonly name?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly project?: string;
  readonly julia?: string;
  readonly repeat: number;
  readonly warm: boolean;
  readonly workers?: boolean;
  readonly sysimage?: string;
  readonly stdout: WorkloadStreams;
  readonly tty?: true;
}

export function addTrace(line: CommandLine): void {
  define(line.root, {
    name: "trace",
    description: "run a workload and record every statement that Julia compiles",
    examples: [
      "preimage trace --project . app.jl input.csv",
      "preimage trace --name tests -- make test",
      "preimage trace --test",
      "preimage trace -- python app.py",
    ],
    formats: ["table", "json"],
  })
    .usage(
      [
        "[options] WORKLOAD.jl [ARGS…]",
        "preimage trace [options] -- COMMAND [ARGS…]",
        "preimage trace [options] --test [PKG] [-- ARGS…]",
        "preimage trace [options] --repl [-- JULIA-OPTIONS…]",
      ].join("\n       "),
    )
    .argument(
      "[workload...]",
      "a Julia file and its arguments; or, after --, any command that starts Julia, or a Python that embeds it",
    )
    .passThroughOptions()
    .addOption(
      new Option("--test [pkg]", "run a package's tests, as Pkg does (default: of the package in this folder)"),
    )
    .addOption(
      new Option("--repl", "record a session at Julia's prompt when it ends").conflicts([
        "test",
        "stdout",
        "tty",
        "repeat",
      ]),
    )
    .option("--name <name>", "the run's name (default: the workload's)", runName)
    .option("--tag <key=value>", "a tag of the run; may be repeated", tag)
    .option("--project <dir>", "the Julia project to run in")
    .option("--julia <path>", "the Julia to use")
    .option("--repeat <n>", "trace so many runs", count, 1)
    .option("--no-warm", "do not load the workload's packages first")
    .option("--workers", "trace what Julia itself starts, too (default)")
    .option("--no-workers", "do not trace what Julia itself starts: workers and other Julias")
    .option("--sysimage <path>", "the sysimage to trace on; `base` is Julia's own")
    .addOption(
      new Option("--stdout <kind>", "what the workload's standard output is; all but inherit drop it")
        .choices(["inherit", "pipe", "file", "tty"])
        .default("inherit"),
    )
    .addOption(
      new Option("--tty", "give the workload a terminal of its own, and show what it prints there").conflicts("stdout"),
    )
    .action(async (words: string[], { stdout, tty, tag: tags = {}, ...options }: Options, command: Command) => {
      const { trace } = await import("../commands/trace.ts");
      const { reportTrace } = await import("../report/runs-report.ts");
      const streams = [tty ? ("terminal" as const) : stdout];
      await act(
        line,
        options,
        async (context) => {
          const workload = await workloadOf(words, options, line, command);
          return workload.ok ? trace({ ...options, tags, workload: workload.value, streams }, context) : workload;
        },
        (outcome) => reportTrace(outcome, options.format),
      );
    });
}

/** `trace -- COMMAND` and `trace SCRIPT -- ARGS` differ only in where the dashes stand. */
function afterDashes(words: readonly string[], argv: readonly string[]): boolean {
  const dashes = argv.indexOf("--");
  const tail = argv.slice(dashes + 1);
  return dashes !== -1 && tail.length === words.length && tail.every((word, index) => word === words[index]);
}

async function workloadOf(
  words: readonly string[],
  { test, repl, project }: Pick<Options, "test" | "repl" | "project">,
  line: CommandLine,
  command: Command,
): Promise<CommandResult<Workload>> {
  const { err, ok } = await import("../support/result.ts");
  if (repl) return ok({ kind: "session", args: words, project });
  if (test !== undefined) {
    const { testedPackage } = await import("../commands/tested-package.ts");
    const tested = testedPackage({ package: test === true ? undefined : test, args: words, project });
    return tested.ok ? tested : err([tested.error]);
  }
  const [first, ...rest] = words;
  if (first === undefined)
    return command.error("error: there is no workload: name a Julia file, `-- COMMAND`, --test or --repl");
  return ok(
    afterDashes(words, line.argv)
      ? { kind: "command", words: [first, ...rest], project }
      : { kind: "script", script: first, args: rest, project },
  );
}
