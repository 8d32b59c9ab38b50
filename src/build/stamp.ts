import { existsSync, readFileSync } from "node:fs";
import type { IoKind } from "../statement/provenance.ts";
import type { StatementDigest } from "../statement/statement.ts";
import type { Verdict } from "../statement/verdict.ts";

/** What a sysimage was made from; stands beside it as `<sysimage>.json`. */
export interface Stamp {
  readonly preimage: string;
  readonly julia: { readonly version: string; readonly commit: string; readonly os: string; readonly arch: string };
  readonly cpuTarget: string;
  readonly baseSysimage: { readonly path: string; readonly digest: string };
  readonly project?: string | undefined;
  readonly manifestDigest?: string | undefined;
  readonly packages: readonly string[];
  /** SHA-256 over the digests of the list, in the list's order. */
  readonly listDigest: string;
  /** Names of the repairs that were turned off, where any were. */
  readonly repairsOff?: readonly string[] | undefined;
  /** What standard output was in the runs behind the list: elsewhere other IO types compile. */
  readonly ioKinds: readonly IoKind[];
  readonly verdicts: Readonly<Record<string, number>>;
  readonly statements: readonly StampedStatement[];
  /** ISO 8601, UTC. */
  readonly bakedAt: string;
}

export interface StampedStatement {
  readonly digest: StatementDigest;
  readonly verdict: Verdict;
  /** Where the verdict is not `compiled`. */
  readonly reason?: string;
  /** The text but for the kind of its standard streams, where it names one. */
  readonly streamBlind?: string;
}

export function stampPath(sysimage: string): string {
  return `${sysimage}.json`;
}

/** Was this sysimage baked by preimage? */
export function isStamped(sysimage: string): boolean {
  return readStamp(sysimage) !== undefined;
}

/** Undefined where there is none, or where it is not a stamp of ours. */
export function readStamp(sysimage: string): Stamp | undefined {
  const path = stampPath(sysimage);
  if (!existsSync(path)) return undefined;
  try {
    const stamp = JSON.parse(readFileSync(path, "utf8")) as Partial<Stamp>;
    return typeof stamp.preimage === "string" && Array.isArray(stamp.statements) ? (stamp as Stamp) : undefined;
  } catch {
    return undefined;
  }
}
