import type { Brand } from "../support/brand.ts";
import type { CanonicalText, StatementDigest } from "./statement.ts";

export type RunId = Brand<number, "RunId">;
export type IoKind = "tty" | "pipe" | "file" | "other";

export interface LoadedPackage {
  readonly name: string;
  /** Empty for Base, Core and Main. */
  readonly uuid: string;
}

/** What a Julia was to its run: started as such, a worker of `Distributed`, or embedded in a Python. */
export type ProcessKind = "julia" | "worker" | "python";

/** A Julia of a run. Its number among them is its place in the order in which they started, from 1 on. */
export interface JuliaProcess {
  readonly kind: ProcessKind;
  /** The operating system's number. */
  readonly pid?: number | undefined;
  /** The Julia file it ran. */
  readonly program?: string | undefined;
}

/** `statements` counts distinct ones. */
export interface RecordedProcess extends JuliaProcess {
  readonly number: number;
  readonly lines: number;
  readonly statements: number;
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
  /** Undefined where nobody knows of which processes a trace is, as for an imported file. */
  readonly processes?: readonly JuliaProcess[] | undefined;
}

/** A recorded run. `statements` counts distinct ones, `newStatements` those the store had not held before. */
export interface TraceRun extends Omit<RunFacts, "packages" | "processes"> {
  readonly id: RunId;
  readonly lines: number;
  readonly statements: number;
  readonly newStatements: number;
  readonly damaged: number;
}

/** What a list of runs shows of one; null where it is not known. */
export interface RunSummary
  extends Pick<TraceRun, "id" | "name" | "kind" | "startedAt" | "lines" | "statements" | "newStatements" | "damaged"> {
  readonly juliaVersion?: string | null | undefined;
  readonly ioKind?: string | null | undefined;
  readonly durationMs?: number | null | undefined;
  readonly exitStatus?: number | null | undefined;
  readonly exitSignal?: string | null | undefined;
}

/** A line, or a part of one, that could not be read as a statement. It is kept with its run. */
export interface DamagedLine {
  readonly line: number;
  readonly code: string;
  readonly message: string;
  /** Offset into the line, where it is known. */
  readonly start?: number | undefined;
  /** The line from `excerptStart(start)` on, or its beginning. */
  readonly text: string;
}

/** Of a line whose statement was read, though it names things of a module that nobody names. */
export const namelessCode = "PI115";

export const isDamaged = ({ code }: DamagedLine): boolean => code !== namelessCode;

/** Of a long line a part is kept, and what is pointed at has to be in it: where that part begins. */
export const excerptStart = (start: number): number => (start < 1_900 ? 0 : start - 1_000);

/**
 * 128 bits that stand for a line. Two lines of ten million share them less than once in 10^24 runs, unless somebody made
 * them to, and then only a sighting is lost: nobody compares the bytes.
 */
export type LineHash = Int32Array;

/** One statement of one distinct line. Lines that are the same to the byte share a `lineKey`. */
export interface Sighting {
  readonly lineKey: number;
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
  readonly spelling: string;
  readonly line: number;
  readonly compileMs?: number | undefined;
  readonly recompile: boolean;
  /** The line's hash, where the line is this spelling and nothing else; it is only good until the call returns. */
  readonly lineHash?: LineHash | undefined;
}

/** The bytes of `chunk` from `start` to `end`. */
export interface ByteText {
  readonly chunk: Buffer;
  readonly start: number;
  readonly end: number;
}

/** What a line states that is a directive and nothing else; it is only good until the next line is read. */
export interface StatedLine {
  /** Its 16 bytes. */
  readonly digest: Int32Array;
  readonly canonical: ByteText;
  /** The line itself is the canonical text. */
  readonly isCanonical: boolean;
}

/** A distinct line as it stands in its file; it is only good until the call returns. */
export interface DistinctLine {
  readonly key: number;
  readonly hash: LineHash;
  readonly number: number;
  readonly text: ByteText;
}

/** Takes a run's sightings as they are read. Nothing of it is in the store before the run is whole. */
export interface SightingSink {
  /**
   * Asked of each distinct line before it is read. True: this very line was read in an earlier run, and what it holds is
   * taken from there.
   */
  isKnown?(lineKey: number, lineHash: LineHash, line: number): boolean;
  sighting(sighting: Sighting): void;
  /** Asked of a plain line, one that states the same wherever it stands. True: it need not be read. */
  isStated?(lineHash: LineHash): boolean;
  /** The sighting of a plain line, without strings. Where it is missing, `sighting` is told of these too. */
  stated?(line: DistinctLine, stated: StatedLine): void;
  damage(damage: DamagedLine): void;
  /** Told where a run has several processes, by their numbers: which of them wrote the line with this key. */
  writtenBy?(lineKey: number, process: number): void;
  /** Of a run's process: how many lines it wrote in all. */
  processEnds?(process: number, lines: number): void;
  /** `count`: how often the line with this key occurred in all. */
  repeated(lineKey: number, count: number): void;
}
