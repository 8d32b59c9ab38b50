import { Option } from "commander";
import type { PortabilityFilter } from "../analysis/prune.ts";
import type { WorkloadStreams } from "../trace/run-workload.ts";
import {
  addBuildOptions,
  asOption,
  type BuildOptions,
  buildRequestOf,
  nameOption,
  targetChoiceOf,
} from "./build-options.ts";
import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";
import { count, portable, repeatedChoice, runName, tag } from "./option-values.ts";

interface Options extends CommonOptions, BuildOptions {
  readonly portable?: PortabilityFilter;
  readonly list?: string;
  readonly name?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly repeat: number;
  readonly optimize: boolean;
  readonly rounds: number;
  readonly stdout?: readonly WorkloadStreams[];
}

const kinds: readonly WorkloadStreams[] = ["inherit", "pipe", "file", "tty"];

export function addBake(line: CommandLine): void {
  const command = define(line.root, {
    name: "bake",
    description: "trace a workload, prune, build and verify in one go",
    examples: [
      "preimage bake app.jl input.csv -o app.so --project .",
      "preimage bake app.jl -o app.so -- --fast",
      "preimage bake app.jl --as package -o warm --project .",
    ],
    formats: ["table", "json"],
  }).argument("<workload...>", "a Julia file and its arguments; put those that start with a dash after --");
  addBuildOptions(command)
    .addOption(asOption("a package where Julia has them and -o names no library, otherwise a sysimage"))
    .addOption(nameOption("--package-name <name>"))
    .option("--portable [how]", "bake only what can be named in another build, as prune does", portable)
    .option("--no-optimize", "bake the pruned trace as it is, without rehearsing and improving it")
    .option("--rounds <n>", "bake again, with what still compiled, so often at most", count, 1)
    .option("--list <file>", "write the curated list there as well")
    .option("--name <name>", "the run's name (default: the workload's)", runName)
    .option("--tag <key=value>", "a tag of the runs; may be repeated", tag)
    .option("--repeat <n>", "timed runs on each sysimage", count, 5)
    .addOption(
      new Option(
        "--stdout <kind>",
        "trace with standard output of this kind only; may be repeated (default: each there is)",
      )
        .choices(kinds)
        .argParser(repeatedChoice(kinds)),
    )
    .action(async ([script = "", ...args]: string[], { tag: tags = {}, stdout, ...options }: Options) => {
      const { bake } = await import("../commands/bake.ts");
      const { reportBake } = await import("../report/bake-report.ts");
      const { availableKinds } = await import("../trace/run-workload.ts");
      const workload = { kind: "script", script, args, project: options.project } as const;
      const request = {
        ...options,
        ...buildRequestOf(options),
        choice: targetChoiceOf(options, command),
        tags,
        workload,
        streams: stdout ?? availableKinds(),
      };
      await act(
        line,
        options,
        (context) => bake(request, context),
        (outcome) => reportBake(outcome, options.format),
      );
    });
}
