import { describe, expect, it } from "vitest";
import { countableSet } from "../../src/analysis/countable.ts";
import type { Measurements } from "../../src/analysis/measurement.ts";
import type { StatementSet } from "../../src/analysis/statement-set.ts";
import { type StatsRequest, statsOf } from "../../src/analysis/stats.ts";
import { call, type Seen, setOf, statementFrom, traceRun } from "../samples.ts";

const nobodyKnows = () => undefined;
const stats = (set: StatementSet, request: Partial<StatsRequest> = {}) =>
  statsOf(countableSet(set, nobodyKnows), { by: "owner", order: "statements", time: "max", ...request });

const seen: readonly Seen[] = [
  [call("Base.sum", "Array{Float64, 1}"), 1, 2],
  [call("Base.sum", "Array{Float32, 1}"), 1],
  [call("Base.sum", "Array{Int64, 1}"), 2],
  [call("Base.map", 'App.var"#4#5"', "Int64"), 2],
  ["precompile(Tuple{Type{App.Model}, Main.X, Base.Val{Dates.Hour(value=1)}})"],
];
const runs = [traceRun(1, { name: "a", juliaVersion: "1.10.8" }), traceRun(2, { name: "b" })];
const set = setOf("x", seen, runs);

function measured(measurements: Readonly<Record<string, Measurements>>): StatementSet {
  const members = new Map(set.members);
  for (const [line, told] of Object.entries(measurements)) {
    const { digest } = statementFrom(line);
    const member = members.get(digest);
    if (member !== undefined) members.set(digest, { ...member, measured: told });
  }
  return { ...set, members };
}

const sizes = (by: StatsRequest["by"]) => stats(set, { by }).groups.map(({ group, statements }) => [group, statements]);

describe("the statements of a set", () => {
  it("are counted in all", () => {
    expect(stats(set).total).toEqual({
      statements: 5,
      methods: 3,
      owners: 2,
      portable: 3,
      compileMs: 0,
      timed: 0,
      recompiled: 0,
    });
  });

  it.each([
    ["owner", [["Base", 4], ["App", 1]]],
    ["method", [["Base.sum", 3], ["App.Model (constructor)", 1], ["Base.map", 1]]],
    ["kind", [["function", 4], ["constructor", 1]]],
    ["obstacle", [["portable", 3], ["belongs to the script", 1], ["closure", 1], ["lossy-literal", 1]]],
    ["run", [["2 b", 3], ["1 a", 2], ["from a file", 1]]],
    ["julia", [["unknown", 3], ["1.10.8", 2], ["from a file", 1]]],
  ] as const)("are counted by %s, the largest group first", (by, groups) => expect(sizes(by)).toEqual(groups)); // biome-ignore format: a table

  it("of one method are told where they differ most", () => {
    expect(stats(set, { by: "method" }).groups[0]).toMatchObject({ varies: { argument: 1, types: 3 } });
    expect(stats(set, { by: "method" }).groups[1]).not.toHaveProperty("varies");
    expect(stats(set, { by: "owner" }).groups[0]).not.toHaveProperty("varies");
  });

  it("are judged with what the runs had loaded", () => {
    const loaded = statsOf(
      countableSet(set, () => new Set(["Dates"])),
      { by: "obstacle", order: "statements", time: "max" },
    );
    expect(loaded.groups).toContainEqual(expect.objectContaining({ group: "belongs to the script", statements: 2 }));
  });

  it("have times, where somebody tells them, and are compiled again", () => {
    const told = measured({
      [call("Base.sum", "Array{Float64, 1}")]: [
        { source: "a", compileMs: 4, recompiles: 0 },
        { source: "b", compileMs: 8, recompiles: 2 },
      ],
      [call("Base.map", 'App.var"#4#5"', "Int64")]: [{ source: "b", compileMs: 10.5, recompiles: 0 }],
    });
    expect(stats(told).total).toMatchObject({ compileMs: 18.5, timed: 2, recompiled: 1 });
    expect(stats(told, { time: "median" }).total.compileMs).toBe(16.5);
    const first = (order: StatsRequest["order"]) => stats(told, { by: "method", order }).groups[0]?.group;
    expect(first("time")).toBe("Base.map");
    expect(first("recompiled")).toBe("Base.sum");
  });

  it("have the times of their own run where they are counted by run", () => {
    const told = measured({
      [call("Base.sum", "Array{Float64, 1}")]: [{ source: runs[1]?.id ?? "", compileMs: 8, recompiles: 1 }],
    });
    expect(stats(told, { by: "run" }).groups).toMatchObject([
      { group: "2 b", compileMs: 8, recompiled: 1 },
      { group: "1 a", timed: 0, recompiled: 0 },
      { group: "from a file", timed: 0 },
    ]);
  });

  it("may be none", () => {
    expect(stats(setOf("none", []))).toMatchObject({ total: { statements: 0 }, groups: [] });
  });
});
