import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { obstacleName, obstaclesOf } from "../../src/statement/portability.ts";
import { summaryOf } from "../../src/statement/summary.ts";
import { obstaclesAmong, readTraits, traitsOf, traitsVersion } from "../../src/statement/traits.ts";
import { digestText } from "../../src/support/hashing.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { repository } from "../rig.ts";
import { statementFrom } from "../samples.ts";

/** Where this fails, traits changed: raise `traitsVersion`, lest stores keep the old ones, and write both here. */
const known = { traitsVersion: 2, traits: "ff1fb0dcc6659cfce4be99cd78cd891d" };

const linesOf = (...patterns: readonly string[]): string[] =>
  globSync(patterns, { cwd: repository })
    .sort()
    .slice(0, 300)
    .flatMap((file) => readFileSync(join(repository, file), "utf8").split("\n"))
    .filter((line) => line.startsWith("precompile(") && parseStatement(line).tree !== undefined);
const own = linesOf("corpora/{traces,statements}/**/*.jl");
const statements = [...own, ...linesOf("../shared/corpora/**/*.jl").slice(0, 40_000)].map(statementFrom);

describe("the traits of a statement", () => {
  it("are what its tree says", () => {
    expect(statements.length).toBeGreaterThan(200);
    const loaded = { loadedPackages: new Set(["Base", "Core", "Dates", "Test"]) };
    for (const statement of statements) {
      const traits = readTraits(traitsOf(statement.canonical));
      const { owner, kind, method } = summaryOf(statement.canonical);
      expect(traits).toMatchObject({ owner, kind, method });
      for (const context of [{}, loaded]) {
        const names = new Set(obstaclesOf(statement, context).map(obstacleName));
        expect(new Set(obstaclesAmong(traits, context)), statement.canonical).toEqual(names);
      }
    }
  });

  it("are remembered under a version that is raised with them", () => {
    const traits = digestText(own.map((line) => traitsOf(statementFrom(line).canonical)).join("\n")).slice(0, 32);
    expect({ traitsVersion, traits }).toEqual(known);
  });
});
