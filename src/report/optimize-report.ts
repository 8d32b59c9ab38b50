import type { CutPoint } from "../analysis/budget.ts";
import type { Round } from "../build/search.ts";
import {
  bytesOfInstruction,
  bytesOfMs,
  type CutCost,
  dropReasonOf,
  type OptimizeOutcome,
} from "../commands/optimize.ts";
import { writtenText } from "../statement/statement.ts";
import { countBy, counted, duration, type Format, json, type Rendering, size } from "./rendering.ts";
import { causesText, residualTable } from "./residual-table.ts";
import { table } from "./table.ts";

/** Standard output has the list, unless it went to a file; what was found goes to standard error. */
export function reportOptimize(outcome: OptimizeOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json(optimizeDocument(outcome)), exitCode: 0 };
  if (format === "table") return { stdout: optimizeTables(outcome), exitCode: 0 };
  return { stdout: outcome.output === undefined ? outcome.text : "", exitCode: 0 };
}

export function optimizeDocument({ kept, dropped, cut, cost, rounds, residual, output, durationMs }: OptimizeOutcome) {
  return {
    rounds,
    compileMs: sumOf(kept.map(({ compileMs = 0 }) => compileMs)),
    kept: kept.map(({ statement, origin, weight, compileMs = null }) => ({
      digest: statement.digest,
      statement: writtenText(statement),
      origin,
      weight,
      compileMs,
    })),
    dropped: dropped.map(({ statement, verdict }) => ({
      statement: statement.canonical,
      reason: dropReasonOf(verdict),
    })),
    cut: cut.map(({ statement }) => statement.canonical),
    curve: cost?.curve ?? [],
    budget: cost === undefined ? null : { ...cost.kept, sizeFrom: cost.sizeFrom },
    residual,
    output: output ?? null,
    durationMs,
  };
}

/** What was added and what went, what a cut costs, and what cannot be won. */
export function optimizeTables(outcome: OptimizeOutcome): string {
  const origins = countBy(outcome.kept.map(({ origin }) => origin));
  const reasons = countBy([
    ...outcome.dropped.map(({ verdict }) => dropReasonOf(verdict)),
    ...outcome.cut.map(() => "over budget"),
  ]);
  const rows = [
    ...origins.map(([origin, count]) => [`kept: ${originWords[origin]}`, String(count)]),
    ...reasons.map(([reason, count]) => [`dropped: ${reason}`, String(count)]),
  ];
  const parts = [
    table(
      [
        ["what became of it", "left"],
        ["statements", "right"],
      ],
      rows,
    ),
    costTable(outcome),
    residualTable(outcome.residual, "cannot be won because"),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

const originWords: Readonly<Record<OptimizeOutcome["kept"][number]["origin"], string>> = {
  listed: "of the set",
  residual: "compiled by the workload, not in the set",
  witness: "witness for what is too abstract",
  "look-up": "found from its method",
  literal: "with another literal",
  streams: "for other kinds of streams",
  names: "for other names of columns",
};

const barWidth = 30;

/** What the best statements save, what the budget keeps, and where the sizes are from. */
function costTable(outcome: OptimizeOutcome): string {
  const { cost } = outcome;
  const most = cost?.curve.at(-1)?.savedMs ?? 0;
  if (cost === undefined || most === 0) return "";
  const row = (name: string, { savedMs, bytes }: CutPoint): string[] => [
    name,
    duration(savedMs),
    size(bytes),
    `${"█".repeat(Math.round((barWidth * savedMs) / most))} ${Math.round((100 * savedMs) / most)} %`,
  ];
  const drawn = table(
    [
      ["statements", "right"],
      [isWeighted(outcome) ? "save, weighted" : "save", "right"],
      ["estimated size", "right"],
      ["of all", "left"],
    ],
    [
      ...cost.curve.map((point) => row(`best ${point.statements}`, point)),
      row(`budget: ${cost.kept.statements}`, cost.kept),
    ],
  );
  return `${drawn}\n${sizeNote(cost)}\n`;
}

const isWeighted = ({ kept }: OptimizeOutcome): boolean => kept.some(({ weight }) => weight !== 1);

function sizeNote({ sizeFrom: { instructions, compileTime } }: CutCost): string {
  const byCount = `from Julia's own count of instructions, ${bytesOfInstruction} bytes each`;
  const quantity = counted(compileTime, "statement");
  const modelled = `modelled from compile times, ${bytesOfMs} bytes a millisecond`;
  if (compileTime === 0) return `sizes are estimated ${byCount}`;
  if (instructions === 0) return `sizes are ${modelled}, as this Julia counts no instructions`;
  return `sizes are estimated ${byCount}; those of ${quantity}, of which it has no count, are ${modelled}`;
}

/** `208 statements → 215, residual 11 (27 ms) → 0 (0 ms), 3.8 s of compiling to bake; cannot be won: belongs to the script 3`. */
export function optimizeSummary({ kept, cut, rounds, residual, output }: OptimizeOutcome): string {
  const [first] = rounds;
  const last = rounds.at(-1);
  const baked = duration(sumOf(kept.map(({ compileMs = 0 }) => compileMs)));
  const unwon = residual.length === 0 ? "nothing is left" : `cannot be won: ${causesText(residual)}`;
  const place = output === undefined ? "" : `, written to ${output}`;
  const over =
    cut.length === 0
      ? ""
      : `; over budget: ${counted(cut.length, "statement")}, ${duration(sumOf(cut.map(({ compileMs = 0 }) => compileMs)))} of compiling`;
  const ms = ({ residualMs = 0 }: Partial<Round> = {}): string => duration(residualMs);
  return (
    `${counted(first?.statements ?? 0, "statement")} → ${kept.length}, ` +
    `residual ${first?.residual ?? 0} (${ms(first)}) → ${last?.residual ?? 0} (${ms(last)}), ` +
    `${baked} of compiling to bake${place}${over}; ${unwon}`
  );
}

const sumOf = (times: readonly number[]): number => Math.round(times.reduce((sum, ms) => sum + ms, 0) * 1000) / 1000;
