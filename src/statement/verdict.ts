import type { StatementDigest } from "./statement.ts";

/**
 * What became of a statement when it was replayed. `inferred`: too abstract for a sysimage to keep native code of it,
 * whatever `precompile` said.
 */
export const verdicts = ["compiled", "inferred", "refused", "unresolved", "failed", "crashed"] as const;
export type Verdict = (typeof verdicts)[number];

export interface StoredVerdict {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly sysimage: string;
  readonly juliaVersion: string;
  readonly bakedAt: string;
}

/** What a rehearsal found of a statement; it holds for one Julia and one state of its packages. */
export interface RehearsedVerdict {
  readonly verdict: Verdict;
  readonly reason: string;
  /** What it took to compile after those in front of it, in milliseconds. */
  readonly compileMs: number | null;
}

/** The same, with where it is from. */
export interface StoredRehearsal extends RehearsedVerdict {
  readonly juliaVersion: string;
  /** ISO 8601, UTC. */
  readonly rehearsedAt: string;
}

/** What a rehearsal of a list said that a workload would still compile. */
export interface Prediction {
  readonly listed: ReadonlySet<StatementDigest>;
  /** As statements. */
  readonly residual: readonly string[];
}

/** What a sysimage left to be compiled when a workload ran on it, as statements, beside what a rehearsal had said. */
export interface VerificationFacts {
  readonly sysimage: string;
  /** JSON: kind of standard output, file, arguments. */
  readonly workload: string;
  readonly predicted?: readonly string[] | undefined;
  readonly residual: readonly string[];
  /** How many statements compile where the workload runs on the base sysimage. */
  readonly traced: number;
  /** The workload's median time on the base sysimage, and on the new one; in milliseconds. */
  readonly beforeMs: number;
  readonly afterMs: number;
  /** ISO 8601, UTC. */
  readonly verifiedAt: string;
}

export interface RehearsalFacts {
  /** Digest of the Julia, the project and its Manifest. */
  readonly environment: string;
  readonly juliaVersion: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface BakeFacts {
  readonly sysimage: string;
  readonly juliaVersion: string;
  readonly juliaCommit: string;
  /** ISO 8601, UTC. */
  readonly bakedAt: string;
  /** How long each step took, in milliseconds. */
  readonly steps: Readonly<Record<string, number>>;
}
