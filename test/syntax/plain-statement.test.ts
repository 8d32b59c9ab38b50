import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalize } from "../../src/statement/canonical.ts";
import { ownerOf } from "../../src/statement/owner.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { plainStatement } from "../../src/syntax/plain-statement.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { repository } from "../rig.ts";
import { corpusLines } from "./corpora-lines.ts";

const own = globSync(join(repository, "corpora", "{traces,statements}", "**", "*.jl")).flatMap((file) =>
  readFileSync(file, "utf8").split("\n"),
);
const shared = Array.from(corpusLines("julia-1.5.3/stdlib-tests/*.jl"), ({ text }) => text);
const lines = [...new Set([...own, ...shared])].filter((line) => line.length < 5_000 && line.includes("precompile("));

it("reads what it reads as the parser does, to the span, and that is nearly all", () => {
  expect(lines.length).toBeGreaterThan(500);
  let parsed = 0;
  let plain = 0;
  for (const line of lines) {
    const { tree } = parseStatement(line);
    const same = plainStatement(line);
    if (tree !== undefined) parsed += 1;
    if (same === undefined) continue;
    plain += 1;
    expect(same).toEqual(tree);
  }
  expect(plain / parsed).toBeGreaterThan(0.7);
});

it("a canonical text is its own canonical text, with nothing to repair", () => {
  for (const line of lines) {
    const { tree } = parseStatement(line);
    if (tree === undefined) continue;
    const { canonical, owner } = statementOf(tree);
    const again = plainStatement(canonical) ?? parseStatement(canonical).tree;
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
    "where ",
    "<:",
    ">:",
    ":",
    "1",
    "-",
    "é",
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
        if (tree !== undefined) expect(tree).toEqual(parseStatement(text).tree);
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
  `precompile(Tuple{${"A{".repeat(100)}B${"}".repeat(100)}})`,
])("leaves %j to the parser", (text) => {
  expect(plainStatement(text)).toBe(undefined);
});
