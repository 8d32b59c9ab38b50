import type { RunId } from "../statement/provenance.ts";

/** What one run, or one file, says about the compiling of a statement. */
export interface Measurement {
  readonly source: RunId | string;
  /** In milliseconds: the longest of the times that it tells; undefined where it tells none. */
  readonly compileMs: number | undefined;
  /** How often Julia had compiled it before: something had made that invalid. */
  readonly recompiles: number;
}

/** What is made of the times of several sources: the most careful one, or the usual one. */
export const timeChoices = ["max", "median"] as const;
export type TimeChoice = (typeof timeChoices)[number];

/** Where a time comes from that a rehearsal took: no run of a set, so it counts in each group of runs. */
export const rehearsalSource = "rehearsal";

/** One entry a source; undefined where none says anything. */
export type Measurements = readonly Measurement[] | undefined;

/** Of statements that are the same. A source that both have told of it twice where `again`, and else was asked twice. */
export function joinMeasurements(a: Measurements, b: Measurements, again: boolean): Measurements {
  if (a === undefined || b === undefined) return a ?? b;
  const bySource = new Map(a.map((each) => [each.source, each]));
  for (const each of b) {
    const known = bySource.get(each.source);
    bySource.set(each.source, known === undefined ? each : joinTwo(known, each, again));
  }
  return [...bySource.values()];
}

function joinTwo(a: Measurement, b: Measurement, again: boolean): Measurement {
  const times = [a.compileMs, b.compileMs].filter((ms) => ms !== undefined);
  return {
    source: a.source,
    compileMs: times.length === 0 ? undefined : Math.max(...times),
    recompiles: again ? a.recompiles + b.recompiles : Math.max(a.recompiles, b.recompiles),
  };
}

/** In milliseconds; undefined where no source tells a time. */
export function compileTime(measurements: Measurements, choice: TimeChoice): number | undefined {
  const times = (measurements ?? []).flatMap(({ compileMs }) => compileMs ?? []).sort((a, b) => a - b);
  if (choice === "max" || times.length === 0) return times.at(-1);
  const middle = (times.length - 1) / 2;
  return ((times[Math.floor(middle)] ?? 0) + (times[Math.ceil(middle)] ?? 0)) / 2;
}

export function recompiles(measurements: Measurements): number {
  return (measurements ?? []).reduce((sum, each) => sum + each.recompiles, 0);
}
