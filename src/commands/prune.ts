import { existsSync, readFileSync, statSync } from "node:fs";
import { curatedListMark, printCuratedList } from "../analysis/curated-list.ts";
import { type PackagesOf, type Pruned, type PruneFilters, prune } from "../analysis/prune.ts";
import type { StatementSet } from "../analysis/statement-set.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { RunId } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { ok } from "../support/result.ts";
import { writeWhole } from "../support/scratch.ts";
import { type CommandContext, type CommandResult, failed, interrupted, warn, withExistingStore } from "./context.ts";
import { type LookUpRequest, leadsOf } from "./look-up.ts";
import { resolveSets } from "./resolve-set.ts";

export interface PruneRequest {
  readonly sets: readonly string[];
  readonly filters: PruneFilters;
  /** The filters as flags, for the list's header. */
  readonly filterText: string;
  /** Undefined: compiler-made names are not looked up. */
  readonly lookUp?: LookUpRequest | undefined;
  readonly output?: string | undefined;
}

export interface PruneOutcome {
  readonly pruned: Pruned;
  /** The curated list. */
  readonly text: string;
  readonly output?: string | undefined;
}

export function pruneSets(request: PruneRequest, context: CommandContext): Promise<CommandResult<PruneOutcome>> {
  return withExistingStore(context, async (store) => {
    const set = await resolveSets(context, store, request.sets);
    if (!set.ok) return set;
    const leads = request.lookUp && (await leadsOf(set.value, request.lookUp, context));
    if (context.abort.aborted) return failed(interrupted("names were looked up"));
    if (leads?.ok === false) return leads;
    const filters = { ...request.filters, leads: leads?.value };
    const outcome = pruneSet(set.value, { ...request, filters }, context, store);
    const unseen = filters.minRuns !== undefined && set.value.runs.length === 0;
    const hint = unseen
      ? "leave out `--min-runs`: what comes from a file has been seen by no run"
      : "see for which reasons, and loosen the filters";
    return writtenTo(outcome, hint, context);
  });
}

/** Writes the list where that was asked for. `ifNothing`: what to do where nothing is left. */
export function writtenTo(
  outcome: PruneOutcome,
  ifNothing: string,
  context: CommandContext,
): CommandResult<PruneOutcome> {
  const { pruned, output, text } = outcome;
  if (pruned.kept.length === 0 && pruned.dropped.length > 0)
    warn(context, { code: "PI953", severity: "warning", message: "nothing is left of the set", hints: [ifNothing] });
  const unwritten = output === undefined ? undefined : writeList(output, text);
  return unwritten === undefined ? ok(outcome) : failed(unwritten);
}

/** Writes a curated list whole; gives what is wrong where that cannot or must not be. */
export function writeList(path: string, text: string): Diagnostic | undefined {
  const overwrites = notAList(path);
  if (overwrites !== undefined) return overwrites;
  try {
    writeWhole(path, text);
    return undefined;
  } catch (error) {
    return errorDiagnostic("PI420", `\`${path}\` cannot be written: ${fileErrorText(error)}`, [
      "name a file in a folder that you may write to with `-o FILE`",
    ]);
  }
}

/**
 * Lists, traces and programs share their suffix, so a slip must not cost a trace or a program. A list that somebody else wrote
 * is known by its statements: sorted, with neither times nor marks behind them.
 */
function notAList(path: string): Diagnostic | undefined {
  if (!existsSync(path) || !statSync(path).isFile()) return undefined;
  const lines = readFileSync(path, "utf8").split("\n");
  if (lines[0]?.startsWith(curatedListMark)) return undefined;
  const statements = lines.filter((line) => !/^\s*(?:$|#(?!=))/.test(line));
  const isList = statements.every(
    (line, index) => /^(?:Base\.)?precompile\(.*\)$/.test(line) && (statements[index - 1] ?? "") <= line,
  );
  if (isList) return undefined;
  return errorDiagnostic("PI952", `\`${path}\` is there and is no curated list`, [
    "name another file with `-o FILE`, or remove it first",
  ]);
}

/** The same for a set at hand; writes nothing. */
export function pruneSet(
  set: StatementSet,
  request: Pick<PruneRequest, "filters" | "filterText" | "output">,
  context: CommandContext,
  store: StatementStore,
): PruneOutcome {
  const pruned = prune(set, request.filters, packagesOf(store));
  return { pruned, text: printCuratedList(context.tool, set, pruned, request.filterText), output: request.output };
}

/** Asked of the store once a run. */
export function packagesOf(store: StatementStore): PackagesOf {
  const known = new Map<RunId, ReadonlySet<string> | undefined>();
  return (run) => {
    if (!known.has(run)) {
      const packages = store.packagesOf(run);
      known.set(run, packages && new Set(packages.map(({ name }) => name)));
    }
    return known.get(run);
  };
}
