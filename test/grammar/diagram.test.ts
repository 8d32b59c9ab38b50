import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { diagramPage } from "../../grammar/diagram.ts";
import { StatementParser } from "../../grammar/parser.ts";
import { readStatement } from "../../grammar/read-statement.ts";
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

it.each(
  [...readme.matchAll(/`((?:Base\.)?precompile\([^`]*\))`/g)]
    .map(([, text = ""]) => text)
    .filter((text) => !text.includes("…")),
)("reads the example %s", (text) => {
  const { trouble } = readStatement(text);
  expect(text.includes("(f, (A, B))") ? undefined : trouble).toBeUndefined();
});
