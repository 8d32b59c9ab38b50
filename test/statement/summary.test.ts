import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { calledIn, methodText } from "../../src/statement/called.ts";
import { obstaclesOf } from "../../src/statement/portability.ts";
import { relativeKey, relativeKeyOfText, relatives } from "../../src/statement/relatives.ts";
import { type Statement, statementOf } from "../../src/statement/statement.ts";
import { obstaclesInText, summaryOf } from "../../src/statement/summary.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { printTypeExpr } from "../../src/syntax/print.ts";
import { repository } from "../rig.ts";

/** Every statement that is at hand, in the order of the files, and the relatives' examples. */
const lines = [
  ...relatives.flatMap(({ example }) => [`precompile(${example.older})`, `precompile(${example.newer})`]),
  ...globSync(["corpora/{traces,statements}/**/*.jl", "../shared/corpora/**/*.jl"], { cwd: repository })
    .slice(0, 400)
    .flatMap((file) => readFileSync(join(repository, file), "utf8").split("\n")),
];
const statements = [...new Map(lines.flatMap(statementsIn).map((each) => [each.digest, each])).values()].slice(
  0,
  30_000,
);

function statementsIn(line: string): readonly Statement[] {
  const { tree } = line.startsWith("precompile(") ? parseStatement(line) : {};
  return tree === undefined ? [] : [statementOf(tree)];
}

it("finds statements", () => {
  expect(statements.length).toBeGreaterThan(200);
});

it("what is cut out of a text is what its tree says", () => {
  for (const { canonical, tree, owner } of statements) {
    const called = calledIn(tree);
    const types = called.types.map(printTypeExpr);
    expect(summaryOf(canonical)).toEqual({ owner, kind: called.kind, method: methodText(called), types });
  }
});

it("obstacles are found by the text that its tree has", () => {
  const kinds = ({ kind, ...rest }: ReturnType<typeof obstaclesOf>[number]) => [
    kind,
    "name" in rest ? rest.name : rest.text,
  ];
  const loaded = { loadedPackages: new Set(["Base", "Core", "Dates", "Test"]) };
  for (const statement of statements)
    for (const context of [{}, loaded])
      expect(obstaclesInText(statement.canonical, context).map(kinds)).toEqual(
        obstaclesOf(statement, context).map(kinds),
      );
});

it("the key of relatives is the same of a text as of its tree", () => {
  for (const statement of statements) expect(relativeKeyOfText(statement.canonical)).toBe(relativeKey(statement));
});
