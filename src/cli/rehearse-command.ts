import type { Streams } from "../trace/run-workload.ts";
import { act, type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";
import { wholeNumber } from "./option-values.ts";
import { addRehearsalOptions, type RehearsalOptions, rehearsalRequest, streamsOption } from "./rehearsal-options.ts";

interface Options extends CommonOptions, RehearsalOptions {
  readonly workload: readonly string[];
  readonly stdout?: Streams;
  readonly maxResidual?: number;
  readonly fresh?: boolean;
}

export function addRehearse(line: CommandLine): void {
  const command = define(line.root, {
    name: "rehearse",
    description: "say in seconds what a bake would do: a verdict for each statement, and what would still compile",
    examples: [
      "preimage rehearse precompile.jl --workload app.jl input.csv",
      "preimage rehearse run:app --workload app.jl --project . --format json",
    ],
    formats: ["table", "json"],
  })
    .argument("<set>", "what to rehearse")
    .argument("[args...]", "further arguments of the workload, after --")
    .requiredOption("--workload <words...>", "the Julia file to run behind the replay, and its arguments");
  addRehearsalOptions(command)
    .addOption(
      streamsOption(
        "what the workload's standard output is (default: as traced; of a list, which does not tell, a pipe)",
      ),
    )
    .option("--max-residual <n>", "end with 1 when more statements would still compile", wholeNumber)
    .option("--fresh", "replay all, also what earlier rehearsals know")
    .option(...moduleOption)
    .addHelpText("after", setHelp)
    .action(async (set: string, args: string[], options: Options) => {
      const { rehearseSets } = await import("../commands/rehearse.ts");
      const { reportRehearse } = await import("../report/rehearse-report.ts");
      const request = {
        ...rehearsalRequest(options),
        sets: [set],
        workload: [...options.workload, ...args],
        streams: options.stdout,
        fresh: options.fresh === true,
      };
      await act(
        line,
        options,
        (context) => rehearseSets(request, context),
        (outcome) => reportRehearse(outcome, options.format, options.maxResidual),
      );
    });
}
