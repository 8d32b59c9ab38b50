import type { StatementTree } from "../../grammar/type-expr.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parseStatement } from "../syntax/parse-statement.ts";

/** A statement as it stood on a line. */
export interface FoundStatement {
  readonly tree: StatementTree;
  readonly spelling: string;
  /** From `--trace-compile-timing`, in milliseconds. */
  readonly compileMs?: number;
  /** Julia >= 1.12 marks what it had compiled before. */
  readonly recompile: boolean;
}

/** `start` is an offset into the line as it stood in the file. */
export interface LineDamage {
  readonly diagnostic: Diagnostic;
  readonly start: number;
}

export interface TraceLine {
  readonly statements: readonly FoundStatement[];
  readonly damage: readonly LineDamage[];
}

const nothing: TraceLine = { statements: [], damage: [] };

const timing = /^#=\s*(?<ms>\d+(?:\.\d+)?)\s*(?:ms\s*)?=#/;
const recompileMark = "# recompile";
const comment = /^#(?!=)/;
const opener = /(?:#=\s*[\d.]+\s*(?:ms\s*)?=#\s*)?(?:Base\.)?precompile\(/g;

/**
 * Reads one line of trace output. Blank lines and comments hold nothing; a damaged line gives the statements that are
 * whole and reports the rest. Never throws on input.
 */
export function readTraceLine(line: string): TraceLine {
  const start = noiseEnd(line, 0);
  if (start === line.length || comment.test(line.slice(start, start + 2))) return nothing;
  const whole = readPiece(line, start, line.length);
  return whole.statements.length > 0 && !hidesStatement(line) ? whole : recover(line, whole);
}

/** Behind `# recompile`, or with its time before it, a second statement would pass for a comment on the first. */
function hidesStatement(line: string): boolean {
  if (line.indexOf("precompile(") === line.lastIndexOf("precompile(")) return false;
  const [, ...later] = [...line.matchAll(opener)];
  return later.some(
    ({ 0: text, index }) => text.startsWith("#=") || line.endsWith(recompileMark, noiseStart(line, index)),
  );
}

/** Julia processes that write to one file cut into each other's lines: what stands whole between the cuts is kept. */
function recover(line: string, whole: TraceLine): TraceLine {
  const starts = [...line.matchAll(opener)].map((match) => match.index);
  const first = starts[0] ?? 0;
  const pieces = noiseEnd(line, 0) >= first ? starts : [0, ...starts];
  if (pieces.length < 2) return whole;
  const read = pieces.map((start, index) => readPiece(line, start, pieces[index + 1] ?? line.length));
  return { statements: read.flatMap((piece) => piece.statements), damage: read.flatMap((piece) => piece.damage) };
}

/** At most one statement, or what is wrong with it. */
function readPiece(line: string, from: number, to: number): TraceLine {
  const begin = noiseEnd(line, from);
  const time = timing.exec(line.slice(begin, Math.min(to, begin + timingWidth)));
  const start = time === null ? begin : noiseEnd(line, begin + time[0].length);
  const marked = line.slice(start, noiseStart(line, to));
  const recompile = marked.endsWith(recompileMark);
  const spelling = recompile ? marked.slice(0, noiseStart(marked, marked.length - recompileMark.length)) : marked;
  const { tree, diagnostics } = parseStatement(spelling);
  if (tree === undefined) return { statements: [], damage: damageOf(diagnostics, start, line) };
  const compileMs = time?.groups?.ms;
  return {
    statements: [{ tree, spelling, recompile, ...(compileMs === undefined ? {} : { compileMs: Number(compileMs) }) }],
    damage: [],
  };
}

const timingWidth = 64;
// What does not belong to a statement and says nothing: NUL bytes of a truncated file, blanks, BOM, colours. Skipped
// one by one, as an expression that repeats them takes quadratic time, or a stack, on a line of a million blanks.
const blank = /[\0\s]/;
const colourWidth = 16;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const colourAtStart = /^\u001b\[[\d;]*m/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const colourAtEnd = /\u001b\[[\d;]*m$/;

/** Where the noise that begins at `start` ends. */
function noiseEnd(line: string, start: number): number {
  let end = start;
  for (;;) {
    if (blank.test(line.charAt(end))) end += 1;
    else if (line.charAt(end) !== "\u001b") return end;
    else {
      const colour = colourAtStart.exec(line.slice(end, end + colourWidth));
      if (colour === null) return end;
      end += colour[0].length;
    }
  }
}

/** Where the noise that ends at `end` begins. */
function noiseStart(line: string, end: number): number {
  let start = end;
  for (;;) {
    if (blank.test(line.charAt(start - 1))) start -= 1;
    else if (line.charAt(start - 1) !== "m") return start;
    else {
      const colour = colourAtEnd.exec(line.slice(Math.max(0, start - colourWidth), start));
      if (colour === null) return start;
      start -= colour[0].length;
    }
  }
}

function damageOf(diagnostics: readonly Diagnostic[], offset: number, line: string): LineDamage[] {
  return diagnostics.slice(0, 1).map((diagnostic) => {
    const span = diagnostic.at?.span ?? { start: 0, end: 0 };
    const at = { ...diagnostic.at, text: line, span: { start: span.start + offset, end: span.end + offset } };
    return { diagnostic: { ...diagnostic, at }, start: span.start + offset };
  });
}
