import type { LineHash } from "../statement/provenance.ts";

/** How many bytes behind a line have to be readable, as a line is read in blocks. What they hold does not matter. */
export const readAhead = 16;

export function newLineHash(): LineHash {
  return new Int32Array(4);
}

/**
 * Hashes the line that begins at `start` into `hash`; gives the place of its line feed, which must be there.
 * One loop looks for the feed and hashes, as the line's bytes are then read once. Sixteen bytes a turn: four lanes of
 * multiply and rotate, and each word is in all lanes a turn later: lines that differ somewhere differ in three lanes at
 * least before they could meet again. Finished as MurmurHash3 does.
 */
export function hashLine(words: DataView, start: number, hash: LineHash): number {
  let a = 0x243f6a88;
  let b = 0x85a308d3 | 0;
  let c = 0x13198a2e;
  let d = 0x03707344;
  for (let at = start; ; at += 16) {
    let w0 = words.getInt32(at, true);
    let w1 = words.getInt32(at + 4, true);
    let w2 = words.getInt32(at + 8, true);
    let w3 = words.getInt32(at + 12, true);
    const f0 = feedIn(w0);
    const f1 = feedIn(w1);
    const f2 = feedIn(w2);
    const f3 = feedIn(w3);
    const found = (f0 | f1 | f2 | f3) !== 0;
    let end = at;
    if (found) {
      const word = f0 !== 0 ? 0 : f1 !== 0 ? 1 : f2 !== 0 ? 2 : 3;
      const feeds = f0 !== 0 ? f0 : f1 !== 0 ? f1 : f2 !== 0 ? f2 : f3;
      end = at + word * 4 + ((31 - Math.clz32(feeds & -feeds)) >> 3);
      const mask = (end - at) * 4;
      w0 &= masks[mask] ?? 0;
      w1 &= masks[mask + 1] ?? 0;
      w2 &= masks[mask + 2] ?? 0;
      w3 &= masks[mask + 3] ?? 0;
    }
    a = Math.imul(rotated(a, 13) ^ w0, 0x9e3779b1) + b;
    b = Math.imul(rotated(b, 17) ^ w1, 0x85ebca77) + c;
    c = Math.imul(rotated(c, 11) ^ w2, 0xc2b2ae3d) + d;
    d = Math.imul(rotated(d, 19) ^ w3, 0x27d4eb2f) + a;
    b ^= d;
    c ^= b;
    a ^= c;
    if (found) {
      finish(hash, a, b, c, d ^ (end - start));
      return end;
    }
  }
}

/** Of a text that need not stand on one line; it is only good until the next is asked for. */
export function hashText(text: string): LineHash {
  const size = Buffer.byteLength(text);
  if (size + 1 + readAhead > scratch.length) scratch = Buffer.alloc((size + 1 + readAhead) * 2);
  scratch.write(text);
  scratch[size] = feed;
  const words = new DataView(scratch.buffer, scratch.byteOffset, scratch.length);
  textHash.fill(0);
  for (let start = 0; start <= size; ) {
    start = hashLine(words, start, lineHash) + 1;
    for (let lane = 0; lane < 4; lane += 1) textHash[lane] = Math.imul(textHash[lane] ?? 0, 31) + (lineHash[lane] ?? 0);
  }
  return textHash;
}

const feed = 10;
let scratch = Buffer.alloc(1 << 12);
const textHash = newLineHash();
const lineHash = newLineHash();

/** Makes every bit depend on all lanes. */
function finish(hash: LineHash, a: number, b: number, c: number, d: number): void {
  const all = (a + b + c + d) | 0;
  const f = avalanche(b + all);
  const g = avalanche(c + all);
  const h = avalanche(d + all);
  const sum = (avalanche(all) + f + g + h) | 0;
  hash[0] = sum;
  hash[1] = f + sum;
  hash[2] = g + sum;
  hash[3] = h + sum;
}

/** Which bytes of a word before and at its first line feed are left, for each place of the feed in a block. */
const masks = Int32Array.from({ length: 16 * 4 }, (_, index) => {
  const bytes = Math.min(4, Math.max(0, Math.floor(index / 4) - (index % 4) * 4));
  return bytes === 4 ? -1 : (1 << (bytes * 8)) - 1;
});

/** The lowest bit that is set is the highest one of the first line feed; 0: there is none. */
function feedIn(word: number): number {
  const zeroed = word ^ 0x0a0a0a0a;
  return (zeroed - 0x01010101) & ~zeroed & 0x80808080;
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function avalanche(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
