import type { BuildOutcome } from "../commands/build.ts";
import { verdicts } from "../statement/verdict.ts";
import { counted, cut, duration, type Format, json, megabytes, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

const shownPerVerdict = 10;

export function reportBuild(outcome: BuildOutcome, format: Format): Rendering {
  const exitCode = outcome.failing === 0 ? 0 : 1;
  if (format === "json") return { stdout: json(buildDocument(outcome)), exitCode };
  return { stdout: `${verdictTable(outcome)}\n${buildSummary(outcome)}\n`, exitCode };
}

export function buildDocument({ sysimage, bytes, stampPath, counts, judged, steps }: BuildOutcome) {
  return {
    sysimage,
    bytes,
    stamp: stampPath,
    verdicts: counts,
    steps,
    statements: judged.map(({ statement: { digest, canonical }, verdict, reason }) => ({
      digest,
      statement: canonical,
      verdict,
      reason,
    })),
  };
}

/** The counts, then the statements that were not compiled, each with its reason. */
export function verdictTable({ counts, judged }: BuildOutcome): string {
  const rows = verdicts.filter((verdict) => counts[verdict] > 0).map((verdict) => [verdict, String(counts[verdict])]);
  const blocks = verdicts
    .filter((verdict) => verdict !== "compiled" && counts[verdict] > 0)
    .map((verdict) => {
      const all = judged.filter((one) => one.verdict === verdict);
      const shown = all
        .slice(0, shownPerVerdict)
        .map(({ statement, reason }) => `  ${cut(statement.canonical, 110)}\n    ${reason}\n`);
      const more = all.length - shown.length;
      return `\n${verdict}\n${shown.join("")}${more > 0 ? `  and ${more} more: see --format json\n` : ""}`;
    });
  return (
    table(
      [
        ["verdict", "left"],
        ["statements", "right"],
      ],
      rows,
    ) + blocks.join("")
  );
}

export function buildSummary({ named, bytes, steps, counts, judged }: BuildOutcome): string {
  const took = Object.values(steps).reduce((sum, ms) => sum + ms, 0);
  return `${named}: ${megabytes(bytes)}, ${counts.compiled} of ${counted(judged.length, "statement")} compiled, in ${duration(took)}`;
}
