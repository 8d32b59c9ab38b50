import { describe, expect, it } from "vitest";
import { ambiguities, ambiguousLiterals } from "../../src/statement/ambiguous-literal.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { statementFrom } from "./statement-of.ts";

const candidatesIn = (type: string) =>
  ambiguousLiterals(statementFrom(`precompile(Tuple{${type}})`).tree).map(({ candidates }) => candidates);

describe("a value that Julia prints as it prints others", () => {
  it.each(ambiguities)("$name: $example.literal", ({ example }) => {
    expect(candidatesIn(`Base.Val{${example.literal}}`)).toEqual([example.candidates]);
  });

  it.each([
    ["-3", ["-3.0", "Int32(-3)", "Int16(-3)", "Int8(-3)"]],
    ["-129", ["-129.0", "Int32(-129)", "Int16(-129)"]],
    ["1000000", ["Int32(1000000)"]],
    ["1.23457e+10", ["1.23457e+10…"]],
  ])("%s", (literal, candidates) => expect(candidatesIn(`Base.Val{${literal}}`)).toEqual([candidates]));

  it("names what it is a parameter of", () => {
    expect(ambiguousLiterals(statementFrom("precompile(Tuple{Base.Val{(1, :a)}})").tree)).toMatchObject([
      { text: "1", within: "Base.Val" },
    ]);
  });
});

describe("a symbol with a backslash in front of what can be escaped", () => {
  const canonical = 'precompile(Tuple{Base.Val{Symbol("a\\\\b")}})';
  const ambiguous = (spelling: string) => {
    const { tree } = parseStatement(spelling);
    return tree === undefined ? undefined : ambiguousLiterals(statementFrom(canonical).tree, [tree]);
  };

  it("may have been printed without escapes", () => {
    expect(ambiguous(canonical)).toMatchObject([
      { text: 'Symbol("a\\\\b")', within: "Base.Val", candidates: ['Symbol("a\\\\\\\\b")'] },
    ]);
    expect(candidatesIn('Base.Val{Symbol("a\\nb")}')).toEqual([['Symbol("a\\\\nb")']]);
  });

  it.each([
    ["by a Julia that quotes it otherwise", 'precompile(Tuple{Base.Val{:var"a\\b"}})'],
    ["with another escape beside it, which is none", 'precompile(Tuple{Base.Val{Symbol("a\\b")}})'],
  ])("is in no doubt where it was printed %s", (_, spelling) => {
    expect(ambiguous(spelling)).toEqual([]);
  });
});

it.each([
  "Array{Float64, 1}",
  "NTuple{1000, UInt8}",
  "Base.Val{1.5}",
  "Base.Val{1e+100}",
  "Base.Val{0.10000000000000001}",
  "Base.Val{true}",
  "Base.Val{0x01}",
  "Base.Val{Int32(3)}",
  "Base.Val{Dates.Hour(value=1)}",
  "Base.Val{Char(0x61000000)}",
  "Base.Val{10000000000}",
])("there is no doubt in %s", (type) => expect(candidatesIn(type)).toEqual([]));
