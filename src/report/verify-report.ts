import { namesStream } from "../analysis/residual-cause.ts";
import type { Latency, Verification } from "../build/verify.ts";
import { counted, cut, duration, type ExitCode, type Format, json, type Rendering } from "./rendering.ts";
import { causesText, residualTable } from "./residual-table.ts";
import { table } from "./table.ts";

/** `maxResidual`: how many statements may still compile before that is a finding. */
export function reportVerify(verification: Verification, format: Format, maxResidual?: number): Rendering {
  const exitCode = verifyExit(verification, maxResidual);
  if (format === "json") return { stdout: json(verifyDocument(verification)), exitCode };
  return { stdout: `${verifyTables(verification)}${verifySummary(verification)}\n`, exitCode };
}

export function verifyExit({ residual, exits }: Verification, maxResidual?: number): ExitCode {
  const over = maxResidual !== undefined && residual.length > maxResidual;
  return over || exits.some(({ status }) => status !== 0) ? 1 : 0;
}

/** All but the summary. */
export const verifyTables = (verification: Verification): string =>
  `${residualPart(verification)}${predictionPart(verification)}${latencyTable(verification)}\n`;

export function verifyDocument({ predicted, ...verification }: Verification) {
  const { as, traced, absorbed, residual, before, after, streams, exits } = verification;
  const compared = predicted && { predicted: comparison({ predicted, ...verification }) };
  return { as, traced, absorbed, residual, ...compared, before, after, streams, exits };
}

/** The rehearsal beside the image: what it had not foreseen, and what it had foreseen that did not come. */
function comparison({ predicted = [], residual }: Pick<Verification, "predicted" | "residual">) {
  const actual = new Set(residual.map(({ statement }) => statement));
  // What names a standard stream of another kind was foreseen for runs of that kind.
  const foreseen = new Set(predicted.filter((text) => actual.has(text) || !namesStream(text)));
  return {
    count: foreseen.size,
    unforeseen: [...actual].filter((statement) => !foreseen.has(statement)),
    notCome: [...foreseen].filter((statement) => !actual.has(statement)),
  };
}

function residualPart({ residual }: Verification): string {
  const drawn = residualTable(residual, "still compiles because");
  return drawn === "" ? "" : `${drawn}\n`;
}

type Comparison = ReturnType<typeof comparison>;

/** `, as rehearsed`, or `; predicted/actual 2/3`. */
function foreseenText({ count, unforeseen, notCome }: Comparison, actual: number): string {
  return unforeseen.length + notCome.length === 0 ? ", as rehearsed" : `; predicted/actual ${count}/${actual}`;
}

/** Where the rehearsal and the image differ; empty where they do not. */
function predictionPart({ predicted, residual }: Verification): string {
  if (predicted === undefined) return "";
  const { unforeseen, notCome } = comparison({ predicted, residual });
  const rows = [
    ...unforeseen.map((statement) => ["not foreseen", cut(statement, 110)]),
    ...notCome.map((statement) => ["foreseen, did not come", cut(statement, 110)]),
  ];
  if (rows.length === 0) return "";
  return `${table(
    [
      ["the rehearsal", "left"],
      ["statement", "left"],
    ],
    rows,
  )}\n`;
}

function latencyTable({ before, after, as }: Verification): string {
  const row = (name: string, { medianMs, minMs, maxMs, runs }: Latency): string[] => [
    name,
    duration(medianMs),
    `${duration(minMs)} to ${duration(maxMs)}`,
    String(runs),
  ];
  return table(
    [
      ["whole process", "left"],
      ["median", "right"],
      ["spread", "left"],
      ["runs", "right"],
    ],
    [row("base sysimage", before), row(as === "package" ? "with the package" : "new sysimage", after)],
  );
}

/** `2.4 s → 0.3 s, 311 of 318 statements absorbed, 7 still compile (belongs to the script 5, too abstract 2)`. */
export function verifySummary({ traced, absorbed, residual, predicted, before, after }: Verification): string {
  const foreseen = predicted === undefined ? undefined : comparison({ predicted, residual });
  const still = `${residual.length === 0 ? "nothing still compiles" : `${residual.length} still compile (${causesText(residual)})`}${foreseen === undefined ? "" : foreseenText(foreseen, residual.length)}`;
  return `${duration(before.medianMs)} → ${duration(after.medianMs)}, ${absorbed} of ${counted(traced, "statement")} absorbed, ${still}`;
}
