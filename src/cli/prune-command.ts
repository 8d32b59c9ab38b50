import type { PortabilityFilter, PruneFilters } from "../analysis/prune.ts";
import type { CommandContext, CommandResult } from "../commands/context.ts";
import type { PruneOutcome } from "../commands/prune.ts";
import type { JuliaVersion } from "../julia/julia-version.ts";
import type { RepairsOff } from "../statement/repair.ts";
import { repairRules } from "../statement/replay-repair.ts";
import { ok } from "../support/result.ts";
import { type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";
import { count, outputFile, portable, release, repeated } from "./option-values.ts";
import { repairsOff } from "./repair-option.ts";

interface Options extends CommonOptions {
  readonly output?: string;
  readonly portable?: PortabilityFilter;
  readonly minRuns?: number;
  readonly owner?: readonly string[];
  readonly excludeOwner?: readonly string[];
  readonly dropMain?: boolean;
  readonly for?: JuliaVersion;
  readonly julia?: string;
  readonly project?: string;
  readonly lookUp: boolean;
  /** `true` where all repairs are on. */
  readonly repair: RepairsOff | true;
}

export function addPrune(line: CommandLine): void {
  define(line.root, {
    name: "prune",
    description: "write a curated list of what is worth baking",
    examples: [
      "preimage prune store --portable -o precompile.jl",
      "preimage prune run:app --portable --owner 'MyApp*'",
      "preimage prune store --for 1.12 -o precompile-1.12.jl",
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
    .option("--julia <path>", "the Julia that printed the names, to look up what leads to them")
    .option("--project <dir>", "the project that was traced, for the same")
    .option("--no-look-up", "drop closures, keyword bodies and generators instead of looking up what leads to them")
    .option("--min-runs <n>", "keep what at least so many runs saw", count)
    .option("--owner <glob>", "keep what modules of this name own, in which * is any text; may be repeated", repeated)
    .option(
      "--exclude-owner <glob>",
      "drop what modules of this name own, in which * is any text; may be repeated",
      repeated,
    )
    .option("--drop-main", "drop what belongs to the script")
    .option(
      "--for <version>",
      "write the list for another Julia, without what is known to have no name there (implies --portable)",
      release,
    )
    .option(
      "--no-repair [rule]",
      "write what Julia printed, without that repair or without any; may be repeated",
      repairsOff,
    )
    .option(...moduleOption)
    .addHelpText("after", setHelp)
    .action(async (sets: string[], options: Options) => {
      const { pruneSets } = await import("../commands/prune.ts");
      const filters = filtersOf(options);
      const lookUp = options.lookUp && filters.portable === "names" ? options : undefined;
      const request = { sets, filters, filterText: filterText(options), lookUp, output: outputFile(options.output) };
      await actOnList(line, options, (context) => pruneSets(request, context));
    });
}

/** Runs what gives a list, and tells how much of its sets is in it. */
export async function actOnList(
  line: CommandLine,
  options: CommonOptions,
  work: (context: CommandContext) => Promise<CommandResult<PruneOutcome>>,
): Promise<void> {
  const { pruneSummary, reportPrune } = await import("../report/prune-report.ts");
  await line.perform(async (context) => {
    const result = await work(context);
    if (!result.ok) return result;
    context.notify({ kind: "note", text: pruneSummary(result.value) });
    return ok(reportPrune(result.value, options.format));
  }, options);
}

function filtersOf({ minRuns, owner, excludeOwner, dropMain, repair, ...options }: Options): PruneFilters {
  return {
    portable: portableOf(options),
    minRuns,
    owners: owner,
    excludedOwners: excludeOwner,
    dropMain,
    release: options.for,
    repairsOff: repair === true ? undefined : repair,
  };
}

/** Names that the compiler makes are not the same in another Julia. */
const portableOf = (options: Pick<Options, "portable" | "for">): PortabilityFilter | undefined =>
  options.portable ?? (options.for && "names");

/** What decides what is in the list, as it is typed, for its header. */
function filterText({ module, minRuns, owner, excludeOwner, dropMain, repair, ...options }: Options): string {
  const portable = portableOf(options);
  return [
    module === undefined ? [] : [`--module ${module}`],
    portable === undefined ? [] : [portable === "strict" ? "--portable=strict" : "--portable"],
    minRuns === undefined ? [] : [`--min-runs ${minRuns}`],
    (owner ?? []).map((glob) => `--owner ${glob}`),
    (excludeOwner ?? []).map((glob) => `--exclude-owner ${glob}`),
    dropMain ? ["--drop-main"] : [],
    options.for === undefined ? [] : [`--for ${options.for.text}`],
    repair === true ? [] : repairFlags(repair),
  ]
    .flat()
    .join(" ");
}

const repairFlags = (off: RepairsOff): readonly string[] =>
  repairRules.every(({ name }) => off.has(name)) ? ["--no-repair"] : [...off].map((name) => `--no-repair=${name}`);
