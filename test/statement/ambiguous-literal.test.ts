import { describe, expect, it } from "vitest";
import { ambiguities, ambiguousLiterals } from "../../src/statement/ambiguous-literal.ts";
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
