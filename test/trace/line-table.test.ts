import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ByteLine } from "../../src/trace/line-reader.ts";
import { LineTable } from "../../src/trace/line-table.ts";

/** A line in the middle of a chunk, as the reader shows it. */
function lineOf(bytes: Buffer): ByteLine {
  const chunk = Buffer.concat([Buffer.from("before\n"), bytes, Buffer.from("\nafter")]);
  const words = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  return { chunk, words, start: 7, end: 7 + bytes.length, cut: false };
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

function observed(lines: readonly Buffer[]): ReturnType<typeof reference> {
  const table = new LineTable();
  const fresh: boolean[] = [];
  const keys = lines.map((line) => {
    const distinct = table.size;
    const key = table.add(lineOf(line));
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
  expect(observed(buffers)).toEqual(reference(buffers));
}

describe("the table of lines", () => {
  it("knows a line again by its bytes alone", () => {
    check(["a", "b", "a", "", "A", "", "a"].map((text) => Buffer.from(text)));
  });

  it("agrees with a set of lines", () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
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

  it("grows with 300,000 lines, of which every third is known", () => {
    const line = (number: number): Buffer => Buffer.from(`precompile(Tuple{typeof(Main.f${number}), Int64})`);
    const lines = Array.from({ length: 300_000 }, (_, index) => line(index % 3 === 2 ? index % 1_000 : index));
    check(lines);
  });

  it("does not hold on to the bytes", () => {
    const table = new LineTable();
    const bytes = Buffer.from("first");
    table.add(lineOf(bytes));
    bytes.write("other");
    expect(table.add(lineOf(bytes))).toBe(1);
    bytes.write("first");
    expect(table.add(lineOf(bytes))).toBe(0);
  });
});
