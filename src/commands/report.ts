import { type DescribedStatement, describedStatements } from "../analysis/described-statement.ts";
import { diffSets, type SetDiff } from "../analysis/diff.ts";
import type { TimeChoice } from "../analysis/measurement.ts";
import type { StatementSet } from "../analysis/statement-set.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { StatementDigest } from "../statement/statement.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, withExistingStore } from "./context.ts";
import { type Effect, effectsOf, type LastVerdict, lastVerdicts } from "./effects.ts";
import { packagesOf } from "./prune.ts";
import { withRehearsedTimes } from "./rehearsed-times.ts";
import { resolveSets } from "./resolve-set.ts";
import { type Timelines, timelinesOf } from "./timelines.ts";

export interface ReportRequest {
  readonly sets: readonly string[];
  /** What the sets are compared with. */
  readonly against?: string | undefined;
  readonly time: TimeChoice;
}

/** All that a page shows; complete before a character of it is written. */
export interface ReportOutcome {
  readonly tool: string;
  readonly set: string;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
  readonly runs: readonly TraceRun[];
  /** In the order of their text. */
  readonly statements: readonly DescribedStatement[];
  /** Of the statements that were told to a Julia. */
  readonly verdicts: ReadonlyMap<StatementDigest, LastVerdict>;
  readonly timelines: Timelines;
  readonly effects: readonly Effect[];
  readonly comparison: Comparison | undefined;
}

export interface Comparison {
  readonly against: string;
  /** A: what the set is compared with. B: the set. */
  readonly diff: SetDiff;
  /** What A has of the differences. */
  readonly statements: readonly DescribedStatement[];
}

/** Gathers what is to be shown of the sets. Writes nothing. */
export function reportSets(request: ReportRequest, context: CommandContext): Promise<CommandResult<ReportOutcome>> {
  return withExistingStore(context, async (store) => {
    const resolved = await resolveSets(context, store, request.sets);
    if (!resolved.ok) return resolved;
    const other = request.against === undefined ? undefined : await resolveSets(context, store, [request.against]);
    if (other !== undefined && !other.ok) return other;
    const set = withRehearsedTimes(resolved.value, store);
    const { tool } = context;
    return ok({
      tool,
      set: set.label,
      writtenAt: new Date().toISOString(),
      runs: set.runs,
      statements: describedStatements(set, request.time, packagesOf(store)),
      verdicts: lastVerdicts(store),
      timelines: timelinesOf(set, store),
      effects: effectsOf(set, store),
      comparison: other && compared(set, withRehearsedTimes(other.value, store), request.time, store),
    });
  });
}

function compared(set: StatementSet, against: StatementSet, time: TimeChoice, store: StatementStore): Comparison {
  const diff = diffSets(against, set);
  const different = [...diff.onlyA, ...diff.changed.map(({ a }) => a)];
  const members = new Map(different.map((member) => [member.digest, member]));
  const statements = describedStatements({ ...against, members }, time, packagesOf(store));
  return { against: against.label, diff, statements };
}
