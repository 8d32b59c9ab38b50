import { ok, type Result } from "../support/result.ts";
import type { RehearsalFailure } from "./rehearse.ts";
import { type OnRound, type Optimized, type OptimizePlan, Search } from "./search.ts";

/** A residual that four rounds do not make smaller, none does. */
const mostRounds = 4;

/**
 * Searches the list that leaves least to be compiled: rehearses it, proposes what may serve where a statement does not,
 * keeps what does, and leaves out what others cover. `onRound` hears of each round when the times of what it left are known,
 * which the next one measures.
 */
export async function optimize(
  plan: OptimizePlan,
  onRound: OnRound,
  abort?: AbortSignal,
): Promise<Result<Optimized, RehearsalFailure>> {
  const search = new Search(plan, abort);
  for (let number = 1; number <= mostRounds; number += 1) {
    const failed = await search.rehearse([plan.streams[0]]);
    if (failed !== undefined) return failed;
    search.endRound(onRound);
    const proposed = await search.propose();
    if (!proposed.ok) return proposed;
    if (proposed.value === 0) break;
  }
  search.curate();
  for (;;) {
    const before = search.residualDigests();
    const failed = await search.rehearse(plan.streams);
    if (failed !== undefined) return failed;
    search.endRound(onRound);
    if (search.restore(before) === 0) break;
  }
  search.tellRound(onRound);
  const unweighed = plan.workloads.length > 1 ? await search.weigh() : undefined;
  return unweighed ?? ok(search.result());
}
