import { globSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import type { DamagedLine } from "../../src/statement/provenance.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { fileReader } from "../../src/trace/file-reader.ts";
import { moduleOfFile } from "../../src/trace/module-names.ts";
import type { FoundStatement } from "../../src/trace/trace-line.ts";
import { corporaPresent, corporaRoot } from "./corpora-lines.ts";

if (!corporaPresent) console.warn(`no corpora at ${corporaRoot}: the test on public files is skipped`);

/** Every statement of the corpora that is refused, with the reason; reviewed by hand. */
const reviewed: readonly { readonly reason: string; readonly lines: number; readonly text: RegExp }[] = [
  { reason: "the body of a keyword method whose look-up the corpus left out", lines: 6, text: /precompile\(fbody, / },
  { reason: "types that are computed when the line runs", lines: 18, text: /mbody\.sig\.parameters\[1\]/ },
  { reason: "an instance that is made when the line runs", lines: 2, text: /TableDecoder\(QuantumClifford/ },
  { reason: "a closure that is made when the line runs", lines: 1, text: /typeof\(x->nothing\)/ },
  { reason: "`Union(A, B)` of Julia 0.3", lines: 1, text: /Union\(ASCIIString, UTF8String\)/ },
  { reason: "a bound of a variable that SnoopCompile forgot to print", lines: 4, text: /Stream\{A<:HTTP\.Messages/ },
  { reason: "an intrinsic function, which has no text", lines: 1, text: /#<intrinsic / },
  { reason: "broken over several lines, of which the corpus has the first only", lines: 31, text: /[,]$/ },
  { reason: "without its last bracket in Julia's own list", lines: 1, text: /AnnotatedString\{String\}\}$/ },
  { reason: "cut into by another process", lines: 1, text: /typeof\(Base\.precompile\(/ },
];

/** Statements in traces that print back otherwise, with the reason. */
const rewritten: readonly { readonly reason: string; readonly text: RegExp }[] = [
  { reason: "edited by hand: a comma without a blank", text: /:new_socket_each_instance, :num_iterations/ },
  {
    reason: "`Base.` is what the cut statement in front of it ended with",
    text: /^Base\.precompile\(Tuple\{typeof\(Base\.sleep\)/,
  },
];

interface Read {
  readonly found: readonly FoundStatement[];
  readonly damage: readonly DamagedLine[];
  readonly lines: readonly string[];
}

function readFile(file: string, path: string): Read {
  const found: FoundStatement[] = [];
  const damage: DamagedLine[] = [];
  const lines = readFileSync(file, "utf8").split("\n");
  const reader = fileReader(
    {
      found: (statement) => void found.push(statement),
      damage: (line) => void damage.push(line),
      keyOf: () => 0,
    },
    { moduleOfPackage: moduleOfFile(path) },
  );
  for (const [index, text] of lines.entries()) reader.read({ key: index, number: index + 1, text, fresh: true });
  reader.end();
  return { found, damage, lines };
}

interface CorpusFile {
  readonly file: string;
  readonly path: string;
  readonly kind: string;
}

function corpusFiles(): CorpusFile[] {
  if (!corporaPresent) return [];
  const rows = readFileSync(join(corporaRoot, "INDEX.tsv"), "utf8").trimEnd().split("\n").slice(1);
  const known = new Map(rows.map((row) => [row.split("\t")[0] ?? "", row.split("\t")]));
  return globSync(join(corporaRoot, "**/*.jl"))
    .sort()
    .map((file) => {
      const row = known.get(basename(file));
      const [kind = "trace"] = relative(corporaRoot, file).split("/");
      return { file, path: row?.[2] ?? basename(file), kind: row?.[9] ?? kind };
    });
}

const statementLine = /^(?!\s*#(?!=)).*precompile\((?!all=)/;
const isTrace = (kind: string): boolean => kind === "trace" || kind.startsWith("julia-");

describe.skipIf(!corporaPresent)("every file of the corpora", () => {
  const files = corpusFiles().map((each) => ({ ...each, read: readFile(each.file, each.path) }));

  it("has statements that are read, or refused for a reason that was reviewed", () => {
    const refused = new Map(reviewed.map(({ reason }) => [reason, 0]));
    const unexplained: string[] = [];
    const kinds = new Map<string, { files: number; lines: number; directives: number; read: number; other: number }>();
    for (const { file, kind, read } of files) {
      const counts = kinds.get(kind) ?? { files: 0, lines: 0, directives: 0, read: 0, other: 0 };
      kinds.set(kind, counts);
      counts.files += 1;
      counts.lines += read.lines.length;
      counts.directives += read.lines.filter((line) => statementLine.test(line)).length;
      counts.read += read.found.length;
      for (const { line, text, code, message } of read.damage) {
        // Of names without a module: such a statement was read.
        if (code === "PI115") continue;
        const why = reviewed.find((each) => each.text.test(text.trim()))?.reason;
        if (why !== undefined) refused.set(why, (refused.get(why) ?? 0) + 1);
        else if (statementLine.test(text)) unexplained.push(`${basename(file)}:${line} ${code} ${message}: ${text}`);
        else counts.other += 1;
      }
    }
    console.table(Object.fromEntries(kinds));
    console.table(Object.fromEntries(refused));
    expect(unexplained).toEqual([]);
    expect(Object.fromEntries(refused)).toEqual(
      Object.fromEntries(reviewed.map(({ reason, lines }) => [reason, lines])),
    );
    const sum = (pick: (counts: { directives: number; read: number }) => number): number =>
      [...kinds.values()].reduce((total, counts) => total + pick(counts), 0);
    // One line holds both, a statement and the beginning of another: it was cut into.
    expect(sum(({ read }) => read) - 1 + reviewed.reduce((total, { lines }) => total + lines, 0)).toBe(
      sum(({ directives }) => directives),
    );
  });

  it("that `--trace-compile` wrote prints back byte for byte", () => {
    const wrong: string[] = [];
    for (const { file, kind, read } of files.filter(({ kind }) => isTrace(kind)))
      for (const { spelling } of read.found) {
        if (printed(spelling) === spelling || rewritten.some(({ text }) => text.test(spelling))) continue;
        wrong.push(`${basename(file)} ${kind}: ${spelling}`);
      }
    expect(wrong).toEqual([]);
  });

  it("gives trees whose text gives the same text again", () => {
    const wrong: string[] = [];
    for (const { file, read } of files.filter(({ kind }) => !isTrace(kind)))
      for (const { canonical, spelling } of read.found) {
        const text = printed(spelling);
        if (text === undefined || printed(text) !== text) wrong.push(`${basename(file)}: ${spelling}`);
        if (printed(canonical) !== canonical) wrong.push(`${basename(file)}: ${canonical}`);
      }
    expect(wrong).toEqual([]);
  });
});

function printed(text: string): string | undefined {
  const { tree } = parseStatement(text);
  return tree && printStatement(tree);
}
