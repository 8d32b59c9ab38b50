import { obstaclesAmong } from "../statement/traits.ts";
import type { Countable, Counted } from "./countable.ts";
import { fromFile, type Grouping, groupOfRun, groupsOfTraits, isRunGrouping, type RunGrouping } from "./grouping.ts";
import { compileTime, recompiles, type TimeChoice } from "./measurement.ts";

/** What a set, or a part of one, amounts to. */
export interface Counts {
  readonly statements: number;
  /** Distinct ones. */
  readonly methods: number;
  /** Of the statements whose time is known, in milliseconds. */
  readonly compileMs: number;
  /** For how many statements the time is known. */
  readonly timed: number;
  /** How many statements Julia compiled again, as something had made them invalid. */
  readonly recompiled: number;
}

export interface GroupStats extends Counts {
  readonly group: string;
  /** Only by method, and of the first `top`: where its specialisations differ most. */
  readonly varies?: Variation;
}

/** The argument for which a method was compiled with the most types. */
export interface Variation {
  /** Counted from 1. */
  readonly argument: number;
  readonly types: number;
}

export interface SetStats {
  readonly total: Counts & { readonly owners: number; readonly portable: number };
  readonly by: Grouping;
  /** A statement may be in several: by run, Julia and obstacle the groups add up to more than the total. */
  readonly groups: readonly GroupStats[];
}

export type StatsOrder = "statements" | "time" | "recompiled";

export interface StatsRequest {
  readonly by: Grouping;
  readonly order: StatsOrder;
  /** What is made of a statement's times where several runs tell one. */
  readonly time: TimeChoice;
  /** How many groups, the first ones, are looked at closely; undefined: all. */
  readonly top?: number | undefined;
}

export function statsOf(set: Countable, { by, order, time, top }: StatsRequest): SetStats {
  const total = new Tally();
  const owners = new Set<string>();
  const groups = isRunGrouping(by) ? runGroups(set, by, time) : new Map<string, Tally>();
  const groupsOf = isRunGrouping(by) ? () => [] : groupsOfTraits(by);
  let portable = 0;
  for (const counted of set.all()) {
    const obstacles = obstaclesAmong(counted.traits, counted.context);
    if (obstacles.length === 0) portable += counted.count;
    owners.add(counted.traits.owner);
    total.add(counted, time);
    for (const group of groupsOf(counted.traits, obstacles)) tallyOf(groups, group).add(counted, time);
  }
  const all = [...groups].map(([group, tally]) => ({ group, ...tally.counts() })).sort(orders[order]);
  const shown = by === "method" ? withVariations(set, all, top) : all;
  return { total: { ...total.counts(), owners: owners.size, portable }, by, groups: shown };
}

function tallyOf(groups: Map<string, Tally>, group: string): Tally {
  const tally = groups.get(group) ?? new Tally();
  groups.set(group, tally);
  return tally;
}

/** What a run says of a statement, it says of its own group. */
function runGroups(set: Countable, by: RunGrouping, time: TimeChoice): Map<string, Tally> {
  const groups = new Map<string, Tally>();
  for (const [group, own] of Map.groupBy(set.runs, groupOfRun(by))) {
    for (const counted of set.seenBy(own.map(({ id }) => id))) tallyOf(groups, group).add(counted, time);
  }
  for (const counted of set.unseen()) tallyOf(groups, fromFile).add(counted, time);
  return groups;
}

/** The first `top` methods with the argument in which they differ most. */
function withVariations(set: Countable, all: readonly GroupStats[], top: number | undefined): readonly GroupStats[] {
  const types = new Map<string, Set<string>[]>(all.slice(0, top).map(({ group }) => [group, []]));
  for (const statement of set.typesOf(new Set(types.keys()))) {
    const places = types.get(statement.method) ?? [];
    for (const [index, type] of statement.types.entries()) {
      const known = places[index] ?? new Set();
      places[index] = known.add(type);
    }
  }
  return all.map((group) => ({ ...group, ...variation(types.get(group.group) ?? []) }));
}

function variation(places: readonly ReadonlySet<string>[]): { readonly varies?: Variation } {
  const types = places.map(({ size }) => size);
  const most = Math.max(...types);
  return most > 1 ? { varies: { argument: types.indexOf(most) + 1, types: most } } : {};
}

const bySize = (a: GroupStats, b: GroupStats): number => b.statements - a.statements || (a.group < b.group ? -1 : 1);

/** The most first. */
const orders: Readonly<Record<StatsOrder, (a: GroupStats, b: GroupStats) => number>> = {
  statements: bySize,
  time: (a, b) => b.compileMs - a.compileMs || bySize(a, b),
  recompiled: (a, b) => b.recompiled - a.recompiled || bySize(a, b),
};

class Tally {
  readonly #methods = new Set<string>();
  #statements = 0;
  #compileMs = 0;
  #timed = 0;
  #recompiled = 0;

  add({ traits, count, measured }: Counted, choice: TimeChoice): void {
    this.#methods.add(traits.method);
    this.#statements += count;
    if (measured === undefined) return;
    const compileMs = compileTime(measured, choice);
    this.#compileMs += count * (compileMs ?? 0);
    if (compileMs !== undefined) this.#timed += count;
    if (recompiles(measured) > 0) this.#recompiled += count;
  }

  counts(): Counts {
    return {
      statements: this.#statements,
      methods: this.#methods.size,
      compileMs: Number(this.#compileMs.toPrecision(12)),
      timed: this.#timed,
      recompiled: this.#recompiled,
    };
  }
}
