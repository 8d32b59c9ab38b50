import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { ambiguousLiterals } from "../../src/statement/ambiguous-literal.ts";
import { describeTree } from "../../src/statement/describe.ts";
import { printForJulia } from "../../src/statement/julia-text.ts";
import { portabilityOf } from "../../src/statement/portability.ts";
import { excerptStart } from "../../src/statement/provenance.ts";
import { noneOff } from "../../src/statement/repair.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { ingest } from "../../src/trace/ingest.ts";
import { readTraceLine } from "../../src/trace/trace-line.ts";
import { corpora } from "../corpora.ts";
import { repository } from "../rig.ts";
import { call, Heard } from "../samples.ts";
import { tempFolder } from "../temp-folder.ts";

/**
 * `PREIMAGE_FUZZ_RUNS=200000 vitest run test/trace/fuzz.test.ts` for a night; `PREIMAGE_FUZZ_SEED=n` for other files
 * than each day's. A failure prints the seed, and the smallest file that it could be made to fail with.
 */
const numRuns = Number(process.env.PREIMAGE_FUZZ_RUNS ?? 1_000);
const seed = Number(process.env.PREIMAGE_FUZZ_SEED ?? 1);

/** In a package's file the code around the statements is passed over: of these lines every one counts. */
const packageCode = /function|fbody|__\w*body|jl_generating_output/;
const lines: readonly Buffer[] = realLines();

function realLines(): Buffer[] {
  const own = globSync(join(repository, "corpora/{traces,statements}/**/*.jl"));
  const shared = corpora === undefined ? [] : globSync(join(corpora, "**/*.jl"));
  return [...own, ...shared].sort().flatMap((file) => {
    const all = readFileSync(file, "latin1")
      .split("\n")
      .filter((line) => line.length < 2_000 && !packageCode.test(line));
    return Array.from({ length: Math.min(all.length, 20) }, (_, index) =>
      Buffer.from(all[Math.floor((index * all.length) / 20)] ?? "", "latin1"),
    );
  });
}

const insertions = [
  ..."( ) { } [ ] , \" ' ` # $ : ; @ = | & \\ ! . - + < 0 é 😀 \t \r \v \0".split(" "),
  ...' |where|where {T, S}|<:|>:|::|#=|=#|#= 1.0 ms =#|# recompile|Symbol("|")|var"|:var"|.:(|:(|precompile(|Base.'.split(
    "|",
  ),
  ...'precompile(Tuple{|typeof(|MIME"|@NamedTuple{|which(|getfield(|try |catch; end|isdefined(A, :b) && |NTuple{3, |1\t"'.split(
    "|",
  ),
  "\u001b[0m",
  "\uFEFF",
  "a\u0301",
  "\u2028",
].map((text) => Buffer.from(text));
const bytes = [[0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0x80]].map((each) => Buffer.from(each));
const long = [
  Buffer.from("a".repeat(5_000)),
  Buffer.from("Tuple{".repeat(300)),
  Buffer.from("}".repeat(300)),
  Buffer.from(" where T".repeat(200)),
  Buffer.from(" ".repeat(3_000)),
];

type Change = (line: Buffer) => Buffer;
const at = (line: Buffer, place: number): number => place % (line.length + 1);
const place = fc.nat(100_000);
const span = fc.tuple(place, fc.nat(40));
const anyLine = fc.constantFrom(...lines);

const inserted = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...insertions) },
  { weight: 2, arbitrary: fc.constantFrom(...bytes) },
  { weight: 1, arbitrary: fc.constantFrom(...long) },
);
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(
    ([where, byte]): Change =>
      (line) => {
        const flipped = Buffer.from(line);
        // A line feed would make two lines of it; those are made of whole lines.
        if (line.length > 0) flipped[where % line.length] = byte === 10 ? 0 : byte;
        return flipped;
      },
  ),
  span.map(
    ([where, length]): Change =>
      (line) =>
        Buffer.concat([line.subarray(0, at(line, where)), line.subarray(at(line, where) + length)]),
  ),
  span.map(
    ([where, length]): Change =>
      (line) => {
        const from = at(line, where);
        return Buffer.concat([line.subarray(0, from + length), line.subarray(from)]);
      },
  ),
  fc.tuple(place, inserted).map(
    ([where, text]): Change =>
      (line) =>
        Buffer.concat([line.subarray(0, at(line, where)), text, line.subarray(at(line, where))]),
  ),
  fc.tuple(place, anyLine, place).map(
    ([where, other, from]): Change =>
      (line) =>
        Buffer.concat([line.subarray(0, at(line, where)), other.subarray(at(other, from))]),
  ),
  place.map(
    (where): Change =>
      (line) =>
        line.subarray(0, at(line, where)),
  ),
);

const changedLine = fc
  .tuple(anyLine, fc.array(changes, { maxLength: 4 }))
  .map(([line, each]) => each.reduce((changed, change) => change(changed), line));
/** In Latin-1, so that a failure is printed readably. */
const file = fc
  .array(changedLine, { minLength: 1, maxLength: 6 })
  .map((each) => each.map((line) => `${line.toString("latin1")}\n`).join(""));

/** As the reader takes it: what is no UTF-8 stays Latin-1. */
function textOf(line: string): string {
  const bytes = Buffer.from(line, "latin1");
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) ? text : line;
}

const colour = `${String.fromCharCode(27)}\\[[\\d;]*m`;
const noise = new RegExp(`^(?:[\\0\\s]|${colour})+|(?:[\\0\\s]|${colour})+$`, "g");

/** What may be passed over without a word. */
function isNothing(line: string): boolean {
  const text = line.replace(noise, "").replace(noise, "");
  return text === "" || text.startsWith("#") || /^\d+\t"<toplevel thunk>/.test(text) || keyword.test(text);
}
const keyword = /^(?:try|begin|let|else|catch;?|(?:catch;?\s*)?end[);]*)$/;

/** Every `precompile(` of a line is in a statement, in a comment behind one, or damaged at that place or later. */
function expectAccounted(line: string): void {
  const { statements, damage } = readTraceLine(line);
  if (statements.length + damage.length === 0) expect(isNothing(line)).toBe(true);
  let from = 0;
  const ranges = statements.map(({ spelling }) => {
    // Of a line of `@snoopc`, `precompile(` and its bracket are not on it.
    const found = line.indexOf(spelling, from);
    const start = found >= 0 ? found : line.indexOf(spelling.slice("precompile(".length, -1), from);
    expect(start).toBeGreaterThanOrEqual(from);
    from = start + 1;
    return [start, start + spelling.length] as const;
  });
  for (const { start } of damage) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(start).toBeLessThanOrEqual(line.length);
  }
  if (isNothing(line)) return;
  for (const { index } of line.matchAll(/precompile\(/g)) {
    const stated = ranges.some(([start, end]) => start <= index && index < end);
    const commented = ranges.some(([, end]) => end <= index && line.slice(end, index).includes("#"));
    const wrapped = ranges.some(([, end]) => end <= index && /\|\||&&|catch/.test(line.slice(end, index)));
    const reported = damage.some(({ start }) => start >= index - "Base.".length);
    expect(stated || commented || wrapped || reported, `precompile( at ${index}`).toBe(true);
  }
}

/** A statement keeps its meaning however often it is written and read. */
function expectStable(canonical: string, spelling: string): void {
  const { tree } = parseStatement(canonical);
  if (tree === undefined) throw new Error(`not read back: ${canonical}`);
  const statement = statementOf(tree);
  expect(statement.canonical).toBe(canonical);
  expect(statement.repairs).toEqual([]);
  // A list holds a statement a line.
  expect(canonical).not.toContain("\n");
  const text = printStatement(tree);
  expect(text).toBe(canonical);
  const spelled = parseStatement(spelling).tree;
  if (spelled !== undefined) {
    const printed = printStatement(spelled);
    const again = parseStatement(printed).tree;
    if (again === undefined) throw new Error(`not read back: ${printed}`);
    expect(printStatement(again)).toBe(printed);
  }
  printForJulia(statement, noneOff);
  portabilityOf(statement, {});
  describeTree(tree);
  ambiguousLiterals(tree);
}

it("reads any file without an exception, and accounts for every line of it", { timeout: 60_000 + numRuns * 20 }, () => {
  const path = join(tempFolder(), "trace.jl");
  // Whatever stands before it, a statement on a line of its own is found.
  const last = call("Base.preimage_was_here", "Float64");
  fc.assert(
    fc.property(file, (content) => {
      writeFileSync(path, `${content}${last}\n`, "latin1");
      const texts = `${content}${last}`.split("\n").map(textOf);
      const sink = new Heard();
      expect(ingest([path], sink)).toBe(texts.length);
      expect(sink.sightings.map(({ canonical }) => canonical)).toContain(last);
      for (const text of new Set(texts)) expectAccounted(text);
      for (const { canonical, spelling } of sink.sightings) expectStable(canonical, spelling);

      const told = new Set([...sink.sightings, ...sink.damages].map(({ line }) => line));
      const summed = sink.damages.reduce(
        (sum, { message }) => sum + (Number(/^(\d+) more lines? /.exec(message)?.[1] ?? 1) - 1),
        0,
      );
      const spellings = sink.sightings.map(({ spelling }) => spelling);
      const untold = texts.filter((text, index) => {
        if (told.has(index + 1) || isNothing(text) || texts.indexOf(text) < index) return false;
        return !spellings.some((spelling) => spelling.includes(text.trim().slice(0, 20)));
      });
      expect(untold.length, untold.join("\n")).toBeLessThanOrEqual(summed);
      for (const { line, start = 0, text } of sink.damages) {
        const whole = texts[line - 1]?.replace(/^\uFEFF/, line === 1 ? "" : "\uFEFF") ?? "";
        expect(start).toBeLessThanOrEqual(whole.length);
        expect(whole.slice(excerptStart(start)).startsWith(text)).toBe(true);
        expect(text.length).toBeGreaterThanOrEqual(Math.min(start - excerptStart(start), whole.length));
      }
    }),
    { numRuns, seed },
  );
});
