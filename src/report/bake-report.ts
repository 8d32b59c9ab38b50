import type { BakeOutcome } from "../commands/bake.ts";
import { projectFlag } from "../julia/julia-flags.ts";
import type { ToolCommand } from "../support/run-tool.ts";
import { shellText } from "../support/shell-text.ts";
import { buildDocument, buildSummary, verdictTable } from "./build-report.ts";
import { optimizeDocument, optimizeSummary } from "./optimize-report.ts";
import { pruneDocument, pruneSummary } from "./prune-report.ts";
import { type Format, json, type Rendering } from "./rendering.ts";
import { runDocument } from "./runs-report.ts";
import { facts } from "./table.ts";
import { verifyDocument, verifyExit, verifySummary, verifyTables } from "./verify-report.ts";

export function reportBake(outcome: BakeOutcome, format: Format): Rendering {
  const { runs, pruned, optimized, built, verified } = outcome;
  const exitCode = verifyExit(verified);
  if (format === "json") {
    const document = {
      runs: runs.map(runDocument),
      pruned: pruneDocument(pruned),
      ...(optimized === undefined ? {} : { optimized: optimizeDocument(optimized) }),
      built: buildDocument(built),
      verified: verifyDocument(verified),
    };
    return { stdout: json(document), exitCode };
  }
  const statements = runs.map((run) => `${run.statements} (${run.ioKind})`).join(", ");
  const stdout = [
    verdictTable(built),
    "\n",
    verifyTables(verified),
    facts([
      ["traced", `${statements} statements, recorded as ${runs.map((run) => `run:${run.id}`).join(" ")}`],
      ["pruned", pruneSummary(pruned)],
      ["optimized", optimized && optimizeSummary(optimized)],
      ["built", buildSummary(built)],
      ["verified", verifySummary(verified)],
      ["use it", shellText(useCommand(outcome))],
    ]),
  ];
  return { stdout: stdout.join(""), exitCode };
}

/** How the workload is started on its sysimage. */
function useCommand({ request, julia }: BakeOutcome): ToolCommand {
  const { script, args, project } = request.workload;
  const { as, output } = request.target;
  const image = as === "package" ? ["-L", `${output}/load.jl`] : [`--sysimage=${output}`];
  return { program: julia, args: [...image, ...projectFlag(project), script, ...args] };
}
