import type { RunId } from "../statement/provenance.ts";
import type { StatementDigest } from "../statement/statement.ts";
import { type Dropped, type Pruned, statementOfMember } from "./prune.ts";
import { type StatementSet, sortedMembers, unite } from "./statement-set.ts";

/** How many witnesses have to have seen a statement: so many, or such a part of them. */
export type Quorum = { readonly count: number } | { readonly share: number };

export interface Common {
  readonly pruned: Pruned;
  /** All sets in one. */
  readonly set: StatementSet;
}

/** What enough witnesses saw. A witness is a run, of whichever of the sets, or a set that is a file. */
export function commonOf(sets: readonly StatementSet[], quorum: Quorum): Common {
  const files = sets.filter(({ runs }) => runs.length === 0);
  const runs = new Set<RunId>(sets.flatMap((set) => set.runs.map(({ id }) => id)));
  const witnesses = runs.size + files.length;
  // A share of what cannot be told exactly in binary, such as 70 % of 10, is not rounded up to one more.
  const needed = "count" in quorum ? quorum.count : Math.ceil(quorum.share * witnesses - 1e-9);
  const inFiles = new Map<StatementDigest, number>();
  for (const digest of files.flatMap(({ members }) => [...members.keys()]))
    inFiles.set(digest, (inFiles.get(digest) ?? 0) + 1);

  const set = unite(sets.map(({ label }) => label).join(" "), sets);
  const kept = [];
  const dropped: Dropped[] = [];
  for (const member of sortedMembers(set)) {
    if (member.runs.length + (inFiles.get(member.digest) ?? 0) >= needed) kept.push(statementOfMember(member));
    else dropped.push({ member, reason: "seen too seldom" });
  }
  return { pruned: { kept, dropped }, set };
}
