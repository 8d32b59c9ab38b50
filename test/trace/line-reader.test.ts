import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, eachLine, longestLine } from "../../src/trace/line-reader.ts";
import { tempFolder } from "../temp-folder.ts";

const chunk = 256 * 1024;

function fileOf(content: string | Buffer): string {
  const path = join(tempFolder(), "trace.jl");
  writeFileSync(path, content);
  return path;
}

/** The bytes are only good until the next line is asked for, so they are read at once. */
function linesOf(content: string | Buffer): string[] {
  const lines: string[] = [];
  eachLine(fileOf(content), (line) => void lines.push(bytesOf(line).toString("latin1")));
  return lines;
}

/** Lines of one letter as short texts: what is shown of a failure stays readable. */
const inShort = (lines: readonly string[]): string[] =>
  lines.map((line) => (new Set(line).size > 1 ? line.slice(0, 100) : `${line.charAt(0)} × ${line.length}`));

describe("lines of a file", () => {
  it.each([
    ["", []],
    ["\n", [""]],
    ["a", ["a"]],
    ["a\n", ["a"]],
    ["a\n\nb", ["a", "", "b"]],
    ["a\r\nb\r\n", ["a\r", "b\r"]],
    ["\n\n\n", ["", "", ""]],
    ["\0\0a\0\n", ["\0\0a\0"]],
  ])("%j are %j", (content, lines) => {
    expect(linesOf(content)).toEqual(lines);
  });

  it.each([-2, -1, 0, 1, 2])("are whole where one ends %i bytes from a border of what is read at once", (distance) => {
    const first = "a".repeat(chunk + distance);
    const second = "b".repeat(chunk);
    expect(inShort(linesOf(`${first}\n${second}\nc`))).toEqual(inShort([first, second, "c"]));
  });

  it("are whole, however long or short, with or without a last line feed", () => {
    const length = fc.oneof(fc.nat(40), fc.integer({ min: chunk - 3, max: chunk + 3 }), fc.nat(3 * chunk));
    fc.assert(
      fc.property(fc.array(length, { minLength: 1, maxLength: 8 }), fc.boolean(), (lengths, ends) => {
        const lines = lengths.map((size, index) => String.fromCharCode(97 + index).repeat(size));
        const read = linesOf(lines.join("\n") + (ends ? "\n" : ""));
        // A file that ends with a line feed, or in an empty line, has no line after it.
        const meant = !ends && lines.at(-1) === "" ? lines.slice(0, -1) : lines;
        expect(inShort(read)).toEqual(inShort(meant));
      }),
      { numRuns: 40 },
    );
  });

  it("may have seven million characters", () => {
    const long = `precompile(${"x".repeat(7_000_000)})`;
    const lines = linesOf(`before\n${long}\nafter\n`);
    expect(lines.map((line) => line.length)).toEqual([6, long.length, 5]);
    expect(lines[1] === long).toBe(true);
  });

  it("of a file that is not there are an error that names it", () => {
    const path = join(tempFolder(), "absent.jl");
    expect(() => eachLine(path, () => {})).toThrow(path);
  });
});

describe("a line over the limit", () => {
  const limit = 2 * chunk;
  const cutsOf = (content: string): [boolean, number][] => {
    const cuts: [boolean, number][] = [];
    eachLine(fileOf(content), (line) => void cuts.push([line.cut, line.end - line.start]), limit);
    return cuts;
  };

  it("is marked, and the lines around it are whole", () => {
    const lines = cutsOf(`before\n${"x".repeat(5 * chunk)}\nafter\nlast`);
    expect(lines.map(([cut]) => cut)).toEqual([false, true, false, false]);
    expect(lines.map(([, length]) => length <= limit)).toEqual([true, true, true, true]);
    expect([lines[0]?.[1], lines[2]?.[1], lines[3]?.[1]]).toEqual([6, 5, 4]);
  });

  it("is marked at the end of the file, with and without a line feed", () => {
    for (const end of ["", "\n"]) expect(cutsOf(`${"x".repeat(3 * chunk)}${end}`).map(([cut]) => cut)).toEqual([true]);
  });

  it("is not one that just fits", () => {
    expect(cutsOf(`${"x".repeat(limit - 1)}\nafter\n`)).toEqual([
      [false, limit - 1],
      [false, 5],
    ]);
  });

  it("is by default far longer than any line seen", () => {
    expect(longestLine).toBeGreaterThan(8 * 7_000_000);
  });
});
