import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { latencyOf } from "../../src/build/verify.ts";

describe("latency", () => {
  it.each([
    [[7], 7, 7, 7],
    [[9, 1], 5, 1, 9],
    [[30, 10, 20], 20, 10, 30],
    [[1, 100, 2, 3], 2.5, 1, 100],
    [[100, 20, 3], 20, 3, 100],
  ])("of %j has median %d, from %d to %d", (times, medianMs, minMs, maxMs) => {
    expect(latencyOf(times)).toEqual({ medianMs, minMs, maxMs, runs: times.length });
  });

  it("of no run is nothing", () => {
    expect(latencyOf([])).toEqual({ medianMs: 0, minMs: 0, maxMs: 0, runs: 0 });
  });

  it("has half of the times on either side of the median, and leaves its input alone", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1 }), (times) => {
        const given = [...times];
        const { medianMs } = latencyOf(given);
        expect(given).toEqual(times);
        expect(times.filter((time) => time < medianMs).length).toBeLessThanOrEqual(times.length / 2);
        expect(times.filter((time) => time > medianMs).length).toBeLessThanOrEqual(times.length / 2);
      }),
    );
  });
});
