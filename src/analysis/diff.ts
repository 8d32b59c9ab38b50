import { byText, type SetMember, type StatementSet } from "./statement-set.ts";

export interface SetDiff {
  readonly onlyA: readonly SetMember[];
  readonly onlyB: readonly SetMember[];
  readonly both: number;
}

/** Compares by canonical statement: spelling, spacing and the names of type variables make no difference. */
export function diffSets(a: StatementSet, b: StatementSet): SetDiff {
  const missingFrom = (other: StatementSet) => (member: SetMember) => !other.members.has(member.digest);
  const onlyA = [...a.members.values()].filter(missingFrom(b)).sort(byText);
  const onlyB = [...b.members.values()].filter(missingFrom(a)).sort(byText);
  return { onlyA, onlyB, both: a.members.size - onlyA.length };
}
