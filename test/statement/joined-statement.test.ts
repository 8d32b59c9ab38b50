import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinedLine } from "../../src/statement/joined-line.ts";
import { joinedStatement } from "../../src/statement/joined-statement.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { parseDirective } from "../../src/syntax/parse-statement.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { corporaPresent, corpusLines } from "../syntax/corpora-lines.ts";
import { randomStatement } from "../syntax/random-tree.ts";

/** What the tree says. */
function plainly(text: string) {
  const { tree, end } = parseDirective(text);
  if (tree === undefined) return undefined;
  const { digest, canonical } = statementOf(tree);
  return { digest, canonical, end };
}

/** What the bytes say where the text is a whole line. */
function byBytes(text: string) {
  const size = Buffer.byteLength(text);
  // Behind a line there is its line feed.
  const stated = joinedLine({ chunk: Buffer.from(`${text}\n`), start: 0, end: size });
  if (stated === undefined) return undefined;
  const { digest, canonical, isCanonical } = stated;
  const { chunk, start, end } = canonical;
  return {
    digest: Buffer.from(digest.buffer, digest.byteOffset, 16).toString("hex"),
    canonical: chunk.toString("utf8", start, end),
    isCanonical,
  };
}

/** Undefined is always right: the statement is then read by its tree. */
const differs = (text: string): boolean => differsAsText(text) || differsAsLine(text);

const differsAsLine = (text: string): boolean => {
  const joined = byBytes(text);
  if (joined === undefined) return false;
  const plain = plainly(text);
  return (
    joined.digest !== plain?.digest ||
    joined.canonical !== plain.canonical ||
    joined.isCanonical !== (plain.canonical === text) ||
    plain.end !== text.length
  );
};

const differsAsText = (text: string): boolean => {
  const joined = joinedStatement(text);
  if (joined === undefined) return false;
  const plain = plainly(text);
  return joined.digest !== plain?.digest || joined.canonical !== plain.canonical || joined.end !== plain.end;
};

const samples = [
  "precompile(Tuple{typeof(Base.sin), Float64})",
  "precompile(Tuple{typeof(Base.sin),Float64}) # recompile",
  "precompile(Tuple{typeof(f), Core.Array{Core.Int64, 1}, Vector{Cvoid}, Array, Type{Vector}})",
  "precompile(Tuple{typeof(f), Tuple{Int64, Int64, Array{T, 1} where T}, Union{String, Nothing}})",
  'precompile(Tuple{getfield(Main, Symbol("#1#2")){Int64, Symbol("a, b")}, Main.var"#3#4"{Base.Val{:x}}})',
  'precompile(Tuple{Dates.DateFormat{Symbol("yyyy-mm-dd\\THH"), Tuple{Dates.Delim{Char(0x2d000000), 1}}}})',
];
const sorters = [
  'precompile(Tuple{Base.var"#sort##kw", Any, typeof(Base.sort)})',
  'precompile(Tuple{getfield(Base, Symbol("#kw##sort!")), Any, typeof(Base.sort!), Array{Int64, 1}})',
  'precompile(Tuple{Base.var"#sort##kw", Any, typeof(Base.sort!)})',
  'precompile(Tuple{Core.var"#Type##kw", Any, Type{Base.Regex}})',
  "precompile(Tuple{Core.kwftype(typeof(DataFrames.Type)), Any, Type{DataFrames.DataFrame}})",
  "precompile(Tuple{Core.kwftype(typeof(DataFrames.Type)), Any, Type{T} where T<:DataFrames.DataFrame})",
  "precompile(Tuple{Core.kwftype(typeof(DataFrames.Type)), Any, typeof(DataFrames.Type)})",
  'precompile(Tuple{Base.var"#sort##kw", Any})',
];
const unjoined = [
  ["a variable around it", "precompile(Tuple{typeof(f), T} where T)"],
  ["a name that variables get", "precompile(Tuple{T1, Array{T, 1} where T})"],
  ["such a name in front of braces", "precompile(Tuple{T1{Int64}, Array{T, 1} where T})"],
  ["a bound of the whole", "precompile(Tuple{typeof(f), <:Integer})"],
  ["a counted run", "precompile(Tuple{typeof(f), Int64, Vararg{Int64, 3}})"],
  ["a counted run inside", "precompile(Tuple{typeof(f), NTuple{3, Int64}})"],
  ["a run to count", `precompile(Tuple{typeof(f), ${Array(300).fill("Int64").join(", ")}})`],
  ["an open tuple", "precompile(Tuple{Vararg{Any}})"],
  ["what may be a keyword sorter", 'precompile(Tuple{Base.var"#+##kw", Any, typeof(Base.:(+))})'],
  ["no argument", "precompile(Tuple{})"],
  ["a missing argument", "precompile(Tuple{typeof(f), , Int64})"],
  ["brackets that do not match", "precompile(Tuple{typeof(f), A{B), C(D}})"],
  ["an end that is missing", "precompile(Tuple{typeof(f), Int64"],
  ["quotes that do not close", 'precompile(Tuple{typeof(f), Symbol("a, Int64})'],
  ["quotes that end the text", 'precompile(Tuple{Symbol("'],
  ["too deep a tree", `precompile(Tuple{${"A{".repeat(140)}B${"}".repeat(140)}})`],
] as const;

describe("joinedStatement", () => {
  it.each([...samples, ...sorters])("joins %s", (text) => {
    expect(joinedStatement(text)).toEqual(plainly(text));
    expect(joinedStatement(text)).toEqual(plainly(text));
    expect(differsAsLine(text)).toBe(false);
  });

  it.each(unjoined)("reads %s as a whole", (_, text) => {
    if (!text.includes("NTuple")) expect(joinedStatement(text)).toBeUndefined();
    expect(differs(text)).toBe(false);
  });

  it("says what the tree says, of any tree and of what is left of it", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        randomStatement,
        fc.nat(),
        fc.constantFrom("", ",", "{", "}", "(", ")", '"', " ", "T1", "<:"),
        (tree, at, more) => {
          const text = printStatement(tree);
          const place = at % text.length;
          expect(differs(text)).toBe(false);
          expect(differs(text.slice(0, place) + more + text.slice(place + 1))).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.skipIf(!corporaPresent)(
    "says what the tree says, of every real line, whole and damaged",
    { timeout: 120_000 },
    () => {
      const lines = [...new Set([...corpusLines("**/*.jl")].map(({ text }) => text))];
      expect(lines.filter(differs)).toEqual([]);
      const damaged = lines
        .filter((_, index) => index % 4 === 0)
        .map((text, index) => {
          const place = (index * 7_919) % text.length;
          return (
            text.slice(0, place) +
            (index % 3 === 0 ? "" : text.charAt((index * 31) % text.length)) +
            text.slice(place + 1)
          );
        });
      expect(damaged.filter(differs)).toEqual([]);
      const plain = lines.filter((text) => /^precompile\(Tuple\{.*\}\)$/.test(text));
      expect(plain.filter((text) => joinedStatement(text) === undefined).length).toBeLessThan(plain.length / 20);
      expect(plain.filter((text) => byBytes(text) === undefined).length).toBeLessThan(plain.length / 20);
    },
  );
});
