import { describe, expect, it } from "vitest";
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

it("a run that several sets have is told once", () => {
  const run = traceRun(1);
  expect(unite("all", [setOf("x", [[a, 1]], [run]), setOf("y", [[b, 1]], [run])]).runs).toEqual([run]);
});
