import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { statementOf } from "../../src/statement/statement.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { countParts, splitSignature } from "../../src/syntax/split-arguments.ts";
import { repository } from "../rig.ts";
import { corpusLines } from "./corpora-lines.ts";

const cutUp = (text: string): number => splitSignature(text)?.parts.length ?? 0;

describe("the parts of a statement", () => {
  it.each([
    ["precompile(Tuple{typeof(Base.sum), Array{Int64, 1}})", 2],
    ["precompile(Tuple{typeof(Base.sum)})", 1],
    ["precompile(Tuple{Type{NamedTuple{(:a, :b), T} where T<:Tuple}, Tuple{Int64, Int64}})", 2],
    ["precompile(Tuple{typeof(f), Array{T, 1}, T} where {S, T})", 3],
    ['precompile(Tuple{M.var"#f, g}", Int64})', 2],
    ["precompile(f, (Int64,))", 0],
  ])("of %s are %i, cut up or counted", (text, parts) => {
    expect([cutUp(text), countParts(text)]).toEqual([parts, parts]);
  });

  it("are as many counted as cut up, in every trace at hand", () => {
    const own = globSync(join(repository, "corpora/traces/**/*.jl")).flatMap((file) =>
      readFileSync(file, "utf8").split("\n"),
    );
    const shared = Array.from(corpusLines("julia-1.5.3/stdlib-tests/*.jl"), ({ text }) => text);
    const texts = new Set(
      [...own, ...shared].flatMap((text) => {
        const { tree } = parseStatement(text);
        return tree === undefined ? [] : [statementOf(tree).canonical];
      }),
    );
    const wrong = [...texts].filter((text) => cutUp(text) !== countParts(text));
    expect(texts.size).toBeGreaterThan(500);
    expect(wrong).toEqual([]);
  });
});
