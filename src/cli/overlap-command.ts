import { Option } from "commander";
import type { TimeChoice } from "../analysis/measurement.ts";
import { act, type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";
import { count, outputFile, share } from "./option-values.ts";
import { actOnList } from "./prune-command.ts";
import { timeOption } from "./time-option.ts";

interface OverlapOptions extends CommonOptions {
  readonly runs?: boolean;
  readonly time: TimeChoice;
}

export function addOverlap(line: CommandLine): void {
  define(line.root, {
    name: "overlap",
    description: "show how much sets have in common, in statements and in compile time",
    examples: ["preimage overlap run:linux run:mac precompile.jl", "preimage overlap store --runs"],
    formats: ["table", "json"],
  })
    .argument("<set...>", "two or more sets")
    .option("--runs", "compare each run of the sets for itself")
    .addOption(timeOption())
    .option(...moduleOption)
    .addHelpText("after", setHelp.replace("; several are united", ""))
    .action(async (sets: string[], { runs = false, time, ...options }: OverlapOptions) => {
      const { overlap } = await import("../commands/overlap.ts");
      const { reportOverlap } = await import("../report/overlap-report.ts");
      await act(
        line,
        options,
        (context) => overlap({ sets, byRun: runs, time }, context),
        (outcome) => reportOverlap(outcome, options.format),
      );
    });
}

interface CommonCommandOptions extends CommonOptions {
  readonly minRuns?: number;
  readonly quorum?: number;
  readonly output?: string;
}

export function addCommon(line: CommandLine): void {
  define(line.root, {
    name: "common",
    description: "write a list of what several runs or lists have in common",
    examples: [
      "preimage common run:app --quorum 80% -o precompile.jl",
      "preimage common linux.jl mac.jl windows.jl --min-runs 2",
    ],
    formats: ["lines", "table", "json"],
  })
    .argument("<set...>")
    .option("-o, --output <file>", "write the list there instead of to standard output")
    .addOption(
      new Option("--min-runs <n>", "keep what at least so many runs or lists have")
        .argParser(count)
        .conflicts("quorum"),
    )
    .option("--quorum <percent>", "keep what at least such a part of them has (default: 100%)", share)
    .option(...moduleOption)
    .addHelpText("after", witnessHelp + setHelp)
    .action(async (sets: string[], { minRuns, quorum = 1, output, ...options }: CommonCommandOptions) => {
      const { common } = await import("../commands/in-common.ts");
      const request = {
        sets,
        output: outputFile(output),
        quorum: minRuns === undefined ? { share: quorum } : { count: minRuns },
        filterText: [
          "common",
          ...(options.module === undefined ? [] : [`--module ${options.module}`]),
          minRuns === undefined ? `--quorum ${Number((quorum * 100).toPrecision(12))}%` : `--min-runs ${minRuns}`,
        ].join(" "),
      };
      await actOnList(line, options, (context) => common(request, context));
    });
}

const witnessHelp = `
Each run of the sets counts, and each list or trace that is a file.
`;
