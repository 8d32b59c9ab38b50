import type { LineHash } from "../statement/provenance.ts";

/** Which lines were seen before, without holding them: their hashes in one open-addressed table. */
export class LineTable {
  #slots: Int32Array;
  #hashes: Int32Array<ArrayBuffer>;
  #counts: Int32Array<ArrayBuffer>;
  #size = 0;

  /** `expected`: for so many lines nothing has to be made larger. */
  constructor(expected = 1 << 10) {
    const room = Math.max(expected, 1);
    this.#slots = new Int32Array(2 ** (Math.ceil(Math.log2(room)) + 1)).fill(-1);
    this.#hashes = new Int32Array(room * 4);
    this.#counts = new Int32Array(room);
  }

  /** How many distinct lines were added: the key that the next new one gets. */
  get size(): number {
    return this.#size;
  }

  /** The line's key, its number in order of first sight from 0 on. */
  add(hash: LineHash): number {
    const slot = this.#slotOf(hash);
    const key = this.#slots[slot] ?? -1;
    if (key === -1) return this.#insert(slot, hash);
    this.#counts[key] = (this.#counts[key] ?? 0) + 1;
    return key;
  }

  /** The key of a line that was added before; undefined where it was not. */
  find(hash: LineHash): number | undefined {
    const key = this.#slots[this.#slotOf(hash)] ?? -1;
    return key === -1 ? undefined : key;
  }

  /** The hash of the line with that key, sharing the table's memory. */
  hashAt(key: number): LineHash {
    return this.#hashes.subarray(key * 4, key * 4 + 4);
  }

  /** The keys of the lines that occurred more than once, each with how often. */
  *repeated(): Generator<readonly [key: number, count: number]> {
    for (let key = 0; key < this.#size; key += 1) {
      const count = this.#counts[key] ?? 0;
      if (count > 1) yield [key, count];
    }
  }

  /** Where the line is, or has to go. */
  #slotOf(hash: LineHash): number {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const mask = slots.length - 1;
    const a = hash[0] ?? 0;
    const b = hash[1] ?? 0;
    const c = hash[2] ?? 0;
    const d = hash[3] ?? 0;
    for (let slot = a & mask; ; slot = (slot + 1) & mask) {
      const key = slots[slot] ?? -1;
      const at = key * 4;
      if (key === -1) return slot;
      if (hashes[at] === a && hashes[at + 1] === b && hashes[at + 2] === c && hashes[at + 3] === d) return slot;
    }
  }

  #insert(slot: number, hash: LineHash): number {
    const key = this.#size;
    this.#size += 1;
    if (key * 4 === this.#hashes.length) this.#hashes = grown(this.#hashes);
    if (key === this.#counts.length) this.#counts = grown(this.#counts);
    this.#hashes.set(hash, key * 4);
    this.#counts[key] = 1;
    this.#slots[slot] = key;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return key;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let key = 0; key < this.#size; key += 1) {
      let slot = (this.#hashes[key * 4] ?? 0) & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = key;
    }
    this.#slots = slots;
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
