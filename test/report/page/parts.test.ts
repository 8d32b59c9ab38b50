import { describe, expect, it } from "vitest";
import { commonEnds } from "../../../src/report/page/browser/common-ends.ts";
import { lanesOf } from "../../../src/report/page/browser/lanes.ts";
import { ordered } from "../../../src/report/page/browser/order.ts";
import { searchIn } from "../../../src/report/page/browser/search.ts";
import { twoLevels, whoseTree } from "../../../src/report/page/browser/whose-tree.ts";
import { signatureText } from "../../../src/report/page/browser/words.ts";

describe("the lanes of a timeline", () => {
  const owners = [1, 0, 1, 2];
  const request = { order: [0, 1, 2, 3], ownerOf: (each: number) => owners[each] ?? -1, owners: [1, 0] };

  it("pass the time of a run, where it is known of most statements", () => {
    const { unit, extent, lanes } = lanesOf({ ...request, compileMs: [10, 20, 10, null], binCount: 4 });
    expect([unit, extent]).toEqual(["ms", 40]);
    expect(lanes.map(({ owner, total, bins }) => [owner, total, bins.map(({ part }) => part)])).toEqual([
      [1, 20, [1, 0, 0, 1]],
      [0, 20, [0, 1, 1, 0]],
      [undefined, 0, [0, 0, 0, 0]],
    ]);
    // What takes no time is where it came all the same.
    expect(lanes[2]?.bins.map(({ statements }) => statements)).toEqual([[], [], [], [3]]);
  });

  it("pass the statements one by one elsewhere", () => {
    const { unit, extent, lanes } = lanesOf({ ...request, compileMs: [null, null, 3, null], binCount: 100 });
    expect([unit, extent]).toEqual(["statements", 4]);
    expect(lanes.map(({ bins }) => bins.map(({ statements }) => statements.length))).toEqual([
      [1, 0, 1, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 1],
    ]);
  });

  it("add up to the whole, however many statements share a piece", () => {
    const order = Array.from({ length: 5_000 }, (_, index) => index);
    const compileMs = order.map((each) => 1 + (each % 17));
    const { lanes } = lanesOf({ order, compileMs, ownerOf: (each) => each % 5, owners: [0, 1, 2], binCount: 240 });
    for (let bin = 0; bin < 240; bin += 1)
      expect(lanes.reduce((sum, { bins }) => sum + (bins[bin]?.part ?? 0), 0)).toBeCloseTo(1, 6);
    expect(new Set(lanes.flatMap(({ bins }) => bins.flatMap(({ statements }) => statements))).size).toBe(5_000);
  });
});

describe("whose it is", () => {
  const columns = {
    text: ["a", "b", "c", "d"],
    digest: [],
    owner: [0, 0, 1, 1],
    method: [0, 1, 2, 2],
    compileMs: [5, 20, 1, null],
    recompiles: [],
    runs: [],
    obstacles: [],
    verdict: [],
  };

  it("adds up from statements over methods to modules, the biggest first", () => {
    const byTime = whoseTree(columns, "ms");
    expect([byTime.value, byTime.count]).toEqual([26, 4]);
    expect(byTime.children.map(({ owner, value, count }) => [owner, value, count])).toEqual([
      [0, 25, 2],
      [1, 1, 2],
    ]);
    expect(byTime.children[0]?.children.map(({ method }) => method)).toEqual([1, 0]);
    expect(whoseTree(columns, "statements").children.map(({ value }) => value)).toEqual([2, 2]);
  });

  it("takes what is small together, and loses nothing of it", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => index);
    const wide = { ...columns, text: many.map(String), owner: many.map(() => 0), method: many, compileMs: many };
    const tree = whoseTree(wide, "ms");
    const pruned = twoLevels(tree, tree.value / 100);
    const [only] = pruned.children;
    expect(only?.children.length).toBeLessThan(102);
    expect(only?.children.reduce((sum, { value }) => sum + value, 0)).toBe(tree.value);
    expect(only?.children.at(-1)?.more).toBeGreaterThan(800);
  });
});

it("rows are ordered by their keys, and what is not known comes last", () => {
  const keys = [3, null, 1, 3, 2];
  const key = (row: number): number | null => keys[row] ?? null;
  expect(ordered([0, 1, 2, 3, 4], key, "ascending")).toEqual([2, 4, 0, 3, 1]);
  expect(ordered([0, 1, 2, 3, 4], key, "descending")).toEqual([0, 3, 4, 2, 1]);
});

it("a search wants all its words", () => {
  const find = (typed: string): number[] =>
    [0, 1, 2].filter(searchIn(["Base.map Float64", "Base.sum", "App.map"])(typed));
  expect(find("")).toEqual([0, 1, 2]);
  expect(find("MAP")).toEqual([0, 2]);
  expect(find(" map base ")).toEqual([0]);
  expect(find("(")).toEqual([]);
});

it.each([
  ["print, Base.TTY, Int64", "print, Base.PipeEndpoint, Int64", "Base.TTY", "Base.PipeEndpoint"],
  ["f, Array{Int64, 1}", "f, Array{Int32, 1}", "Int64", "Int32"],
  ["f, Int64", "f, Int64, Int64", "Int64", "Int64, Int64"],
])("what differs between %s and %s is a name as a whole", (a, b, inA, inB) => {
  const [before, behind] = commonEnds(a, b);
  expect([a.slice(before, a.length - behind), b.slice(before, b.length - behind)]).toEqual([inA, inB]);
});

it("a statement is shown without what all have", () => {
  expect(signatureText("precompile(Tuple{typeof(Base.map), Int64})")).toBe("typeof(Base.map), Int64");
  expect(signatureText("something else")).toBe("something else");
});
