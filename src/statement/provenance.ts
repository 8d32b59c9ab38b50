import type { Brand } from "../support/brand.ts";
import type { CanonicalText, StatementDigest } from "./statement.ts";

export type RunId = Brand<number, "RunId">;
export type IoKind = "tty" | "pipe" | "file" | "other";

export interface LoadedPackage {
  readonly name: string;
  /** Empty for Base, Core and Main. */
  readonly uuid: string;
}

/** Where a run's statements come from. Undefined: not known, as for most of an imported file. */
export interface RunFacts {
  readonly name: string;
  readonly kind: "trace" | "import";
  readonly command: readonly string[];
  readonly folder: string;
  readonly juliaVersion?: string | undefined;
  readonly juliaCommit?: string | undefined;
  readonly os?: string | undefined;
  readonly arch?: string | undefined;
  readonly cpuTarget?: string | undefined;
  /** The sysimage traced on. */
  readonly sysimage?: string | undefined;
  readonly sysimageDigest?: string | undefined;
  readonly project?: string | undefined;
  readonly manifestDigest?: string | undefined;
  /** What standard output was: it decides which IO types the statements name. */
  readonly ioKind?: IoKind | undefined;
  /** Of an imported file: the same content is recorded once. */
  readonly sourceDigest?: string | undefined;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs?: number | undefined;
  readonly exitStatus?: number | undefined;
  readonly exitSignal?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Loaded when the run ended; undefined where nobody could say. */
  readonly packages?: readonly LoadedPackage[] | undefined;
}

/** A recorded run. `statements` counts distinct ones, `newStatements` those the store had not held before. */
export interface TraceRun extends Omit<RunFacts, "packages"> {
  readonly id: RunId;
  readonly lines: number;
  readonly statements: number;
  readonly newStatements: number;
  readonly damaged: number;
}

/** A line, or a part of one, that could not be read as a statement. It is kept with its run. */
export interface DamagedLine {
  readonly line: number;
  readonly code: string;
  readonly message: string;
  /** Offset into `text`, where it is known. */
  readonly start?: number | undefined;
  readonly text: string;
}

/** One statement of one distinct line. Lines that are the same to the byte share a `lineKey`. */
export interface Sighting {
  readonly lineKey: number;
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
  readonly spelling: string;
  readonly line: number;
  readonly compileMs?: number | undefined;
  readonly recompile: boolean;
  /** The line's hash, where the line is this spelling and nothing else. */
  readonly lineHash?: Buffer | undefined;
}

/** Takes a run's sightings as they are read. Nothing of it is in the store before the run is whole. */
export interface SightingSink {
  /**
   * Asked of each distinct line before it is read. True: this very line was read in an earlier run, and what it holds is
   * taken from there.
   */
  known?(lineKey: number, lineHash: Buffer, line: number): boolean;
  sighting(sighting: Sighting): void;
  damage(damage: DamagedLine): void;
  /** `count`: how often the line with this key occurred in all. */
  repeated(lineKey: number, count: number): void;
}
