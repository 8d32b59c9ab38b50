import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlapOf } from "../../src/analysis/overlap.ts";
import { commonOf, type Quorum } from "../../src/analysis/quorum.ts";
import { type StatementSet, splitByRun } from "../../src/analysis/statement-set.ts";
import type { RunId } from "../../src/statement/provenance.ts";
import { call, type Seen, setOf, statementFrom } from "../samples.ts";

const [a, b, c, d] = ["A", "B", "C", "D"].map((name) => call(`${name}.f`, "Int64"));
const file = (label: string, ...lines: readonly (string | undefined)[]): StatementSet =>
  setOf(
    label,
    lines.map((line = ""): Seen => [line]),
  );

function timed(set: StatementSet, times: Readonly<Record<string, number>>): StatementSet {
  const members = new Map(
    [...set.members].map(([digest, member]) => {
      const compileMs = times[member.canonical];
      const measured = compileMs === undefined ? undefined : [{ source: set.label, compileMs, recompiles: 0 }];
      return [digest, { ...member, measured }];
    }),
  );
  return { ...set, members };
}

describe("the overlap of sets", () => {
  it("is told pair by pair", () => {
    const { sets, pairs } = overlapOf([file("x", a, b, c), file("y", b, c, d), file("z", a)], "max");
    expect(sets.map(({ set, statements }) => [set, statements])).toEqual([
      ["x", 3],
      ["y", 3],
      ["z", 1],
    ]);
    expect(pairs.map((pair) => [pair.a, pair.b, pair.both, pair.similarity])).toEqual([
      [0, 1, 2, 0.5],
      [0, 2, 1, 0.3333],
      [1, 2, 0, 0],
    ]);
    expect(pairs[0]?.timeSimilarity).toBeUndefined();
  });

  it("is weighed by compile time where both tell it", () => {
    const x = timed(file("x", a, b), { [a ?? ""]: 90, [b ?? ""]: 10 });
    const y = timed(file("y", a, c), { [a ?? ""]: 60, [c ?? ""]: 10 });
    expect(overlapOf([x, y], "max").pairs[0]).toMatchObject({ similarity: 0.3333, timeSimilarity: 0.8182 });
  });

  it("of a set with itself is whole, and the same from either side", () => {
    const lines = fc.subarray([a, b, c, d]);
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const [x, y] = [file("x", ...left), file("y", ...right)];
        expect(overlapOf([x, x], "max").pairs[0]?.similarity).toBe(1);
        expect(overlapOf([x, y], "max").pairs[0]?.similarity).toBe(overlapOf([y, x], "max").pairs[0]?.similarity);
      }),
    );
  });

  it("may be one of the runs of a set", () => {
    const set = setOf("x", [
      [a ?? "", 1, 2],
      [b ?? "", 2],
    ]);
    const { digest } = statementFrom(a ?? "");
    const member = set.members.get(digest);
    if (member === undefined) throw new Error("no member");
    const measured = [1, 2].map((id) => ({ source: id as RunId, compileMs: id, recompiles: 0 }));
    const split = splitByRun({ ...set, members: new Map([...set.members, [digest, { ...member, measured }]]) });
    expect(split.map(({ label, members }) => [label, members.size])).toEqual([
      ["run:1 (work)", 1],
      ["run:2 (work)", 2],
    ]);
    expect(split[1]?.members.get(digest)).toMatchObject({ runs: [2], measured: [measured[1]] });
    const list = file("list", a);
    expect(splitByRun(list)).toEqual([list]);
  });
});

describe("what sets have in common", () => {
  const runs = setOf("runs", [
    [a ?? "", 1, 2],
    [b ?? "", 1],
    [c ?? "", 2],
  ]);
  const list = file("list", a, b);
  const kept = (sets: readonly StatementSet[], quorum: Quorum): string[] =>
    commonOf(sets, quorum).pruned.kept.map(({ canonical }) => canonical);

  it.each([
    [{ share: 1 }, [a]],
    [{ share: 0.5 }, [a, b]],
    [{ share: 0.01 }, [a, b, c]],
    [{ count: 1 }, [a, b, c]],
    [{ count: 2 }, [a, b]],
    [{ count: 4 }, []],
  ] as const)("counts runs and files: %j", (quorum, expected) => {
    expect(kept([runs, list], quorum)).toEqual(expected);
  });

  it("counts a run of several sets once", () => {
    expect(kept([runs, runs], { share: 1 })).toEqual([a]);
  });

  it("takes a share for what it is, whatever binary makes of it", () => {
    const ten = Array.from({ length: 10 }, (_, index) => file(String(index), index < 7 ? a : b));
    expect(kept(ten, { share: 0.7 })).toEqual([a]);
  });

  it("says why the others went", () => {
    const { pruned } = commonOf([runs, list], { share: 1 });
    expect(new Set(pruned.dropped.map(({ reason }) => reason))).toEqual(new Set(["seen too seldom"]));
  });
});
