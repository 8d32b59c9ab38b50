import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LineHash } from "../../src/statement/provenance.ts";
import { hashLine, hashText, newLineHash, readAhead } from "../../src/trace/line-hash.ts";
import { LineTable } from "../../src/trace/line-table.ts";

/** Of a line in the middle of a chunk, as the reader has it; what stands behind its end does not count. */
function hashOf(bytes: Buffer, behind = "\nafter"): LineHash {
  const chunk = Buffer.concat([Buffer.from("before\n"), bytes, Buffer.from(behind), Buffer.alloc(readAhead)]);
  const hash = newLineHash();
  const words = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const end = hashLine(words, 7, hash);
  if (end !== 7 + bytes.length) throw new Error(`the line feed is at ${7 + bytes.length}, not at ${end}`);
  return hash;
}

/** What the table must say, told by a plain map. */
function reference(lines: readonly Buffer[]): { keys: number[]; fresh: boolean[]; repeated: [number, number][] } {
  const counts = new Map<string, [key: number, count: number]>();
  const keys: number[] = [];
  const fresh: boolean[] = [];
  for (const line of lines) {
    const known = counts.get(line.toString("hex"));
    const entry = known ?? [counts.size, 0];
    entry[1] += 1;
    counts.set(line.toString("hex"), entry);
    keys.push(entry[0]);
    fresh.push(known === undefined);
  }
  return { keys, fresh, repeated: [...counts.values()].filter(([, count]) => count > 1) };
}

function observed(lines: readonly Buffer[], expected?: number): ReturnType<typeof reference> {
  const table = new LineTable(expected);
  const fresh: boolean[] = [];
  const keys = lines.map((line) => {
    const distinct = table.size;
    const key = table.add(hashOf(line));
    fresh.push(key === distinct);
    return key;
  });
  return {
    keys,
    fresh,
    repeated: [...table.repeated()].map(([key, count]) => [key, count]),
  };
}

function check(lines: readonly Uint8Array[]): void {
  const buffers = lines.map((line) => Buffer.from(line));
  for (const expected of [undefined, 0, 1, 3, 100_000]) expect(observed(buffers, expected)).toEqual(reference(buffers));
}

describe("the table of lines", () => {
  it("knows a line again by its bytes alone", () => {
    check(["a", "b", "a", "", "A", "", "a"].map((text) => Buffer.from(text)));
  });

  it("agrees with a set of lines", () => {
    const bytes = fc.uint8Array({ maxLength: 40 }).map((line) => line.filter((byte) => byte !== 10));
    fc.assert(fc.property(fc.array(bytes, { maxLength: 200 }), check));
  });

  it("agrees with a set of short lines of few letters, which repeat and differ in their last bytes", () => {
    const bytes = fc.uint8Array({ maxLength: 7, max: 2 });
    fc.assert(fc.property(fc.array(bytes, { maxLength: 400 }), check));
  });

  it("tells lines apart that differ in one byte, at any place and of any length", () => {
    const lines: Buffer[] = [];
    for (let length = 0; length <= 33; length += 1) {
      lines.push(Buffer.alloc(length, 120));
      for (let at = 0; at < length; at += 1) {
        for (const byte of [0, 119, 121, 255]) {
          const line = Buffer.alloc(length, 120);
          line[at] = byte;
          lines.push(line);
        }
      }
    }
    check(lines);
  });

  it("tells apart lines of zero bytes by their length", () => {
    check(Array.from({ length: 64 }, (_, length) => Buffer.alloc(length)));
  });

  it("grows with 60,000 lines, of which every third is known", () => {
    const line = (number: number): Buffer => Buffer.from(`precompile(Tuple{typeof(Main.f${number}), Int64})`);
    const lines = Array.from({ length: 60_000 }, (_, index) => line(index % 3 === 2 ? index % 1_000 : index));
    check(lines);
  });

  it("finds what was added, and adds nothing by looking", () => {
    const table = new LineTable();
    const [first, second] = [hashOf(Buffer.from("first")), hashOf(Buffer.from("second"))];
    expect(table.find(first)).toBeUndefined();
    table.add(first);
    expect([table.find(first), table.find(second), table.size]).toEqual([0, undefined, 1]);
    expect([...table.repeated()]).toEqual([]);
  });
});

describe("the hash of a line", () => {
  it("is of its bytes alone, wherever it stands and whatever follows", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 20 }), (bytes, behind) => {
        const line = Buffer.from(bytes.filter((byte) => byte !== 10));
        expect(hashOf(line, `\n${Buffer.from(behind).toString("latin1")}`)).toEqual(hashOf(line));
      }),
    );
  });

  it("finds the first line feed, at any place and among bytes that look like one", () => {
    for (let length = 0; length <= 49; length += 1) {
      for (const byte of [0, 9, 11, 0x8a, 0x0b, 255]) hashOf(Buffer.alloc(length, byte), "\n\n\n");
    }
  });

  it("of a text on one line is the line's, and of several lines depends on each and their order", () => {
    expect([...hashText("größe")]).toEqual([...hashOf(Buffer.from("größe"))]);
    const texts = ["a\nb", "b\na", "ab", "a\n\nb", "a\nb\n", "\na\nb", "", "\n", "x".repeat(100_000)];
    expect(new Set(texts.map((text) => hashText(text).join())).size).toBe(texts.length);
  });

  it("keeps apart numbered lines in each half of its bits", () => {
    const halves = [new Set<number>(), new Set<number>()];
    for (let number = 0; number < 200_000; number += 1) {
      const [a = 0, b = 0, c = 0, d = 0] = hashOf(Buffer.from(`precompile(Tuple{typeof(Main.f${number}), Int64})`));
      halves[0]?.add(a * 2 ** 21 + (b >>> 11));
      halves[1]?.add(c * 2 ** 21 + (d >>> 11));
    }
    expect(halves.map(({ size }) => size)).toEqual([200_000, 200_000]);
  });
});
