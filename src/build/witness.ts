import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { projectFlag, quietFlags } from "../julia/julia-flags.ts";
import { replayFile } from "../julia/replay.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { type Statement, type StatementDigest, statementOf } from "../statement/statement.ts";
import { ok, type Result } from "../support/result.ts";
import { runTool, type ToolFailure } from "../support/run-tool.ts";
import { Scratch } from "../support/scratch.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import type { PackageName } from "./build-plan.ts";
import { packageEntries, writePlan } from "./plan-file.ts";
import { writeStatementFile } from "./statement-file.ts";

const witnessFile = fileURLToPath(new URL("witness.jl", import.meta.url));

export interface WitnessPlan {
  readonly toolchain: Toolchain;
  readonly project?: string | undefined;
  readonly packages: readonly PackageName[];
  /** What types there are at all: the types of their arguments are tried. */
  readonly statements: readonly Statement[];
  readonly wanted: ReadonlySet<StatementDigest>;
  /** Of macros, by their statement: signatures that Julia would compile apart for what they were called with. */
  readonly called: MacroCalls;
}

export type MacroCalls = ReadonlyMap<StatementDigest, readonly string[]>;

/**
 * Finds, for statements that are too abstract for native code to be kept, concrete calls that reach the same compiled
 * method: those a sysimage keeps. Gives the witnesses by the digest of what they stand for: one, or of a macro one for
 * each kind of call; some have none.
 */
export async function findWitnesses(
  { toolchain, project, packages, statements, wanted, called }: WitnessPlan,
  abort?: AbortSignal,
): Promise<Result<ReadonlyMap<StatementDigest, readonly Statement[]>, ToolFailure>> {
  const found = new Map<StatementDigest, Statement[]>();
  if (wanted.size === 0) return ok(found);
  const scratch = new Scratch("witness");
  try {
    const [statementsFile, foundFile] = [scratch.file("statements.txt"), scratch.file("found.tsv")];
    const { printed } = writeStatementFile(statementsFile, statements);
    const numbers = printed.flatMap(({ digest }, index) => (wanted.has(digest) ? [["wanted", String(index + 1)]] : []));
    const plan = scratch.file("plan.tsv");
    writePlan(plan, [
      ["replay", replayFile],
      ...packageEntries(packages),
      ["statements", statementsFile],
      ["found", foundFile],
      ...numbers,
      ...printed.flatMap(({ digest }, index) =>
        (called.get(digest) ?? []).map((signature) => ["called", String(index + 1), signature]),
      ),
    ]);
    const flags = [...quietFlags, ...projectFlag(project)];
    const command = { program: toolchain.julia, args: [...flags, witnessFile, plan] };
    const run = await runTool(command, { streams: { kind: "file", path: scratch.file("log") }, abort });
    if (!run.ok) return run;
    for (const line of readFileSync(foundFile, "utf8").split("\n")) {
      const [number, signature] = line.split("\t");
      const target = printed[Number(number) - 1];
      const { tree } = signature === undefined ? {} : parseStatement(`precompile(${signature})`);
      if (target === undefined || tree === undefined) continue;
      found.set(target.digest, [...(found.get(target.digest) ?? []), statementOf(tree)]);
    }
    return ok(found);
  } finally {
    scratch.remove();
  }
}
