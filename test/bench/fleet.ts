import { closeSync, openSync, writeSync } from "node:fs";

const linesPerRun = 5_000;
/** Of each run's lines, how many all runs share. */
const sharedLines = 4_750;

export interface Fleet {
  readonly lines: number;
  readonly distinct: number;
  readonly bytes: number;
}

/** Writes what a fleet of traced runs prints: runs of 5,000 real lines, 4,750 of them common to all. */
export function fleetTrace(pool: readonly string[], path: string, runs = 200): Fleet {
  const shared = Array.from({ length: sharedLines }, (_, index) => pool[index % pool.length] ?? "");
  const rest = pool.slice(Math.min(sharedLines, pool.length - 1));
  const seen = new Set(shared);
  const file = openSync(path, "w");
  const random = randomNumbers(42);
  let bytes = 0;
  try {
    for (let run = 0; run < runs; run += 1) {
      const own = Array.from(
        { length: linesPerRun - sharedLines },
        () => rest[Math.floor(random() * rest.length)] ?? "",
      );
      for (const line of own) seen.add(line);
      bytes += writeSync(file, `${[...shared, ...own].join("\n")}\n`);
    }
  } finally {
    closeSync(file);
  }
  return { lines: runs * linesPerRun, distinct: seen.size, bytes };
}

/** The same numbers on every machine (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
