import { compileTime, rehearsalSource } from "../analysis/measurement.ts";
import type { StatementSet } from "../analysis/statement-set.ts";
import type { StatementStore } from "../store/statement-store.ts";

/** The set with the times that rehearsals took, for the statements of which no trace tells one. */
export function withRehearsedTimes(set: StatementSet, store: StatementStore): StatementSet {
  const rehearsed = store.findings.rehearsed();
  if (rehearsed.size === 0) return set;
  const members = new Map(set.members);
  for (const [digest, { compileMs }] of rehearsed) {
    const member = members.get(digest);
    if (member === undefined || compileMs === null || compileTime(member.measured, "max") !== undefined) continue;
    const measured = [...(member.measured ?? []), { source: rehearsalSource, compileMs, recompiles: 0 }];
    members.set(digest, { ...member, measured });
  }
  return { ...set, members };
}
