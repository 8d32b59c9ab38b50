import { type Countable, countableSet } from "../analysis/countable.ts";
import { type SetStats, type StatsRequest, statsOf } from "../analysis/stats.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, withExistingStore } from "./context.ts";
import { countableRuns } from "./countable-runs.ts";
import { packagesOf } from "./prune.ts";
import { withRehearsedTimes } from "./rehearsed-times.ts";
import { resolveSets, runsOfSet } from "./resolve-set.ts";

export interface StatsOutcome {
  readonly stats: SetStats;
  /** How many groups to show; undefined: all. */
  readonly top: number | undefined;
}

export function stats(
  { sets, ...request }: StatsRequest & { readonly sets: readonly string[] },
  context: CommandContext,
): Promise<CommandResult<StatsOutcome>> {
  return withExistingStore(context, async (store) => {
    const set = await countable(context, store, sets);
    return set.ok ? ok({ stats: statsOf(set.value, request), top: request.top }) : set;
  });
}

/** What is in the store is counted there; files have to be read. */
async function countable(
  context: CommandContext,
  store: StatementStore,
  sets: readonly string[],
): Promise<CommandResult<Countable>> {
  const [only = ""] = sets;
  const runs = sets.length === 1 && context.module === undefined ? runsOfSet(store, only) : undefined;
  if (runs !== undefined) return ok(countableRuns(store, runs, only === "store"));
  const set = await resolveSets(context, store, sets);
  return set.ok ? ok(countableSet(withRehearsedTimes(set.value, store), packagesOf(store))) : set;
}
