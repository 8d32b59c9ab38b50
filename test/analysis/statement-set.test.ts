import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffSets } from "../../src/analysis/diff.ts";
import { type StatementSet, sortedMembers, unite } from "../../src/analysis/statement-set.ts";
import { call, type Seen, setOf, traceRun } from "../samples.ts";

const [a, b, c] = [call("A.f", "Int64"), call("B.f", "Int64"), call("C.f", "Int64")] as const;
const texts = (members: Iterable<{ canonical: string }>): string[] => [...members].map(({ canonical }) => canonical);

describe("a union of sets", () => {
  it("has every statement once, seen by the runs of all parts", () => {
    const set = unite("all", [setOf("x", [[a, 1], [b, 1, 2]]), setOf("y", [[b, 2, 3], [c]])]); // biome-ignore format: short
    expect(set.label).toBe("all");
    expect(texts(set.members.values())).toEqual([a, b, c]);
    expect([...set.members.values()].map(({ runs }) => runs)).toEqual([[1], [1, 2, 3], []]);
    expect(set.runs.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it("of one set is that set, under its own name", () => {
    const set = setOf("run:1", [[a, 1]]);
    expect(unite("all", [set])).toBe(set);
  });

  it("of none is empty", () => {
    expect(unite("none", [])).toEqual({ label: "none", members: new Map(), runs: [] });
  });

  it("remembers that Julia printed a name with # in any of them", () => {
    const plain = setOf("x", [[a, 1]]);
    const [digest, member] = [...plain.members][0] ?? [];
    if (digest === undefined || member === undefined) throw new Error("no member");
    const hashed: StatementSet = { ...plain, members: new Map([[digest, { ...member, printedWithHash: true }]]) };
    for (const parts of [
      [plain, hashed],
      [hashed, plain],
    ]) {
      expect(unite("all", parts).members.get(digest)?.printedWithHash).toBe(true);
    }
  });
});

it("the members of a set are told in the order of their text, by code unit", () => {
  const names = ["b", "B", "a", "Z", "é", "z", "_"];
  const set = setOf(
    "x",
    names.map((name): Seen => [call(`M.${name}`, "Int64"), 1]),
  );
  expect(texts(sortedMembers(set))).toEqual(
    ["B", "Z", "_", "a", "b", "z", "é"].map((name) => call(`M.${name}`, "Int64")),
  );
});

describe("the difference of two sets", () => {
  it("is what only one of them has, in order, and how much both have", () => {
    const diff = diffSets(
      setOf("a", [
        [c, 1],
        [a, 1],
        [b, 1],
      ]),
      setOf("b", [
        [b, 2],
        [call("D.f", "Int64"), 2],
      ]),
    );
    expect({ ...diff, onlyA: texts(diff.onlyA), onlyB: texts(diff.onlyB) }).toEqual({
      onlyA: [a, c],
      onlyB: [call("D.f", "Int64")],
      both: 1,
    });
  });

  it("is nothing where only spelling, spacing and the names of type variables differ", () => {
    const spellings = [
      ["precompile(Tuple{typeof(f), Array{T, 1} where T})", "precompile(Tuple{typeof(f),Array{S,1} where S})"],
      [a, a.replace("precompile", "Base.precompile").replaceAll(", ", ",")],
    ] as const;
    const set = (side: 0 | 1): StatementSet =>
      setOf(
        "x",
        spellings.map((pair): Seen => [pair[side]]),
      );
    expect(diffSets(set(0), set(1))).toEqual({ onlyA: [], onlyB: [], both: 2 });
  });

  it("adds up", () => {
    const lines = fc.uniqueArray(fc.constantFrom(..."abcdefgh").map((name) => call(`M.${name}`, "Int64")));
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const diff = diffSets(
          setOf(
            "a",
            left.map((line): Seen => [line]),
          ),
          setOf(
            "b",
            right.map((line): Seen => [line]),
          ),
        );
        expect(diff.onlyA.length + diff.both).toBe(left.length);
        expect(diff.onlyB.length + diff.both).toBe(right.length);
        expect(texts(diff.onlyA)).toEqual(left.filter((line) => !right.includes(line)).sort());
      }),
    );
  });
});

it("a run that several sets have is told once", () => {
  const run = traceRun(1);
  expect(unite("all", [setOf("x", [[a, 1]], [run]), setOf("y", [[b, 1]], [run])]).runs).toEqual([run]);
});
