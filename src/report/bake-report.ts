import type { BakeOutcome } from "../commands/bake.ts";
import { buildDocument, buildSummary, verdictTable } from "./build-report.ts";
import { pruneDocument, pruneSummary } from "./prune-report.ts";
import { type Format, json, type Rendering } from "./rendering.ts";
import { runDocument } from "./runs-report.ts";
import { reportVerify, verifyDocument, verifySummary } from "./verify-report.ts";

export function reportBake({ runs, pruned, built, verified }: BakeOutcome, format: Format): Rendering {
  const { stdout: verification, exitCode } = reportVerify(verified, "table");
  if (format === "json") {
    const document = {
      runs: runs.map(runDocument),
      pruned: pruneDocument(pruned),
      built: buildDocument(built),
      verified: verifyDocument(verified),
    };
    return { stdout: json(document), exitCode };
  }
  const statements = runs.map((run) => `run ${run.id} (${run.ioKind}): ${run.statements}`).join(", ");
  const stdout = [
    verdictTable(built),
    verification.replace(`${verifySummary(verified)}\n`, ""),
    `traced   ${statements} statements\n`,
    `pruned   ${pruneSummary(pruned)}\n`,
    `built    ${buildSummary(built)}\n`,
    `verified ${verifySummary(verified)}\n`,
  ];
  return { stdout: stdout.join(""), exitCode };
}
