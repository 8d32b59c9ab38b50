import type { ChangeKind } from "../../analysis/change-kind.ts";
import type { Verdict } from "../../statement/verdict.ts";

/** What a page holds, for its script: names once, statements in columns, so that a hundred thousand are few bytes. */
export interface PageData {
  readonly tool: string;
  readonly set: string;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
  readonly names: Names;
  readonly statements: StatementColumns;
  readonly runs: readonly PageRun[];
  readonly timelines: readonly PageTimeline[];
  /** How many runs have no timeline here. */
  readonly timelinesLeftOut: number;
  readonly effects: readonly PageEffect[];
  readonly comparison: PageComparison | null;
}

/** What columns point into. */
export interface Names {
  readonly owners: readonly string[];
  readonly methods: readonly string[];
  readonly obstacles: readonly string[];
  /** Of verdicts: why. */
  readonly reasons: readonly string[];
}

/** Of each statement, in the order of their text. Times are in milliseconds, null where nobody tells one. */
export interface StatementColumns {
  readonly text: readonly string[];
  readonly digest: readonly string[];
  readonly owner: readonly number[];
  readonly method: readonly number[];
  readonly compileMs: readonly (number | null)[];
  readonly recompiles: readonly number[];
  readonly runs: readonly number[];
  readonly obstacles: readonly (readonly number[])[];
  readonly verdict: readonly (PageVerdict | null)[];
}

export type PageVerdict = readonly [verdict: Verdict, by: "bake" | "rehearsal", reason: number];

export interface PageRun {
  readonly id: number;
  readonly name: string;
  readonly command: string;
  readonly julia: string | null;
  readonly stdout: string | null;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly statements: number;
}

export interface PageTimeline {
  readonly label: string;
  /** Indices of statements, in the order in which the run came to compile them. */
  readonly order: readonly number[];
  readonly compileMs: readonly (number | null)[];
}

export interface PageEffect {
  readonly sysimage: string;
  readonly workload: string;
  readonly traced: number;
  readonly beforeMs: number;
  readonly afterMs: number;
  /** How many statements a rehearsal had said would be left; null: there was none. */
  readonly predicted: number | null;
  readonly residual: readonly { readonly statement: string; readonly cause: string; readonly detail: string }[];
  readonly verifiedAt: string;
}

export interface PageComparison {
  readonly against: string;
  readonly both: number;
  /** What the other set has of the differences. */
  readonly others: StatementColumns;
  /** Indices into `others`: only there. */
  readonly went: readonly number[];
  /** Indices of statements: only here. */
  readonly came: readonly number[];
  readonly changed: readonly { readonly kind: ChangeKind; readonly from: number; readonly to: number }[];
}
