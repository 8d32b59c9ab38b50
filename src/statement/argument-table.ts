import type { ByteText } from "./provenance.ts";

/** Without an entry. */
export const unknownArgument = -1;

/** Hash, begin and end of the argument, begin and end of its canonical text, 1 where it is related. */
const entryWords = 6;

/**
 * What is known of arguments, by their bytes: the canonical text of each, or that it cannot be told from the argument alone.
 * All of it stands outside the heap.
 */
export class ArgumentTable {
  #slots = new Int32Array(1 << 12).fill(unknownArgument);
  #size = 0;
  #entries = new Int32Array(entryWords << 10);
  #pool = Buffer.allocUnsafe(1 << 16);
  #filled = 0;

  /** All memory that the table takes. */
  get bytes(): number {
    return this.#pool.length + (this.#slots.length + this.#entries.length) * 4;
  }

  /** The bytes in which canonical texts stand. */
  get pool(): Buffer {
    return this.#pool;
  }

  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const entries = this.#entries;
    const mask = slots.length - 1;
    for (let slot = mixed(hash) & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] ?? unknownArgument;
      if (entry === unknownArgument) return entry;
      if (entries[entry * entryWords] === hash && this.#holds(entry, bytes, start, end)) return entry;
    }
  }

  /**
   * Adds what was not found. `canonical`: "same" where the argument is its canonical text, undefined where it takes more than
   * the argument to tell. `related`: see `isRelated`.
   */
  add(argument: ByteText, hash: number, canonical: ByteText | "same" | undefined, related: boolean): number {
    const entry = this.#size;
    this.#size += 1;
    if (this.#size * entryWords > this.#entries.length) {
      const larger = new Int32Array(this.#entries.length * 2);
      larger.set(this.#entries);
      this.#entries = larger;
    }
    const start = this.#put(argument);
    const end = this.#filled;
    const canonicalStart = canonical === "same" ? start : canonical === undefined ? -1 : this.#put(canonical);
    this.#entries.set([hash, start, end, canonicalStart, this.#filled, related ? 1 : 0], entry * entryWords);
    if (this.#size * 2 <= this.#slots.length) this.#place(entry);
    else {
      this.#slots = new Int32Array(this.#slots.length * 2).fill(unknownArgument);
      for (let each = 0; each < this.#size; each += 1) this.#place(each);
    }
    return entry;
  }

  /** Whether its canonical text is known. */
  isKnown(entry: number): boolean {
    return (this.#entries[entry * entryWords + 3] ?? 0) >= 0;
  }

  /** In the braces of a tuple it may mean something together with others (`mayRelate`). */
  isRelated(entry: number): boolean {
    return this.#entries[entry * entryWords + 5] === 1;
  }

  isCanonical(entry: number): boolean {
    return this.#entries[entry * entryWords + 3] === this.#entries[entry * entryWords + 1];
  }

  /** Where its canonical text begins in the pool. */
  startOf(entry: number): number {
    return this.#entries[entry * entryWords + 3] ?? 0;
  }

  endOf(entry: number): number {
    return this.#entries[entry * entryWords + 4] ?? 0;
  }

  textOf(entry: number): string {
    return this.#pool.toString("utf8", this.startOf(entry), this.endOf(entry));
  }

  #holds(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#entries[entry * entryWords + 1] ?? 0;
    const size = end - start;
    if ((this.#entries[entry * entryWords + 2] ?? 0) - from !== size) return false;
    const pool = this.#pool;
    for (let at = 0; at < size; at += 1) if (pool[from + at] !== bytes[start + at]) return false;
    return true;
  }

  /** Where it begins; it ends where the next will begin. */
  #put({ chunk, start, end }: ByteText): number {
    const at = this.#filled;
    const needed = at + end - start;
    if (needed > this.#pool.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#pool.length * 2));
      this.#pool.copy(larger, 0, 0, at);
      this.#pool = larger;
    }
    // What is copied may stand in the old pool: it is still there.
    chunk.copy(this.#pool, at, start, end);
    this.#filled = needed;
    return at;
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = mixed(this.#entries[entry * entryWords] ?? 0) & mask;
    while (this.#slots[slot] !== unknownArgument) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return once ^ (once >>> 13);
}
