import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ingest } from "../../src/trace/ingest.ts";
import { Heard } from "../samples.ts";

const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));
const inTuple = (piece: string, last = "A") => [`precompile(Tuple{`, piece, `${last}})`] as const;
/** The same lines over and over would be read once. */
const numbered = (text: string): string => text.replaceAll("\n", (_, at) => ` #${at}\n`);

/** What stands around a text of some length, and the piece that it repeats. */
const around: Readonly<Record<string, readonly [before: string, piece: string, after: string]>> = {
  "a name of many operators": ["precompile(Tuple{a", ".:+", "})"],
  "a name of many quoted parts": ["precompile(Tuple{a", '.var"x"', "})"],
  "a name of many parts": inTuple("a."),
  "a long name": inTuple("a", ""),
  "a name with hyphens": inTuple("a-", ""),
  "a long number": inTuple("1", ""),
  "a long fraction": ["precompile(Tuple{0.", "1", "})"],
  "bounds without a variable": inTuple("<:A,"),
  "variables in braces": ["precompile(Tuple{A where {", "T,", "T}})"],
  "a chain of where": ["precompile(Tuple{A", " where T", "})"],
  "many small types with variables": inTuple("A where T,"),
  "brackets that open": ["precompile(Tuple", "{A", ""],
  "parentheses that open": ["precompile(", "(", ""],
  "statements cut at their start": ["", "precompile(", ""],
  "statements cut later": ["", "precompile(Tuple{A", ""],
  "symbols that end at an escaped quote": inTuple('Symbol("\\"),'),
  "symbols that end nowhere": inTuple('Symbol("\\")x'),
  "names that end at an escaped quote": inTuple('var"\\"'),
  "names that end nowhere": ["precompile(Tuple{", 'var"', ""],
  "a symbol of backslashes": ['precompile(Tuple{Symbol("', "\\\\", '")})'],
  "operators that end nowhere": ["precompile(Tuple{A", '.:(var"', ""],
  "other operators that end nowhere": ["precompile(Tuple{A", ".:(", ""],
  "what no token starts with": inTuple("@"),
  "counted tuples of a long name": ["precompile(Tuple{NTuple{255, ", "a", "}})"],
  "many counted tuples": inTuple("NTuple{255,A},NTuple{255,B},"),
  "a union of a few": ["precompile(Tuple{Union{", "A,B,", "C}})"],
  "a union inside unions": [`precompile(Tuple{${"Union{A,Type{".repeat(40)}Tuple{`, "b,c,", `c}${"}}".repeat(40)}})`],
  "fields of a named tuple": ["precompile(Tuple{@NamedTuple{", "a::B,", "a}})"],
  "fields of a value": ["precompile(Tuple{Val{(", "a=1,", "a=1)}})"],
  "two arguments": ["precompile(f, (", "A,", "))"],
  "comments that open": ["precompile(Tuple{A}) ", "#=", ""],
  "comments that close": ["precompile(Tuple{A}) ", "#= =#", ""],
  "times that are none": ["", "#= 1", ""],
  "marks before other text": ["precompile(Tuple{A}) ", "# recompile ", "x"],
  "a time that is none": ["precompile(Tuple{A}) # time: ", "1", "x"],
  "blanks before other text": ["precompile(Tuple{A})", " ", "x"],
  "closing brackets before other text": ["try precompile(Tuple{A})", " )", "x"],
  "blanks inside a time": ["#=", " ", "1.0 ms =# precompile(Tuple{A})"],
  "a @snoopc line": ['1\t"Tuple{', 'A",', "A}"],
  NULs: ["", "\0", ""],
  colours: ["", "\u001b[1m", ""],
  "control characters": ["precompile(Tuple{A}) ", "\u0001", ""],
  "what is no UTF-8": ["precompile(Tuple{A", "\u00ff", "})"],
};

/** A file of a length. */
const files: Readonly<Record<string, (length: number) => string>> = {
  ...Object.fromEntries(
    Object.entries(around).map(([name, [before, piece, after]]) => [
      name,
      (length: number) => before + fill(piece, length) + after,
    ]),
  ),
  "lines that each open a statement and a quote": (length) => numbered(fill('" precompile(Tuple{Symbol("\n', length)),
  "statements that are broken and never end": (length) =>
    numbered(fill(`precompile(Tuple{\n${"A,\n".repeat(254)}`, length)),
  "a broken statement with blanks before a line break in quotes": (length) =>
    fill(`precompile(Tuple{A, Symbol("x\n")}) #${" ".repeat(length / 2)}"\nx"\n`, length),
  "lines that close much": (length) => numbered(fill(`try precompile(Tuple{A})${" )".repeat(400)} x\n`, length)),
  "lines that catch much": (length) =>
    numbered(fill(`try precompile(Tuple{A})${" )".repeat(300)} catch ${"end x".repeat(200)}\n`, length)),
  "lines with much in front": (length) => numbered(fill(`${"try ".repeat(490)}precompile(Tuple{A})\n`, length)),
};

const folder = mkdtempSync(join(tmpdir(), "preimage-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe("a hostile file", () => {
  it("takes steps in proportion to its length", { timeout: 60_000 }, () => {
    const warm = written(
      "warm.jl",
      Object.values(files)
        .map((file) => `${file(64)}\n`)
        .join(""),
    );
    const paths = Object.values(files).flatMap((file, index) =>
      [8_000, 16_000].map((length) => written(`${index}-${length}.jl`, file(length))),
    );
    const script = join(import.meta.dirname, "count-steps.ts");
    const printed = execFileSync(process.execPath, [script, warm, ...paths], { encoding: "utf8" });
    const steps = printed.trimEnd().split("\n").slice(1).map(Number);
    const growth = Object.keys(files).map((name, index) => {
      const [some = 0, more = Number.NaN] = steps.slice(index * 2);
      return { name, some, growth: more / some };
    });
    expect(growth.filter((each) => !(each.some > 10 && each.growth < 2.2))).toEqual([]);
  });

  // Where an expression or a copy takes the square of it, this does not come to an end.
  it.each(Object.entries(files))("is read to its end: %s", { timeout: 10_000 }, (name, file) => {
    // A copy is fast: it takes a longer text to see that there are too many.
    const text = file(name.startsWith("a name of many") ? 1024 * 1024 : 192 * 1024);
    const sink = new Heard();
    ingest([written("long.jl", text)], sink);
    expect(sink.sightings.length + sink.damages.length).toBeLessThanOrEqual(text.length);
  });
});
