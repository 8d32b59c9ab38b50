import type { PortabilityFilter } from "../analysis/prune.ts";
import type { AskedWorkload } from "../commands/optimize.ts";
import { ok } from "../support/result.ts";
import type { Streams } from "../trace/run-workload.ts";
import { type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";
import { count, outputFile, portable, quantity } from "./option-values.ts";
import {
  addRehearsalOptions,
  type RehearsalOptions,
  rehearsalRequest,
  repeatedStreams,
  weightedWorkload,
} from "./rehearsal-options.ts";

interface Options extends CommonOptions, RehearsalOptions {
  readonly workload: readonly AskedWorkload[];
  readonly stdout?: readonly Streams[];
  readonly output?: string;
  readonly portable?: PortabilityFilter;
  readonly keepRedundant?: boolean;
  readonly includeQuarantined?: boolean;
  readonly budgetTime?: number;
  readonly budgetStatements?: number;
  readonly budgetSize?: number;
}

export function addOptimize(line: CommandLine): void {
  const command = define(line.root, {
    name: "optimize",
    description: "search the list that leaves least to be compiled, by rehearsing it, and write it",
    examples: [
      "preimage optimize run:app --workload 'app.jl input.csv' -o precompile.jl",
      "preimage optimize store --workload app.jl@3 --workload batch.jl --budget-statements 200 -o precompile.jl",
    ],
    formats: ["lines", "table", "json"],
  })
    .argument("<set...>")
    .requiredOption(
      "--workload <words>",
      "a Julia file and its arguments, quoted as one; app.jl@3 counts three times; may be repeated",
      weightedWorkload,
    )
    .option("-o, --output <file>", "write the list there instead of to standard output");
  addRehearsalOptions(command)
    .addOption(repeatedStreams("what the workload's standard output is; may be repeated (default: as traced)"))
    .option("--portable [how]", "start from what can be named in another build, as prune does", portable)
    .option("--keep-redundant", "keep statements that others cover")
    .option("--include-quarantined", "also try statements that ended Julia in an earlier rehearsal")
    .option("--budget-time <seconds>", "keep so much compile time at most", quantity)
    .option("--budget-statements <n>", "keep so many statements at most", count)
    .option("--budget-size <mb>", "keep so much code at most, as far as it can be estimated", quantity)
    .option(...moduleOption)
    .addHelpText("after", setHelp)
    .action(async (sets: string[], options: Options) => {
      const { optimizeSets } = await import("../commands/optimize.ts");
      const { optimizeSummary, optimizeTables, reportOptimize } = await import("../report/optimize-report.ts");
      const { workload, stdout, output, keepRedundant, includeQuarantined, budgetSize } = options;
      const request = {
        ...rehearsalRequest(options),
        sets,
        workloads: workload,
        streams: stdout,
        portable: options.portable,
        keepRedundant: keepRedundant === true,
        includeQuarantined: includeQuarantined === true,
        budget: {
          statements: options.budgetStatements,
          timeMs: options.budgetTime === undefined ? undefined : options.budgetTime * 1000,
          bytes: budgetSize === undefined ? undefined : budgetSize * 1e6,
        },
        output: outputFile(output),
      };
      await line.perform(async (context) => {
        const result = await optimizeSets(request, context);
        if (!result.ok) return result;
        if (options.format === "lines") context.notify({ kind: "note", text: optimizeTables(result.value).trimEnd() });
        context.notify({ kind: "note", text: optimizeSummary(result.value) });
        return ok(reportOptimize(result.value, options.format));
      }, options);
    });
}
