import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readStatement } from "../../grammar/read-statement.ts";
import { canonicalize } from "../../src/statement/canonical.ts";
import { ownerOf } from "../../src/statement/owner.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { plainStatement } from "../../src/syntax/plain-statement.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { repository } from "../rig.ts";
import { corpusLines } from "./corpora-lines.ts";

// `readStatement` is the grammar's own reader, `parseStatement` what asks the plain one first.
const own = globSync(join(repository, "corpora", "{traces,statements}", "**", "*.jl")).flatMap((file) =>
  readFileSync(file, "utf8").split("\n"),
);
const statementsIn = (lines: readonly string[]) => [
  ...new Set(lines.filter((line) => line.length < 5_000 && line.includes("precompile("))),
];
const shared = (pattern: string) => Array.from(corpusLines(pattern), ({ text }) => text.trim());
const lines = statementsIn([...own, ...shared("julia-1.5.3/stdlib-tests/*.jl")]);

it("reads what it reads as the parser does, to the span, and that is nearly all", () => {
  expect(lines.length).toBeGreaterThan(500);
  let parsed = 0;
  let plain = 0;
  for (const line of statementsIn([...own, ...shared("**/*.jl")])) {
    const { tree } = readStatement(line);
    const same = plainStatement(line);
    if (tree !== undefined) parsed += 1;
    if (same === undefined) continue;
    plain += 1;
    if (!isDeepStrictEqual(same, tree)) expect(same).toEqual(tree);
  }
  expect(plain / parsed).toBeGreaterThan(0.8);
});

it("a canonical text is its own canonical text, with nothing to repair", () => {
  for (const line of lines) {
    const { tree } = parseStatement(line);
    if (tree === undefined) continue;
    const { canonical, owner } = statementOf(tree);
    const again = parseStatement(canonical).tree;
    if (again === undefined) throw new Error(canonical);
    const { tree: canonicalTree, repairs } = canonicalize(again);
    expect([printStatement(again), printStatement(canonicalTree), repairs]).toEqual([canonical, canonical, []]);
    expect(ownerOf(again.signature)).toBe(owner);
  }
});

it("what was cut, doubled or put into a line is no other statement to it than to the parser", () => {
  const pieces = fc.constantFrom(
    "",
    ",",
    " ",
    "(",
    ")",
    "{",
    "}",
    ".",
    "#",
    '"',
    " where T",
    "where ",
    "()",
    "(0x01)",
    'Symbol("a b")',
    'getfield(M, Symbol("#1"))',
    '.var"#1"',
    ".:(+)",
    "$",
    "\\",
    "<:",
    ">:",
    ":",
    "1",
    "-",
    "é",
    ":α",
    ':var"a b"',
    "∈",
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...lines.filter((line) => line.length < 300)),
      fc.nat(),
      fc.nat(3),
      pieces,
      (line, at, cut, piece) => {
        const start = at % line.length;
        const text = line.slice(0, start) + piece + line.slice(start + cut);
        const tree = plainStatement(text);
        if (tree !== undefined) expect(tree).toEqual(readStatement(text).tree);
      },
    ),
    { numRuns: 20_000 },
  );
});

it.each([
  "",
  "precompile(Int64)",
  "precompile(Tuple{Int64}",
  "precompile(Tuple{Int64}) # recompile",
  "precompile(Tuple{typeof(f(1))})",
  "precompile(Tuple{where})",
  "precompile(Tuple{Int64}())",
  "precompile(Tuple{which(1)})",
  'precompile(Tuple{Val{Symbol("a$b")}})',
  'precompile(Tuple{M.var"a\\b"})',
  `precompile(Tuple{${"A{".repeat(100)}B${"}".repeat(100)}})`,
  `precompile(Tuple{A${" where T".repeat(100)}})`,
])("leaves %j to the parser", (text) => {
  expect(plainStatement(text)).toBe(undefined);
});
