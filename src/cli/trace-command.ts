import { Option } from "commander";
import type { WorkloadStreams } from "../trace/run-workload.ts";
import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";
import { count, runName, tag } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly name?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly project?: string;
  readonly julia?: string;
  readonly repeat: number;
  readonly warm: boolean;
  readonly sysimage?: string;
  readonly stdout: WorkloadStreams;
}

export function addTrace(line: CommandLine): void {
  define(line.root, {
    name: "trace",
    description: "run a workload and record every statement that Julia compiles",
    examples: ["preimage trace --project . app.jl input.csv", "preimage trace --name tests -- make test"],
    formats: ["table", "json"],
  })
    .usage("[options] WORKLOAD.jl [ARGS…]\n       preimage trace [options] -- COMMAND [ARGS…]")
    .argument("<workload...>", "a Julia file and its arguments; or, after --, any command that starts Julia")
    .passThroughOptions()
    .option("--name <name>", "the run's name (default: the workload's)", runName)
    .option("--tag <key=value>", "a tag of the run; may be repeated", tag)
    .option("--project <dir>", "the Julia project to run in")
    .option("--julia <path>", "the Julia to use")
    .option("--repeat <n>", "trace so many runs", count, 1)
    .option("--no-warm", "do not load the workload's packages first")
    .option("--sysimage <path>", "the sysimage to trace on; `base` is Julia's own")
    .addOption(
      new Option("--stdout <kind>", "what the workload's standard output is; all but inherit drop it")
        .choices(["inherit", "pipe", "file", "tty"])
        .default("inherit"),
    )
    .action(async (words: string[], { stdout, tag: tags = {}, ...options }: Options) => {
      const { trace } = await import("../commands/trace.ts");
      const { reportTrace } = await import("../report/runs-report.ts");
      const workload = workloadOf(words, afterDashes(words, line.argv), options.project);
      const request = { ...options, tags, workload, streams: [stdout] };
      await act(
        line,
        options,
        (context) => trace(request, context),
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

function workloadOf([first = "", ...rest]: readonly string[], isCommand: boolean, project: string | undefined) {
  return isCommand
    ? ({ kind: "command", words: [first, ...rest], project } as const)
    : ({ kind: "script", script: first, args: rest, project } as const);
}
