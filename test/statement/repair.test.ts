import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printForJulia } from "../../src/statement/julia-text.ts";
import { repairs } from "../../src/statement/repair.ts";
import { repairRules, replayRepairs, replayRepairsOf } from "../../src/statement/replay-repair.ts";
import { statementOf, writtenText } from "../../src/statement/statement.ts";
import { withoutRepairs } from "../../src/statement/unrepaired.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { corporaPresent, corpusLines } from "../syntax/corpora-lines.ts";
import { randomStatement } from "../syntax/random-tree.ts";
import { statementFrom } from "./statement-of.ts";

const inVal = (value: string) => `precompile(Tuple{Base.Val{${value}}})`;
const every = new Set(repairRules.map(({ name }) => name));

function parsed(text: string) {
  const { tree } = parseStatement(text);
  if (tree === undefined) throw new Error(`does not parse: ${text}`);
  return tree;
}

it("no two rules share a name, and each says when, where and how it is known", () => {
  expect(every.size).toBe(repairRules.length);
  for (const rule of [...repairs, ...replayRepairs])
    for (const words of [rule.precondition, rule.printedBy, rule.source]) expect(words.length).toBeGreaterThan(5);
});

describe("a repair of the canonical text", () => {
  it.each(repairs)("$name can be turned off, and the statement is the same", ({ name, example }) => {
    const off = withoutRepairs(parsed(inVal(example.before)), new Set([name]));
    const on = statementFrom(inVal(example.after));
    expect(writtenText(off)).toBe(inVal(example.before));
    expect(off.digest).toBe(on.digest);
    expect(off.canonical).toBe(on.canonical);
    expect(statementFrom(writtenText(off)).digest).toBe(on.digest);
    expect(writtenText(withoutRepairs(parsed(inVal(example.before)), new Set()))).toBe(inVal(example.after));
  });

  it("stays where the unrepaired text is no line", () => {
    const statement = withoutRepairs(parsed(inVal('Symbol("a$\nb")')), every);
    expect(writtenText(statement)).toBe(inVal('Symbol("a\\$\\nb")'));
  });
});

describe("a repair of what a Julia is handed", () => {
  it.each(replayRepairs)("$name", ({ name, example }) => {
    const statement = statementFrom(inVal(example.before));
    expect(statement.canonical).toBe(inVal(example.before));
    expect(statement.repairs).toEqual([]);
    expect(replayRepairsOf(statement.tree.signature)).toEqual([name]);
    expect(printForJulia(statement)).toEqual({ ok: true, value: `Tuple{Base.Val{${example.after}}}` });
    expect(printForJulia(statement, new Set([name])).ok).toBe(false);
  });

  it.each([
    ["Char(0x61000000)", "a repair that it needs is turned off"],
    ["Float16(0x3e00)", "Tuple{Base.Val{Float16(0x3e00)}}"],
    ["-inf", "Tuple{Base.Val{-inf}}"],
    ["Zoo.S2(a=1, b=2)", "a repair that it needs is turned off"],
  ])("without any, %s is what was printed", (value, expected) => {
    const printed = printForJulia(withoutRepairs(parsed(inVal(value)), every), every);
    expect(printed.ok ? printed.value : printed.error).toBe(expected);
  });
});

describe("a list without repairs is the same set", () => {
  it("whatever the tree", () => {
    fc.assert(
      fc.property(randomStatement, fc.subarray([...every]), (tree, off) => {
        const statement = withoutRepairs(parsed(printStatement(tree)), new Set(off));
        expect(statementFrom(writtenText(statement)).digest).toBe(statement.digest);
        expect(statement.digest).toBe(statementOf(parsed(printStatement(tree))).digest);
      }),
    );
  });

  it.skipIf(!corporaPresent)("over real traces", () => {
    const wrong: string[] = [];
    for (const { text } of corpusLines("julia-1.5.3/**/*.jl")) {
      const { tree } = parseStatement(text);
      if (tree === undefined) continue;
      const statement = withoutRepairs(tree, every);
      if (statement.unrepaired !== undefined && statementFrom(writtenText(statement)).digest !== statement.digest)
        wrong.push(text);
    }
    expect(wrong).toEqual([]);
  });
});
