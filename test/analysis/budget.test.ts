import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Budget, cutCurve, type Weighed, withinBudget } from "../../src/analysis/budget.ts";
import { call, statementFrom } from "../samples.ts";

const weighed = (costs: readonly (readonly [compileMs: number, bytes: number, weight?: number])[]): Weighed[] =>
  costs.map(([compileMs, bytes, weight = 1], index) => ({
    statement: statementFrom(call(`Foo.f${index}`)),
    compileMs,
    savedMs: compileMs * weight,
    bytes,
    sizeFrom: "instructions",
  }));

const kept = (list: readonly Weighed[], budget: Budget): number[] =>
  withinBudget(list, budget).map(({ savedMs }) => savedMs);

describe("a budget", () => {
  const list = weighed([
    [5, 100],
    [50, 9_000],
    [20, 10],
    [1, 1],
  ]);

  it.each<readonly [string, Budget, readonly number[]]>([
    ["of statements keeps the slowest", { statements: 2 }, [50, 20]],
    ["of time keeps what fits", { timeMs: 26 }, [20, 5, 1]],
    ["of size keeps what saves most a byte", { bytes: 111 }, [20, 1, 5]],
    ["of several limits keeps all of them", { statements: 2, timeMs: 26 }, [20, 5]],
    ["that limits nothing keeps all", {}, [50, 20, 5, 1]],
    ["of nothing keeps nothing", { statements: 0 }, []],
  ])("%s", (_, budget, expected) => expect(kept(list, budget)).toEqual(expected));

  it.each<readonly [string, Budget, readonly number[]]>([
    ["statements", { statements: 1 }, [30]],
    ["size", { bytes: 100 }, [30]],
    ["time, of which it takes its own and not its weight", { timeMs: 20 }, [30]],
  ])("of %s favours what counts more", (_, budget, expected) => {
    const important = weighed([
      [20, 100],
      [10, 100, 3],
      [12, 100],
    ]);
    expect(kept(important, budget)).toEqual(expected);
  });

  it("is never gone over", () => {
    const costs = fc.array(fc.tuple(fc.nat(100), fc.nat(1_000)), { maxLength: 20 });
    fc.assert(
      fc.property(costs, fc.nat(20), fc.nat(300), fc.nat(3_000), (pairs, statements, timeMs, bytes) => {
        const within = withinBudget(weighed(pairs), { statements, timeMs, bytes });
        const sum = (pick: (each: Weighed) => number): number => within.reduce((total, each) => total + pick(each), 0);
        expect(within.length).toBeLessThanOrEqual(statements);
        expect(sum(({ savedMs }) => savedMs)).toBeLessThanOrEqual(timeMs);
        expect(sum((each) => each.bytes)).toBeLessThanOrEqual(bytes);
      }),
    );
  });

  it("has a curve that ends with all of it", () => {
    const curve = cutCurve(list, {});
    expect(curve.map(({ statements }) => statements)).toEqual([1, 2, 3, 4]);
    expect(curve.at(0)?.savedMs).toBe(50);
    expect(curve.at(-1)).toEqual({ statements: 4, savedMs: 76, bytes: 9_111 });
  });
});
