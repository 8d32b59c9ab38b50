import fc from "fast-check";
import { expect, it } from "vitest";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { randomStatement, withoutSpans } from "./random-tree.ts";

it("prints any tree as a text that parses to the same tree", () => {
  fc.assert(
    fc.property(randomStatement, (tree) => {
      const { tree: again, diagnostics } = parseStatement(printStatement(tree));
      expect(diagnostics).toEqual([]);
      expect(withoutSpans(again)).toEqual(withoutSpans(tree));
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ["  Base.precompile(Tuple{Int64,Any})   # time: 0.03", "precompile(Tuple{Int64, Any})"],
  ["precompile(Tuple{A{T} where {T<:B, S}})", "precompile(Tuple{A{T} where {S} where {T<:B}})"],
  ["precompile(Tuple{T}) # recompile", "precompile(Tuple{T})"],
  ["precompile(\n  Tuple{\n    A,B,\n  },\n)", "precompile(Tuple{A, B})"],
  ["precompile(Tuple{A},, )", undefined],
  ["precompile(Tuple{,A})", undefined],
  ["precompile(Tuple{A,,B})", undefined],
  ["precompile(Tuple{typeof(<:), typeof(===), typeof(:)})", "precompile(Tuple{typeof(<:), typeof(===), typeof(:)})"],
])("%s", (text, expected) => {
  const { tree } = parseStatement(text);
  expect(tree && printStatement(tree)).toBe(expected);
});
