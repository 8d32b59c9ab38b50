import type { Statement } from "../statement/statement.ts";

/** A statement with what it saves and what it costs. */
export interface Weighed {
  readonly statement: Statement;
  /** What compiling it takes, in milliseconds. */
  readonly compileMs: number;
  /** The same, times how much the programs that need it count. */
  readonly savedMs: number;
  /** Estimated code in the image. */
  readonly bytes: number;
  readonly sizeFrom: "instructions" | "compileTime";
}

export interface Budget {
  readonly statements?: number | undefined;
  /** Compile time of the list, in milliseconds: what replaying it takes. */
  readonly timeMs?: number | undefined;
  readonly bytes?: number | undefined;
}

/** A point of the curve that shows what a cut costs. */
export interface CutPoint {
  readonly statements: number;
  readonly savedMs: number;
  readonly bytes: number;
}

/**
 * Those that save most for what they cost, as many as fit into every limit. What is worth less than something that did not
 * fit may still fit.
 */
export function withinBudget(weighed: readonly Weighed[], budget: Budget): readonly Weighed[] {
  const left = {
    statements: budget.statements ?? Infinity,
    ms: budget.timeMs ?? Infinity,
    bytes: budget.bytes ?? Infinity,
  };
  return byWorth(weighed, budget).filter(({ compileMs, bytes }) => {
    if (left.statements < 1 || left.ms < compileMs || left.bytes < bytes) return false;
    left.statements -= 1;
    left.ms -= compileMs;
    left.bytes -= bytes;
    return true;
  });
}

/** Milliseconds saved a unit of what is limited: a byte, a millisecond of compiling, or a statement. */
function byWorth(weighed: readonly Weighed[], { bytes, timeMs, statements }: Budget): Weighed[] {
  const costOf = (each: Weighed): number =>
    bytes !== undefined ? each.bytes : timeMs !== undefined && statements === undefined ? each.compileMs : 1;
  const worth = (each: Weighed): number => each.savedMs / Math.max(costOf(each), Number.EPSILON);
  return [...weighed].sort(
    (a, b) => worth(b) - worth(a) || b.savedMs - a.savedMs || (a.statement.canonical < b.statement.canonical ? -1 : 1),
  );
}

/** What is saved by the best tenth of the statements, the best quarter, and so on. */
export function cutCurve(weighed: readonly Weighed[], budget: Budget): readonly CutPoint[] {
  const sorted = byWorth(weighed, budget);
  const counts = new Set([0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.ceil(share * sorted.length)));
  return [...counts].map((count) => cutPoint(sorted.slice(0, count)));
}

/** What some of them save, and take, together. */
export function cutPoint(weighed: readonly Weighed[]): CutPoint {
  return {
    statements: weighed.length,
    savedMs: weighed.reduce((sum, { savedMs }) => sum + savedMs, 0),
    bytes: weighed.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
