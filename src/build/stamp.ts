import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Cpu } from "../julia/cpu.ts";
import type { PackageFacts } from "../julia/package-facts.ts";
import type { IoKind } from "../statement/provenance.ts";
import type { StatementDigest } from "../statement/statement.ts";
import type { Verdict } from "../statement/verdict.ts";
import type { CacheFile, Input } from "./back-end.ts";

/** What an image was made from; stands beside a sysimage as `<sysimage>.json`, in the folder of a package as `preimage.json`. */
export interface Stamp {
  readonly preimage: string;
  readonly as: "sysimage" | "package";
  /** Where it is a package. */
  readonly package?: StampedPackage | undefined;
  readonly julia: { readonly version: string; readonly commit: string; readonly os: string; readonly arch: string };
  readonly cpuTarget: string;
  /** The processor that baked: what `native` stands for. */
  readonly cpu: Cpu;
  /** How large the image is that it was made for; of a package, what Julia keeps of it. */
  readonly bytes: number;
  readonly baseSysimage: { readonly path: string; readonly digest: string };
  readonly project?: string | undefined;
  readonly manifestDigest?: string | undefined;
  /** All that the image holds, as the project had them. Those of Julia's own sysimage are Julia's. */
  readonly packages: readonly PackageFacts[];
  /** SHA-256 over the digests of the list, in the list's order. */
  readonly listDigest: string;
  /** Digest of what `bake` optimized the list of. */
  readonly optimizedOf?: string | undefined;
  /** Names of the repairs that were turned off, where any were. */
  readonly repairsOff?: readonly string[] | undefined;
  /** What standard output was in the runs behind the list: elsewhere other IO types compile. */
  readonly ioKinds: readonly IoKind[];
  readonly verdicts: Readonly<Record<string, number>>;
  readonly statements: readonly StampedStatement[];
  /** Digest of what a rehearsal of the list has to hold for, to be compared with what the image leaves. */
  readonly environment?: string | undefined;
  /** Everything that decided what was made, in the order of the walk. */
  readonly inputs: readonly Input[];
  /** ISO 8601, UTC. */
  readonly bakedAt: string;
}

export interface StampedPackage {
  readonly name: string;
  readonly uuid: string;
  /** SHA-256 over its files. */
  readonly filesDigest: string;
  /** What Julia made of it. */
  readonly cache: readonly CacheFile[];
}

export interface StampedStatement {
  readonly digest: StatementDigest;
  readonly verdict: Verdict;
  /** Where the verdict is not `compiled`. */
  readonly reason?: string;
  /** The text but for the kind of its standard streams, where it names one. */
  readonly streamBlind?: string;
}

/** Of a sysimage, or of the folder of a package. */
export function stampPath(image: string): string {
  const isFolder = statSync(image, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? join(image, stampName) : `${image}.json`;
}

/** In a folder. */
export const stampName = "preimage.json";

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
    const lists = [stamp.statements, stamp.packages, stamp.inputs].every(Array.isArray);
    return typeof stamp.preimage === "string" && typeof stamp.bytes === "number" && lists
      ? (stamp as Stamp)
      : undefined;
  } catch {
    return undefined;
  }
}
