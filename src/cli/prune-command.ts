import type { PortabilityFilter, PruneFilters } from "../analysis/prune.ts";
import { ok } from "../support/result.ts";
import { type CommandLine, type CommonOptions, define, setHelp } from "./command-line.ts";
import { count, portable, repeated } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly output?: string;
  readonly portable?: PortabilityFilter;
  readonly minRuns?: number;
  readonly owner?: readonly string[];
  readonly excludeOwner?: readonly string[];
  readonly dropMain?: boolean;
}

export function addPrune(line: CommandLine): void {
  define(line.root, {
    name: "prune",
    description: "write a curated list of what is worth baking",
    examples: [
      "preimage prune store --portable -o precompile.jl",
      "preimage prune run:app --portable --owner 'MyApp*'",
    ],
    formats: ["lines", "table", "json"],
  })
    .argument("<set...>")
    .option("-o, --output <file>", "write the list there instead of to standard output")
    .option(
      "--portable [how]",
      "drop what cannot be named in another build; `strict` drops every name that starts with #",
      portable,
    )
    .option("--min-runs <n>", "keep what at least so many runs saw", count)
    .option("--owner <glob>", "keep what modules of this name own; may be repeated", repeated)
    .option("--exclude-owner <glob>", "drop what modules of this name own; may be repeated", repeated)
    .option("--drop-main", "drop what belongs to the script")
    .addHelpText("after", setHelp)
    .action(async (sets: string[], options: Options) => {
      const { pruneSets } = await import("../commands/prune.ts");
      const { pruneSummary, reportPrune } = await import("../report/prune-report.ts");
      const request = { sets, filters: filtersOf(options), filterText: filterText(options), output: options.output };
      await line.perform(async (context) => {
        const result = await pruneSets(request, context);
        if (!result.ok) return result;
        context.notify({ kind: "note", text: pruneSummary(result.value) });
        return ok(reportPrune(result.value, options.format));
      }, options);
    });
}

function filtersOf({ portable, minRuns, owner, excludeOwner, dropMain }: Options): PruneFilters {
  return { portable, minRuns, owners: owner, excludedOwners: excludeOwner, dropMain };
}

/** The filters as they are typed, for the list's header. */
function filterText({ portable, minRuns, owner, excludeOwner, dropMain }: Options): string {
  return [
    portable === undefined ? [] : [portable === "strict" ? "--portable=strict" : "--portable"],
    minRuns === undefined ? [] : [`--min-runs ${minRuns}`],
    (owner ?? []).map((glob) => `--owner ${glob}`),
    (excludeOwner ?? []).map((glob) => `--exclude-owner ${glob}`),
    dropMain ? ["--drop-main"] : [],
  ]
    .flat()
    .join(" ");
}
