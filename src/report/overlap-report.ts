import type { Overlap, PairOverlap } from "../analysis/overlap.ts";
import { duration, ending, type Format, json, percent, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

export function reportOverlap(overlap: Overlap, format: Format): Rendering {
  if (format === "json") {
    const pairs = overlap.pairs.map(({ a, b, timeSimilarity, ...pair }) => ({
      a: overlap.sets[a]?.set,
      b: overlap.sets[b]?.set,
      ...pair,
      timeSimilarity: timeSimilarity ?? null,
    }));
    return { stdout: json({ sets: overlap.sets, pairs }), exitCode: 0 };
  }
  const ofTime = overlap.pairs.some(({ timeSimilarity }) => timeSimilarity !== undefined)
    ? `\nthe same of their compile time\n${matrix(overlap, ({ timeSimilarity }) => timeSimilarity)}`
    : "";
  const ofStatements = `of the statements that either has, both have\n${matrix(overlap, ({ similarity }) => similarity)}`;
  return { stdout: `${ofStatements}${ofTime}`, exitCode: 0 };
}

/** A row and a column a set; the columns have the numbers of the rows. */
function matrix({ sets, pairs }: Overlap, similarityOf: (pair: PairOverlap) => number | undefined): string {
  const cells = sets.map(() => sets.map(() => ""));
  for (const pair of pairs) {
    const value = similarityOf(pair);
    const text = value === undefined ? "?" : percent(value);
    const [row, mirrored] = [cells[pair.a], cells[pair.b]];
    if (row !== undefined) row[pair.b] = text;
    if (mirrored !== undefined) mirrored[pair.a] = text;
  }
  const timed = sets.some((set) => set.timed > 0);
  return table(
    [
      ["", "right"],
      ["set", "left"],
      ["statements", "right"],
      ...(timed ? ([["compile time", "right"]] as const) : []),
      ...sets.map((_, index) => [String(index + 1), "right"] as const),
    ],
    sets.map(({ set, statements, compileMs, timed: known }, index) => [
      String(index + 1),
      ending(set),
      String(statements),
      ...(timed ? [timeText(compileMs, known, statements)] : []),
      ...(cells[index] ?? []),
    ]),
  );
}

/** Of how many it is told, where that is not all. */
function timeText(compileMs: number, known: number, statements: number): string {
  if (known === 0) return "";
  return known === statements ? duration(compileMs) : `${duration(compileMs)} of ${known}`;
}
