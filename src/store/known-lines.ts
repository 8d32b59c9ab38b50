import type { LineHash } from "../statement/provenance.ts";
import { LineTable } from "../trace/line-table.ts";

/** What a line holds that was met in an earlier run, by the numbers of the store. */
export interface KnownLine {
  readonly statement: number;
  readonly spelling: number;
}

/** Of a row: the hash, the statement, the spelling, each 32 bits in the order of all machines that Node runs on. */
const rowWords = 6;
const rowBytes = rowWords * 4;

/** The lines that the store can tell without reading them. */
export class KnownLines {
  readonly #table: LineTable;
  readonly #lines: Int32Array;

  /** `blobs`: what `PackedLines` made. */
  constructor(blobs: readonly Buffer[]) {
    const bytes = Buffer.concat(blobs);
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    this.#table = new LineTable(words.length / rowWords);
    this.#lines = new Int32Array(words.length / 3);
    const hash = new Int32Array(4);
    for (let at = 0; at < words.length; at += rowWords) {
      for (let lane = 0; lane < 4; lane += 1) hash[lane] = words[at + lane] ?? 0;
      // Two processes may have met the same line at once.
      const key = this.#table.add(hash);
      this.#lines[key * 2] = words[at + 4] ?? 0;
      this.#lines[key * 2 + 1] = words[at + 5] ?? 0;
    }
  }

  find(hash: LineHash): KnownLine | undefined {
    const key = this.#table.find(hash);
    if (key === undefined) return undefined;
    return { statement: this.#lines[key * 2] ?? 0, spelling: this.#lines[key * 2 + 1] ?? 0 };
  }
}

/** The rows of a run's new lines, made without an object for each. */
export class PackedLines {
  readonly #words: Int32Array<ArrayBuffer>;
  #filled = 0;

  /** `most`: how many there may be. */
  constructor(most: number) {
    this.#words = new Int32Array(most * rowWords);
  }

  /** `hashAt`: gives the four words of the line's hash. */
  add(statement: number, spelling: number, hashAt: (lane: number) => number): void {
    for (let lane = 0; lane < 4; lane += 1) this.#words[this.#filled + lane] = hashAt(lane);
    this.#words[this.#filled + 4] = statement;
    this.#words[this.#filled + 5] = spelling;
    this.#filled += rowWords;
  }

  get bytes(): Buffer {
    return Buffer.from(this.#words.buffer, 0, this.#filled * 4);
  }
}

/** The lines that hold what `isKept` knows. */
export function keptLines(blob: Buffer, isKept: (line: KnownLine) => boolean): Buffer {
  const rows: Buffer[] = [];
  for (let at = 0; at < blob.length; at += rowBytes) {
    const line = { statement: blob.readInt32LE(at + 16), spelling: blob.readInt32LE(at + 20) };
    if (isKept(line)) rows.push(blob.subarray(at, at + rowBytes));
  }
  return Buffer.concat(rows);
}
