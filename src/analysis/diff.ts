import { obstacleName } from "../statement/portability.ts";
import { obstaclesInText, summaryOf } from "../statement/summary.ts";
import type { GroupsOf } from "./grouping.ts";
import { type Pairing, paired } from "./pairing.ts";
import { byText, type SetMember, type StatementSet } from "./statement-set.ts";

export interface SetDiff extends Pairing {
  readonly both: number;
}

/** Compares by canonical statement: spelling, spacing and the names of type variables make no difference. */
export function diffSets(a: StatementSet, b: StatementSet): SetDiff {
  const missingFrom = (other: StatementSet) => (member: SetMember) => !other.members.has(member.digest);
  const onlyA = [...a.members.values()].filter(missingFrom(b));
  const both = a.members.size - onlyA.length;
  const onlyB = [...b.members.values()].filter(missingFrom(a));
  // Nothing can have a counterpart, so nothing is parsed.
  if (onlyA.length === 0 || onlyB.length === 0)
    return { onlyA: onlyA.sort(byText), onlyB: onlyB.sort(byText), changed: [], both };
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
export function groupDiff({ onlyA, onlyB, changed }: SetDiff, groupsOf: GroupsOf): readonly DiffGroup[] {
  const groups = new Map<string, { -readonly [K in keyof DiffGroup]: DiffGroup[K] }>();
  const count = (what: "onlyA" | "onlyB" | "changed") => (member: SetMember) => {
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
