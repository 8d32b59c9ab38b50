import type { RehearseOutcome } from "../commands/rehearse.ts";
import { verdictCounts } from "./build-report.ts";
import { counted, cut, duration, type Format, json, type Rendering } from "./rendering.ts";
import { causesText, residualTable } from "./residual-table.ts";
import { table } from "./table.ts";

/** How many of the slowest statements are shown. */
const shownSlowest = 5;

/** `maxResidual`: how many statements may still compile before that is a finding. */
export function reportRehearse(outcome: RehearseOutcome, format: Format, maxResidual?: number): Rendering {
  const tooMuch = maxResidual !== undefined && outcome.residual.length > maxResidual;
  const exitCode = tooMuch || outcome.workloadFails ? 1 : 0;
  if (format === "json") return { stdout: json(rehearseDocument(outcome)), exitCode };
  const parts = [
    verdictCounts(outcome.counts),
    slowest(outcome),
    uncompiled(outcome),
    residualTable(outcome.residual, "would still compile because"),
  ];
  return { stdout: `${parts.filter((part) => part !== "").join("\n")}\n${rehearseSummary(outcome)}\n`, exitCode };
}

function rehearseDocument({ judged, counts, residual, compileMs, known, streams, durationMs }: RehearseOutcome) {
  return {
    verdicts: counts,
    residual,
    compileMs: rounded(compileMs),
    known,
    streams,
    durationMs,
    statements: judged.map(({ statement, verdict, reason, compileMs: ms }) => ({
      digest: statement.digest,
      statement: statement.canonical,
      verdict,
      reason,
      compileMs: ms === undefined ? null : rounded(ms),
    })),
  };
}

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

function slowest({ judged }: RehearseOutcome): string {
  const timed = judged
    .filter(({ verdict, compileMs = 0 }) => verdict === "compiled" && compileMs >= 1)
    .sort((a, b) => (b.compileMs ?? 0) - (a.compileMs ?? 0))
    .slice(0, shownSlowest);
  if (timed.length === 0) return "";
  return table(
    [
      ["takes longest to compile", "left"],
      ["time", "right"],
    ],
    timed.map(({ statement, compileMs = 0 }) => [cut(statement.canonical, 110), duration(compileMs)]),
  );
}

/** How many of those that did not compile are shown. */
const shownUncompiled = 10;

/** What did not compile, those aside of which the residual tells. */
function uncompiled({ judged, residual }: RehearseOutcome): string {
  const told = new Set(residual.map(({ statement }) => statement));
  const rows = judged.filter(({ statement, verdict }) => verdict !== "compiled" && !told.has(statement.canonical));
  if (rows.length === 0) return "";
  const more = rows.length - shownUncompiled;
  return `${table(
    [
      ["did not compile", "left"],
      ["statement", "left"],
      ["because", "left"],
    ],
    rows
      .slice(0, shownUncompiled)
      .map(({ statement, verdict, reason }) => [verdict, cut(statement.canonical, 80), reason]),
  )}${more > 0 ? `and ${more} more\n` : ""}`;
}

/** `208 statements take 4.1 s to compile; 11 would still compile (belongs to the script 9, too abstract 2)`. */
function rehearseSummary({ judged, residual, compileMs, known }: RehearseOutcome): string {
  const still = residual.length === 0 ? "nothing would" : `${residual.length} would (${causesText(residual)})`;
  const before = known === 0 ? "" : `, ${known} of them known from before`;
  return `${counted(judged.length, "statement")} take ${duration(compileMs)} to compile${before}; still compile: ${still}`;
}
