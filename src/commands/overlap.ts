import type { TimeChoice } from "../analysis/measurement.ts";
import { type Overlap, overlapOf } from "../analysis/overlap.ts";
import { splitByRun } from "../analysis/statement-set.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, failed, withExistingStore } from "./context.ts";
import { withRehearsedTimes } from "./rehearsed-times.ts";
import { resolveEach } from "./resolve-set.ts";

export interface OverlapRequest {
  readonly sets: readonly string[];
  /** Every run of the sets for itself. */
  readonly byRun: boolean;
  readonly time: TimeChoice;
}

export function overlap(
  { sets, byRun, time }: OverlapRequest,
  context: CommandContext,
): Promise<CommandResult<Overlap>> {
  return withExistingStore(context, async (store) => {
    const each = await resolveEach(context, store, sets);
    if (!each.ok) return each;
    const split = byRun ? each.value.flatMap(splitByRun) : each.value;
    const compared = split.map((set) => withRehearsedTimes(set, store));
    if (compared.length > 1) return ok(overlapOf(compared, time));
    return failed(
      errorDiagnostic("PI915", "one set has nothing to overlap with", [
        byRun
          ? "name sets with more than one run, or several sets"
          : "name several sets, or compare the runs of one with `--runs`",
      ]),
    );
  });
}
