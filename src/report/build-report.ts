import type { Freshness } from "../build/freshness.ts";
import type { InputChange } from "../build/inputs.ts";
import type { StepCost } from "../build/workshop.ts";
import type { BuildExplanation, BuildOutcome } from "../commands/build.ts";
import { type Verdict, verdicts } from "../statement/verdict.ts";
import { counted, cut, duration, type Format, json, megabytes, type Rendering } from "./rendering.ts";
import { facts, table } from "./table.ts";

const shownPerVerdict = 10;

export function reportBuild(outcome: BuildOutcome, format: Format): Rendering {
  const exitCode = outcome.failing === 0 ? 0 : 1;
  if (format === "json") return { stdout: json(buildDocument(outcome)), exitCode };
  return { stdout: `${verdictTable(outcome)}\n${buildSummary(outcome)}\n`, exitCode };
}

export function buildDocument({ output, bytes, cache, stamp, stampPath, counts, judged, steps, fresh }: BuildOutcome) {
  const of = <T>(take: (cost: StepCost) => T) =>
    Object.fromEntries(Object.entries(steps).map(([step, cost]) => [step, take(cost)]));
  return {
    [stamp.as]: output,
    bytes,
    ...(cache === undefined ? {} : { cache }),
    stamp: stampPath,
    fresh,
    verdicts: counts,
    steps: of(({ ms }) => ms),
    peakBytes: of(({ peakBytes }) => peakBytes ?? null),
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
  return verdictCounts(counts) + blocks.join("");
}

export function verdictCounts(counts: Readonly<Record<Verdict, number>>): string {
  const rows = verdicts.filter((verdict) => counts[verdict] > 0).map((verdict) => [verdict, String(counts[verdict])]);
  return table(
    [
      ["verdict", "left"],
      ["statements", "right"],
    ],
    rows,
  );
}

export function buildSummary({ named, bytes, steps, counts, judged, fresh }: BuildOutcome): string {
  const holds = `${named}: ${megabytes(bytes)}, ${counts.compiled} of ${counted(judged.length, "statement")} compiled`;
  if (fresh) return `${holds}; it stands there already, made from the same (\`--force\` bakes it anew)`;
  return `${holds}, in ${duration(Object.values(steps).reduce((sum, { ms }) => sum + ms, 0))}`;
}

/** What a bake would do and why, and what it would be made from. */
export function reportExplanation({ named, inputs, freshness }: BuildExplanation, format: Format): Rendering {
  const changes = freshness.fresh || freshness.why !== "other inputs" ? [] : freshness.changes;
  if (format === "json") {
    const why = freshness.fresh ? null : freshness.why;
    return { stdout: json({ fresh: freshness.fresh, why, changes, inputs: Object.fromEntries(inputs) }), exitCode: 0 };
  }
  const lines = [`${named}: ${verdictOf(freshness)}`, ...changes.map(changeText)];
  const made = facts(inputs.map(([label, value]) => [label, cut(value, 100)]));
  return { stdout: `${lines.join("\n")}\n\nmade from\n${made}`, exitCode: 0 };
}

function verdictOf(freshness: Freshness): string {
  if (freshness.fresh) return "fresh: there is nothing to bake";
  return freshness.why === "other inputs"
    ? "to be baked: it was made from something else"
    : `to be baked: ${freshness.why}`;
}

const changeText = ({ input, was, is }: InputChange): string =>
  `  ${input}: ${cut(was ?? "not there", 60)} → ${cut(is ?? "not there", 60)}`;
