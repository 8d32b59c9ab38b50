import type { ReportOutcome } from "../commands/report.ts";
import type { PageParts } from "./page/page.ts";
import { printPage } from "./page/page.ts";
import { pageDataOf } from "./page/page-data-of.ts";
import { counted, type Format, json, type Rendering, size } from "./rendering.ts";
import { facts } from "./table.ts";

/** A page that is written, in numbers. */
export interface WrittenPage {
  readonly outcome: ReportOutcome;
  readonly output: string;
  readonly bytes: number;
}

export const reportPage = (outcome: ReportOutcome, parts: PageParts): string => printPage(pageDataOf(outcome), parts);

/** What stands in the page; the page itself is a file of its own. */
export function reportWrittenPage({ outcome, output, bytes }: WrittenPage, format: Format): Rendering {
  const { set, statements, timelines, effects, comparison } = outcome;
  const document = {
    output,
    bytes,
    set,
    statements: statements.length,
    timed: statements.filter(({ compileMs }) => compileMs !== undefined).length,
    runs: outcome.runs.length,
    timelines: timelines.shown.length,
    timelinesLeftOut: timelines.leftOut,
    verifications: effects.length,
    against: comparison?.against ?? null,
    differences: comparison === undefined ? null : differencesOf(comparison.diff),
  };
  if (format === "json") return { stdout: json(document), exitCode: 0 };
  const { timed, differences } = document;
  return {
    stdout: facts([
      ["page", `${output}, ${size(bytes)}`],
      ["statements", timedText(statements.length, timed)],
      ["runs", outcome.runs.length === 0 ? undefined : runText(document)],
      ["sysimages", effects.length === 0 ? "none was verified for this" : counted(effects.length, "verified one")],
      ["differences", differences === null ? undefined : `${differences}, against ${comparison?.against}`],
      ["look at it", "open it in a browser; it needs nothing else"],
    ]),
    exitCode: 0,
  };
}

type Difference = NonNullable<ReportOutcome["comparison"]>["diff"];

const differencesOf = ({ onlyA, onlyB, changed }: Difference): number => onlyA.length + onlyB.length + changed.length;

const runText = ({ runs, timelinesLeftOut }: { runs: number; timelinesLeftOut: number }): string =>
  timelinesLeftOut === 0 ? String(runs) : `${runs}; timelines of the newest ${runs - timelinesLeftOut} only`;

function timedText(statements: number, timed: number): string {
  if (statements === 0) return "none";
  const known = timed === statements ? "all" : timed === 0 ? "none" : timed;
  return `${statements}, the compile time of ${known} of them is known`;
}
