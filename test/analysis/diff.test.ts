import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffSets, groupDiff, type SetDiff } from "../../src/analysis/diff.ts";
import { groupsBy } from "../../src/analysis/grouping.ts";
import type { StatementSet } from "../../src/analysis/statement-set.ts";
import { relatives } from "../../src/statement/relatives.ts";
import { repository } from "../rig.ts";
import { call, type Seen, setOf, statementFrom } from "../samples.ts";
import { pairedByReading } from "./paired-by-reading.ts";

const texts = (members: Iterable<{ canonical: string }>): string[] => [...members].map(({ canonical }) => canonical);
const set = (...lines: readonly string[]): StatementSet =>
  setOf(
    "x",
    lines.map((line): Seen => [line, 1]),
  );
const diffOf = (a: readonly string[], b: readonly string[]): SetDiff => diffSets(set(...a), set(...b));
const changes = ({ changed }: SetDiff) => changed.map(({ kind, a, b }) => [kind, a.canonical, b.canonical]);

const [a, b, c] = [call("A.f", "Int64"), call("B.f", "Int64"), call("C.f", "Int64")] as const;

describe("the difference of two sets", () => {
  it("is what only one of them has, in order, and how much both have", () => {
    const diff = diffOf([c, a, b], [b, call("D.f", "Int64")]);
    expect({ ...diff, onlyA: texts(diff.onlyA), onlyB: texts(diff.onlyB) }).toEqual({
      onlyA: [a, c],
      onlyB: [call("D.f", "Int64")],
      changed: [],
      both: 1,
    });
  });

  it("is nothing where only spelling, spacing and the names of type variables differ", () => {
    const spellings = [
      ["precompile(Tuple{typeof(f), Array{T, 1} where T})", "precompile(Tuple{typeof(f),Array{S,1} where S})"],
      [a, a.replace("precompile", "Base.precompile").replaceAll(", ", ",")],
    ] as const;
    const side = (index: 0 | 1) => spellings.map((pair) => pair[index]);
    expect(diffOf(side(0), side(1))).toEqual({ onlyA: [], onlyB: [], changed: [], both: 2 });
  });

  const types = ["Int64", "Array{Int64, 1}", "Base.TTY", "Base.PipeEndpoint", 'M.var"#1#2"', 'M.var"#3#4"'];
  const line = fc.tuple(fc.constantFrom("A.f", "B.f"), fc.array(fc.constantFrom(...types), { maxLength: 3 }));
  const lines = fc.uniqueArray(line.map(([method, args]) => call(method, ...args)));

  it("adds up: every statement of either set is told once", () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const diff = diffOf(left, right);
        const canonical = (side: readonly string[]) => side.map((text) => statementFrom(text).canonical).sort();
        const shared = canonical(left).filter((text) => canonical(right).includes(text));
        expect(diff.both).toBe(shared.length);
        const inA = [...shared, ...texts(diff.onlyA), ...texts(diff.changed.map((change) => change.a))];
        const inB = [...shared, ...texts(diff.onlyB), ...texts(diff.changed.map((change) => change.b))];
        expect(inA.sort()).toEqual(canonical(left));
        expect(inB.sort()).toEqual(canonical(right));
      }),
    );
  });

  it("does not depend on the order in which statements come", () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        expect(diffOf([...left].reverse(), [...right].reverse())).toEqual(diffOf(left, right));
      }),
    );
  });

  it("of a set with itself is nothing", () => {
    fc.assert(
      fc.property(lines, (all) => {
        expect(diffOf(all, all)).toEqual({ onlyA: [], onlyB: [], changed: [], both: all.length });
      }),
    );
  });
});

describe("a change", () => {
  it.each(relatives)("is the same in the words of two Julia versions: $name", ({ example }) => {
    const [older, newer] = [`precompile(${example.older})`, `precompile(${example.newer})`] as const;
    const diff = diffOf([older], [newer]);
    expect(changes(diff)).toEqual([["julia", statementFrom(older).canonical, statementFrom(newer).canonical]]);
  });

  it("is one of numbers in compiler-made names, in the order in which the compiler counted", () => {
    const numbered = (from: number) =>
      [from, from + 1].map((number) => call("Base.map", `App.var"#${number}#${number + 1}"`, "Int64"));
    expect(changes(diffOf(numbered(9), numbered(99)))).toEqual(
      [
        ["renumbered", numbered(9)[0], numbered(99)[0]],
        ["renumbered", numbered(9)[1], numbered(99)[1]],
      ].sort(([, x = ""], [, y = ""]) => (x < y ? -1 : 1)),
    );
  });

  it("is no change of numbers that a person wrote", () => {
    const [one, two] = [call("A.log10", "Int64"), call("A.log2", "Int64")];
    expect(changes(diffOf([one], [two]))).toEqual([]);
    expect(changes(diffOf([call("A.f", 'Symbol("a1")')], [call("A.f", 'Symbol("a2")')]))[0]?.[0]).toBe("types");
  });

  it("is one of the kind of a stream", () => {
    const on = (stream: string) => call("Base.print", stream, "String");
    expect(changes(diffOf([on("Base.TTY")], [on("Base.PipeEndpoint")]))).toEqual([
      ["stream", on("Base.TTY"), on("Base.PipeEndpoint")],
    ]);
  });

  it("is one of the types of a method's arguments, where as many went as came", () => {
    const of = (element: string) =>
      [1, 2].map((dimensions) => call("A.f", `Array{${element}, ${dimensions}}`, "Int64"));
    const [[f1, f2], [g1, g2]] = [of("Float32"), of("Float64")];
    expect(changes(diffOf(of("Float32"), of("Float64")))).toEqual([
      ["types", f1, g1],
      ["types", f2, g2],
    ]);
    const more = diffOf([call("A.f", "Int64", "A.X")], [call("A.f", "Int64", "A.Y"), call("A.f", "Int64", "A.Z")]);
    expect([more.onlyA.length, more.onlyB.length, more.changed.length]).toEqual([1, 2, 0]);
  });

  it("is none where a method takes another number of arguments", () => {
    expect(changes(diffOf([call("A.f", "Int64")], [call("A.f", "Int64", "Int64")]))).toEqual([]);
  });
});

it("differences are counted by group, the most first", () => {
  const diff = diffOf(
    [call("A.f", "Int64"), call("B.f", "Base.TTY")],
    [call("B.f", "Base.IOStream"), call("B.g", "Int64"), call("C.f", "Int64")],
  );
  expect(groupDiff(diff, groupsBy("owner", []))).toEqual([
    { group: "B", onlyA: 0, onlyB: 1, changed: 1 },
    { group: "A", onlyA: 1, onlyB: 0, changed: 0 },
    { group: "C", onlyA: 0, onlyB: 1, changed: 0 },
  ]);
});

describe("counterparts are those that reading every statement finds", () => {
  const agree = (a: readonly string[], b: readonly string[]): SetDiff => {
    const [setA, setB] = [set(...a), set(...b)];
    const only = (one: StatementSet, other: StatementSet) =>
      [...one.members.values()].filter(({ digest }) => !other.members.has(digest));
    const { both, ...fast } = diffSets(setA, setB);
    expect(fast).toEqual(pairedByReading(only(setA, setB), only(setB, setA)));
    return { ...fast, both };
  };
  const traces = globSync("corpora/traces/*/*.jl", { cwd: repository }).map((file) =>
    readFileSync(join(repository, file), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("precompile(")),
  );
  const lines = [...new Set(traces.flat())];
  const inWords = relatives.map(
    ({ example: { older, newer } }) => [`precompile(${older})`, `precompile(${newer})`] as const,
  );

  it.each([
    ["traces of two programs", traces[0] ?? [], traces.slice(1).flat()],
    ["every other statement", lines.filter((_, index) => index % 2 === 0), lines.filter((_, index) => index % 2 === 1)],
    ["two Julias", inWords.map(([older]) => older), inWords.map(([, newer]) => newer)],
  ])("%s", (_, a, b) => expect(agree(a, b).changed.length).toBeGreaterThan(3));

  it("a trace, numbered anew and written to other streams", () => {
    const otherwise = lines.map((line) =>
      line
        .replace(/"#[^"]*"/g, (quoted) => quoted.replace(/\d+/g, (number) => String(Number(number) + 7)))
        .replaceAll("Base.TTY", "Base.PipeEndpoint"),
    );
    const { changed } = agree(lines, otherwise);
    expect(new Set(changed.map(({ kind }) => kind))).toContain("renumbered");
  });

  const called = ["typeof(A.f)", "typeof(B.f)", "typeof(Core.kwcall)", 'A.var"#f##kw"', 'A.var"#1#2"', 'A.var"#2#3"'];
  const more = ["Type{A.T}", "Type{A.T{Int64}}", "Core.kwftype(typeof(A.f))", "Base.Fix1{typeof(A.f), Int64}"];
  const types = [
    ...["Int64", "Array{UInt8, 1}", "Memory{UInt8}", "Base.TTY", "Base.IOStream", "typeof(A.f)", "Type{A.T}"],
    ...["Base.GenericIOBuffer{Array{UInt8, 1}}", "Base.GenericIOBuffer{Memory{UInt8}}", "A.T{Base.TTY, 1}"],
    ...["Base.Fix2{typeof(A.f), Int64}", "Base.Fix{2, typeof(A.f), Int64}", 'A.var"#1#2"{Int64}', 'A.var"#5#6"{Int64}'],
    ...[
      "NamedTuple{(:a,), Tuple{Int64}}",
      "Core.Compiler.IRCode",
      "Base.Compiler.IRCode",
      `${"A.T{".repeat(70)}Int64${"}".repeat(70)}`,
    ],
  ];
  /** Few are called with few, so that they meet. */
  const sides = fc
    .tuple(
      fc.subarray([...called, ...more], { minLength: 1, maxLength: 3 }),
      fc.subarray(types, { minLength: 1, maxLength: 5 }),
    )
    .chain(([callees, args]) => {
      const signature = fc
        .tuple(fc.constantFrom(...callees), fc.array(fc.constantFrom(...args), { maxLength: 3 }), fc.boolean())
        .map(([callee, parts, open]) => `Tuple{${[callee, ...parts].join(", ")}${open ? ", T1} where T1" : "}"}`);
      const some = fc.uniqueArray(
        signature.map((text) => `precompile(${text})`),
        { maxLength: 30 },
      );
      return fc.tuple(some, some);
    });

  it("whatever is called with whatever", () => {
    fc.assert(
      fc.property(sides, ([a, b]) => void agree(a, b)),
      { numRuns: 300 },
    );
  });
});
