import { compileTime, type TimeChoice } from "./measurement.ts";
import type { StatementSet } from "./statement-set.ts";

/** How much sets have in common, pair by pair. */
export interface Overlap {
  readonly sets: readonly SetSize[];
  /** Each pair once, in the order of the sets. */
  readonly pairs: readonly PairOverlap[];
}

export interface SetSize {
  readonly set: string;
  readonly statements: number;
  /** Of the statements whose time is known, in milliseconds. */
  readonly compileMs: number;
  readonly timed: number;
}

export interface PairOverlap {
  /** Indices into the sets. */
  readonly a: number;
  readonly b: number;
  /** How many statements both have. */
  readonly both: number;
  /** Of the statements that either has, the part that both have: 1 where the sets are the same. */
  readonly similarity: number;
  /** The same of their compile time; undefined where either tells none. */
  readonly timeSimilarity: number | undefined;
}

export function overlapOf(sets: readonly StatementSet[], choice: TimeChoice): Overlap {
  const timed = sets.map((set) => withTimes(set, choice));
  return {
    sets: timed.map(({ set, times, compileMs }) => ({
      set: set.label,
      statements: set.members.size,
      compileMs,
      timed: times.size,
    })),
    pairs: timed.flatMap((one, a) => timed.slice(a + 1).map((other, index) => pairOf(one, other, a, a + 1 + index))),
  };
}

interface TimedSet {
  readonly set: StatementSet;
  /** Of the digests whose time is known. */
  readonly times: ReadonlyMap<string, number>;
  readonly compileMs: number;
}

function withTimes(set: StatementSet, choice: TimeChoice): TimedSet {
  const times = new Map<string, number>();
  let compileMs = 0;
  for (const { digest, measured } of set.members.values()) {
    const time = compileTime(measured, choice);
    if (time === undefined) continue;
    times.set(digest, time);
    compileMs += time;
  }
  return { set, times, compileMs: Number(compileMs.toPrecision(12)) };
}

function pairOf(one: TimedSet, other: TimedSet, a: number, b: number): PairOverlap {
  // The smaller one is walked through, so that a list against a store costs what the list does.
  const [small, large] = one.set.members.size <= other.set.members.size ? [one, other] : [other, one];
  let both = 0;
  // A statement weighs what the set that took longer says.
  let [bothMs, twiceMs] = [0, 0];
  for (const digest of small.set.members.keys()) {
    if (!large.set.members.has(digest)) continue;
    both += 1;
    const [here = 0, there = 0] = [small.times.get(digest), large.times.get(digest)];
    bothMs += Math.max(here, there);
    twiceMs += here + there;
  }
  const eitherMs = one.compileMs + other.compileMs - twiceMs + bothMs;
  const told = one.times.size > 0 && other.times.size > 0;
  return {
    a,
    b,
    both,
    similarity: ratio(both, one.set.members.size + other.set.members.size - both),
    timeSimilarity: told ? ratio(bothMs, eitherMs) : undefined,
  };
}

/** To four digits; two empty sets are the same. */
const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : Math.round((10_000 * part) / whole) / 10_000);
