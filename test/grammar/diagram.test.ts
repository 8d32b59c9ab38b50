import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { diagramPage } from "../../grammar/diagram.ts";
import { tokenize } from "../../grammar/lexer.ts";
import { StatementParser } from "../../grammar/parser.ts";
import { readTraceLine } from "../../src/trace/trace-line.ts";
import { repository } from "../rig.ts";

const readme = readFileSync(join(repository, "grammar", "README.md"), "utf8");
const [, grammar = ""] = /```ebnf\n(.*?)```/s.exec(readme) ?? [];
const rules = Object.keys(new StatementParser().getGAstProductions())
  .map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
  .sort();

it("draws every rule, and needs no network", () => {
  const page = diagramPage();
  for (const rule of Object.keys(new StatementParser().getGAstProductions()))
    expect(page).toContain(`"name": "${rule}"`);
  expect(page).toContain("drawDiagramsFromSerializedGrammar");
  expect(page).not.toMatch(/(?:src|href)=['"]?(?:https?:|resource:)/);
});

it("has the rules that the README lists, each with an example", () => {
  const written = [...grammar.matchAll(/^([a-z-]+) +=/gm)].map(([, name]) => name);
  expect(written.sort()).toEqual(rules);
  const [table = ""] = /\| rule +\| example.*?\n\n/s.exec(readme) ?? [];
  const examples = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name);
  expect(examples.sort()).toEqual(rules);
});

/** The examples of a table by rule: what stands first in a row, and after it with a comma between. */
function examplesOf(section: string): (readonly [rule: string, example: string])[] {
  let rule = "";
  return [...section.matchAll(/^\| +(?:`([a-z-]+)`)? +\| (`[^`]*`(?:, `[^`]*`)*)/gm)].flatMap(
    ([, named, examples = ""]) => {
      rule = named ?? rule;
      return [...examples.matchAll(/`([^`]*)`/g)].map(([, example = ""]) => [rule, example] as const);
    },
  );
}

const [ofStatements = "", ofLines = ""] = readme.split("## Lines");

it.each(examplesOf(ofStatements))("reads %s in %s by that rule", (rule, example) => {
  const parser = new StatementParser();
  parser.input = tokenize(example).tokens;
  const read = parser[rule.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as "type"];
  expect(read.call(parser)).toBeDefined();
  expect(parser.errors).toEqual([]);
  expect(parser.objections).toEqual([]);
});

it.each(examplesOf(ofLines))("reads the line of %s, %s", (_, example) => {
  const { statements, damage } = readTraceLine(example.replaceAll("ESC", "\u001b").replace("⇥", "\t"));
  expect(damage).toEqual([]);
  expect(statements).toHaveLength(1);
});

it("finds an example for each rule of a line too", () => {
  const written = [...ofLines.matchAll(/^([a-z]+) +=/gm)].map(([, name = ""]) => name);
  const shown = new Set(examplesOf(ofLines).map(([rule]) => rule));
  // What closes a lead stands in the same line.
  expect(written.filter((rule) => !shown.has(rule))).toEqual([]);
});
