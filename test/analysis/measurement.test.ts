import { describe, expect, it } from "vitest";
import { compileTime, joinMeasurements, type Measurements, recompiles } from "../../src/analysis/measurement.ts";

const told = (source: string, compileMs: number | undefined, times = 0): Measurements => [
  { source, compileMs, recompiles: times },
];

describe("what several sources say of a statement's compiling", () => {
  it("is kept for each of them", () => {
    const both = joinMeasurements(told("a", 3), told("b", 5, 1), false);
    expect(both).toEqual([...(told("a", 3) ?? []), ...(told("b", 5, 1) ?? [])]);
    expect(joinMeasurements(undefined, both, false)).toBe(both);
    expect(joinMeasurements(both, undefined, false)).toBe(both);
  });

  it("is counted once where one source was asked twice, and each time where it told of it again", () => {
    expect(joinMeasurements(told("a", 3, 2), told("a", 5, 2), false)).toEqual(told("a", 5, 2));
    expect(joinMeasurements(told("a", 3, 0), told("a", undefined, 1), true)).toEqual(told("a", 3, 1));
    expect(recompiles(joinMeasurements(told("a", 3, 2), told("b", 5, 3), false))).toBe(5);
  });

  it.each([
    [[], undefined, undefined],
    [[7], 7, 7],
    [[9, 1, 2], 9, 2],
    [[4, 1], 4, 2.5],
    [[undefined, 4], 4, 4],
  ])("of %j the longest is %s, the median %s", (times, longest, median) => {
    const all = times.flatMap((ms, index) => told(String(index), ms) ?? []);
    expect(compileTime(all, "max")).toBe(longest);
    expect(compileTime(all, "median")).toBe(median);
    expect(compileTime(undefined, "max")).toBeUndefined();
  });
});
