import { obstacleName } from "../statement/portability.ts";
import { obstaclesInText, summaryOf } from "../statement/summary.ts";
import type { GroupsOf } from "./grouping.ts";
import { type Pairing, paired } from "./pairing.ts";
import { byText, type SeenIn, type SetMember, type Stated, type StatementSet } from "./statement-set.ts";

export interface SetDiff<M extends Stated = SetMember> extends Pairing<M> {
  readonly both: number;
}

/** Compares by canonical statement: spelling, spacing and the names of type variables make no difference. */
export function diffSets(a: StatementSet, b: StatementSet): SetDiff {
  const missingFrom = (other: StatementSet) => (member: SetMember) => !other.members.has(member.digest);
  const onlyA = [...a.members.values()].filter(missingFrom(b));
  const onlyB = [...b.members.values()].filter(missingFrom(a));
  return diffApart(onlyA, onlyB, a.members.size - onlyA.length);
}

/** Of what each of two sets has alone, and how many they have in common. */
export function diffApart<M extends Stated>(onlyA: readonly M[], onlyB: readonly M[], both: number): SetDiff<M> {
  // Nothing can have a counterpart, so nothing is parsed.
  if (onlyA.length === 0 || onlyB.length === 0)
    return { onlyA: onlyA.toSorted(byText), onlyB: onlyB.toSorted(byText), changed: [], both };
  return { ...paired(onlyA, onlyB), both };
}

/** The differences of one group. */
export interface DiffGroup {
  readonly group: string;
  readonly onlyA: number;
  readonly onlyB: number;
  /** By what B has. */
  readonly changed: number;
}

/** Those with the most differences first. */
export function groupDiff({ onlyA, onlyB, changed }: SetDiff<SeenIn>, groupsOf: GroupsOf): readonly DiffGroup[] {
  const groups = new Map<string, { -readonly [K in keyof DiffGroup]: DiffGroup[K] }>();
  const count = (what: "onlyA" | "onlyB" | "changed") => (member: SeenIn) => {
    const obstacles = obstaclesInText(member.canonical).map(obstacleName);
    for (const group of groupsOf(summaryOf(member.canonical), member, obstacles)) {
      const known = groups.get(group) ?? { group, onlyA: 0, onlyB: 0, changed: 0 };
      known[what] += 1;
      groups.set(group, known);
    }
  };
  onlyA.forEach(count("onlyA"));
  onlyB.forEach(count("onlyB"));
  changed.map(({ b }) => b).forEach(count("changed"));
  const size = (group: DiffGroup): number => group.onlyA + group.onlyB + group.changed;
  return [...groups.values()].sort((a, b) => size(b) - size(a) || (a.group < b.group ? -1 : 1));
}
