import type { ByteLine } from "./line-reader.ts";

/**
 * Which lines were seen before, without holding them: 128 bits of hash a line in one open-addressed table. Two lines of
 * ten million share a hash less than once in 10^24 runs, unless somebody made them to, and then only a sighting is lost.
 */
export class LineTable {
  #slots = new Int32Array(1 << 12).fill(-1);
  #hashes = new Int32Array(1 << 12);
  #counts = new Int32Array(1 << 10);
  #size = 0;

  /** How many distinct lines were added: the key that the next new one gets. */
  get size(): number {
    return this.#size;
  }

  /** The line's key, its number in order of first sight from 0 on. */
  add(line: ByteLine): number {
    hashInto(line);
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = (hash[0] ?? 0) & mask; ; slot = (slot + 1) & mask) {
      const key = slots[slot] ?? -1;
      if (key === -1) return this.#insert(slot);
      if (this.#holds(key)) {
        this.#counts[key] = (this.#counts[key] ?? 0) + 1;
        return key;
      }
    }
  }

  /** The hash of the line with that key, 16 bytes: the same in every process. */
  hashOf(key: number): Buffer {
    const bytes = Buffer.allocUnsafe(16);
    for (let lane = 0; lane < 4; lane += 1) bytes.writeInt32LE(this.#hashes[key * 4 + lane] ?? 0, lane * 4);
    return bytes;
  }

  /** The keys of the lines that occurred more than once, each with how often. */
  *repeated(): Generator<readonly [key: number, count: number]> {
    for (let key = 0; key < this.#size; key += 1) {
      const count = this.#counts[key] ?? 0;
      if (count > 1) yield [key, count];
    }
  }

  #holds(key: number): boolean {
    const at = key * 4;
    const hashes = this.#hashes;
    return (
      hashes[at] === hash[0] && hashes[at + 1] === hash[1] && hashes[at + 2] === hash[2] && hashes[at + 3] === hash[3]
    );
  }

  #insert(slot: number): number {
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

/** The hash of the line at hand: one buffer for all, as a million small arrays would cost more than the hashing. */
const hash = new Int32Array(4);

/** Four lanes of multiply-and-rotate, eight bytes a turn, finished with the avalanche of MurmurHash3. */
function hashInto({ chunk, words, start, end }: ByteLine): void {
  let a = 0x243f6a88 ^ (end - start);
  let b = 0x85a308d3 | 0;
  let c = 0x13198a2e;
  let d = 0x03707344;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const first = words.getInt32(at, true);
    const second = words.getInt32(at + 4, true);
    a = Math.imul(a ^ first, 0x9e3779b1);
    a = (a << 13) | (a >>> 19);
    b = Math.imul(b ^ second, 0x85ebca77);
    b = (b << 17) | (b >>> 15);
    c = Math.imul(c ^ (first + b), 0xc2b2ae3d);
    c = (c << 11) | (c >>> 21);
    d = Math.imul(d ^ (second + a), 0x27d4eb2f);
    d = (d << 19) | (d >>> 13);
  }
  for (; at < end; at += 1) {
    const byte = chunk[at] ?? 0;
    a = Math.imul(a ^ byte, 0x165667b1);
    b = Math.imul(b + byte, 0x9e3779b1);
    c = Math.imul(c ^ (byte + b), 0x85ebca77);
    d = Math.imul(d + (byte ^ a), 0xc2b2ae3d);
  }
  hash[0] = avalanche(a + d);
  hash[1] = avalanche(b ^ a);
  hash[2] = avalanche(c + b);
  hash[3] = avalanche(d ^ c);
}

function avalanche(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
