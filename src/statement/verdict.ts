/** What became of a statement when it was replayed. */
export const verdicts = ["compiled", "refused", "unresolved", "failed", "crashed"] as const;
export type Verdict = (typeof verdicts)[number];

export interface StoredVerdict {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly sysimage: string;
  readonly juliaVersion: string;
  readonly bakedAt: string;
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
