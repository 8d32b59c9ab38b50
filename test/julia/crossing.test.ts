import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { prune } from "../../src/analysis/prune.ts";
import type { SetMember } from "../../src/analysis/statement-set.ts";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { printForJulia } from "../../src/statement/julia-text.ts";
import { relativeKey } from "../../src/statement/relatives.ts";
import { type Statement, type StatementDigest, statementOf } from "../../src/statement/statement.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { corpora } from "../corpora.ts";
import { Rig } from "../rig.ts";
import { compareTypes, type TypePair } from "./compare-types.ts";
import { realToolchain } from "./toolchain.ts";

let toolchain: Toolchain;
beforeAll(async () => {
  toolchain = await realToolchain();
});

function statementsOf(file: string): readonly Statement[] {
  const statements = new Map<StatementDigest, Statement>();
  for (const line of readFileSync(join(corpora ?? "", file), "utf8").split("\n")) {
    const { tree } = parseStatement(line.replace(/^#= *[\d.]+ ms =# /, ""));
    const statement = tree && statementOf(tree);
    if (statement !== undefined) statements.set(statement.digest, statement);
  }
  return [...statements.values()];
}

function listOf(statements: readonly Statement[], minor: number | undefined): readonly Statement[] {
  const members = statements.map(({ digest, canonical }): [StatementDigest, SetMember] => [
    digest,
    { digest, canonical, runs: [], printedWithHash: false },
  ]);
  const release = minor === undefined ? undefined : { major: 1, minor };
  const set = { label: "x", members: new Map(members), runs: [] };
  return prune(set, { portable: "names", release }, () => undefined).kept;
}

async function resolved(statements: readonly Statement[]): Promise<number> {
  const pairs = statements.map((statement): TypePair => {
    const text = printForJulia(statement);
    return [text.ok ? text.value : "nothing", text.ok ? text.value : "nothing"];
  });
  return (await compareTypes(toolchain, pairs, new Rig())).filter(({ result }) => result === "same").length;
}

// Deterministic: what was measured with Julia 1.5.3 is the floor.
describe.skipIf(corpora === undefined)(
  "what a newer Julia traced while it tested Dates, in a list for Julia 1.5",
  () => {
    it.each([
      { from: "1.10.8", kept: 2584, asTraced: 2401, crossed: 2423, sameDigest: 2099, sameKey: 2119 },
      { from: "1.12.5", kept: 2596, asTraced: 2379, crossed: 2423, sameDigest: 1822, sameKey: 1854 },
    ])("Julia $from: $crossed of $kept statements resolve, $asTraced as they were traced", async (row) => {
      const traced = statementsOf(`julia-${row.from}/stdlib-tests/std_Dates.jl`);
      const list = listOf(traced, 5);
      expect(list.length).toBe(row.kept);
      expect(await resolved(listOf(traced, undefined))).toBe(row.asTraced);
      expect(await resolved(list)).toBeGreaterThanOrEqual(row.crossed);

      // Comparing across versions, the relatives pair what the digests cannot.
      const older = statementsOf("julia-1.5.3/stdlib-tests/std_Dates.jl");
      const [digests, keys] = [new Set(older.map(({ digest }) => digest)), new Set(older.map(relativeKey))];
      expect(traced.filter(({ digest }) => digests.has(digest)).length).toBe(row.sameDigest);
      expect(traced.filter((statement) => keys.has(relativeKey(statement))).length).toBe(row.sameKey);
    });
  },
);
