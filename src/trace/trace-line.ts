import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { joinedStatement, type Stated } from "../statement/joined-statement.ts";
import { directivePrefix } from "../statement/look-up.ts";
import { type Statement, statementOf } from "../statement/statement.ts";
import { parseDirective, parseStatement } from "../syntax/parse-statement.ts";
import { syntaxCodes } from "../syntax/syntax-codes.ts";
import { documentHead, readColumns, readEntry } from "./emitted-line.ts";
import { readEnding, wrappingEnd } from "./wrapping.ts";

/** A statement as it stood on a line. */
export interface FoundStatement extends Pick<Statement, "digest" | "canonical"> {
  /** Parses to the statement. */
  readonly spelling: string;
  /** In milliseconds: from `--trace-compile-timing`, SnoopCompile or `@snoopc`. */
  readonly compileMs?: number;
  /** Julia >= 1.12 marks what it had compiled before. */
  readonly recompile: boolean;
}

/** `start` is an offset into the line as it stood in the file. */
export interface LineDamage {
  readonly diagnostic: Diagnostic;
  readonly start: number;
  /** No part of a statement is in it: a program's output, or code around the statements. */
  readonly other: boolean;
}

export interface TraceLine {
  readonly statements: readonly FoundStatement[];
  readonly damage: readonly LineDamage[];
  /** Where a statement starts that the line breaks off at a place where people break lines. */
  readonly open?: number;
}

const nothing: TraceLine = { statements: [], damage: [] };

const directive = directivePrefix.trimEnd();
const timing = /^#=\s*(?<ms>\d+(?:\.\d+)?)\s*(?:ms\s*)?=#/;
const recompileMark = "# recompile";
const comment = /^#(?:[^=]|$)|^#=(?!\s*[\d.]+\s*(?:ms\s*)?=#).*=#\s*$/;
const snooped = /^(?<nanoseconds>\d+)\t"(?<text>.*)"$/s;
const opener = /(?:#=\s*[\d.]+\s*(?:ms\s*)?=#\s*)?(?:Base\.)?precompile\(/g;

/**
 * Reads one line of trace output. Blank lines and comments hold nothing; a damaged line gives the statements that are
 * whole and reports the rest. Never throws on input.
 */
export function readTraceLine(line: string): TraceLine {
  return readPlain(line) ?? readNoisy(line);
}

/** What nearly every line of a trace is: a statement, and nothing else. */
function readPlain(line: string): TraceLine | undefined {
  const stated = joinedStatement(line);
  if (stated?.end !== line.length) return undefined;
  const { digest, canonical } = stated;
  return { statements: [{ digest, canonical, spelling: line, recompile: false }], damage: [] };
}

function readNoisy(line: string): TraceLine {
  const start = noiseEnd(line, 0);
  if (start === line.length) return nothing;
  const char = line.charCodeAt(start);
  if (char === hash && line.startsWith(directive, start)) return readTraceLine(line.slice(start + directive.length));
  if (char === hash && comment.test(line.slice(start))) return nothing;
  if (char === brace) return readDocumentLine(line, start) ?? recover(line, readPiece(line, start, line.length));
  if (char >= zero && char <= nine)
    return readSnooped(line, start) ?? recover(line, readPiece(line, start, line.length));
  const whole = readPiece(line, start, line.length);
  return whole.statements.length > 0 && !hidesStatement(line) ? whole : recover(line, whole);
}

const hash = 35;
const brace = 123;
const zero = 48;
const nine = 57;

/** `nanoseconds<TAB>"Tuple{…}"`, as `@snoopc` writes it; code at top level, which has no method, is passed over. */
function readSnooped(line: string, start: number): TraceLine | undefined {
  const { nanoseconds, text } = snooped.exec(line.slice(start, noiseStart(line, line.length)))?.groups ?? {};
  if (nanoseconds === undefined || text === undefined) return undefined;
  if (text.startsWith("<toplevel thunk>")) return nothing;
  const spelling = `precompile(${text})`;
  const { tree, diagnostics } = parseStatement(spelling);
  const offset = start + nanoseconds.length + 2 - "precompile(".length;
  if (tree === undefined) return { statements: [], damage: damageOf(openEnded(spelling, diagnostics), offset, line) };
  const { digest, canonical } = statementOf(tree);
  const compileMs = Number(nanoseconds) / 1e6;
  return { statements: [{ digest, canonical, spelling, recompile: false, compileMs }], damage: [] };
}

/** The last bracket is ours: where reading stopped at it, the signature is cut off. */
function openEnded(spelling: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const stoppedAt = diagnostics[0]?.at?.span?.start;
  return stoppedAt === spelling.length - 1 ? parseStatement(spelling.slice(0, -1)).diagnostics : diagnostics;
}

/** A line of what `preimage emit --as json` writes: the document's head, or a statement of it. */
function readDocumentLine(line: string, start: number): TraceLine | undefined {
  const text = line.slice(start, noiseStart(line, line.length));
  if (text === documentHead) return nothing;
  const entry = readEntry(text);
  if (entry === undefined) return undefined;
  const { tree, diagnostics } = parseStatement(entry.statement);
  const offset = Math.max(start, line.indexOf("precompile("));
  if (tree === undefined) return { statements: [], damage: damageOf(diagnostics, offset, line) };
  const { digest, canonical } = statementOf(tree);
  return { statements: [{ digest, canonical, spelling: entry.statement, ...entry.ending }], damage: [] };
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
  const begin = noiseEnd(line, 0);
  const pieces = begin >= first || wrappingEnd(line, begin) > begin ? [0, ...starts.slice(1)] : [0, ...starts];
  if (pieces.length < 2) return whole;
  const read = pieces.map((start, index) => readPiece(line, start, pieces[index + 1] ?? line.length));
  const open = read.at(-1)?.open;
  const parts = {
    statements: read.flatMap(({ statements }) => statements),
    damage: read.flatMap(({ damage }) => damage),
  };
  return open === undefined ? parts : { ...parts, open };
}

/** At most one statement, or what is wrong with it. */
function readPiece(line: string, from: number, to: number): TraceLine {
  const begin = noiseEnd(line, from);
  const time = timing.exec(line.slice(begin, Math.min(to, begin + timingWidth)));
  const timed = time === null ? begin : noiseEnd(line, begin + time[0].length);
  const start = wrappingEnd(line, timed);
  const piece = line.slice(start, noiseStart(line, to));
  const { stated, diagnostics } = readDirective(piece);
  if (stated === undefined) {
    const damage = damageOf(diagnostics, start, line);
    return breaksOff(diagnostics, piece) && to === line.length
      ? { statements: [], damage, open: begin }
      : { statements: [], damage };
  }
  const { digest, canonical, end } = stated;
  const columns = piece.charAt(end) === "\t" ? readColumns(piece.slice(end + 1)) : undefined;
  const ending = columns ?? readEnding(piece.slice(noiseEnd(piece, end)), start > timed);
  if (ending === undefined) return { statements: [], damage: damageOf(parseStatement(piece).diagnostics, start, line) };
  const compileMs = time?.groups?.ms === undefined ? ending.compileMs : Number(time.groups.ms);
  const found = { digest, canonical, spelling: piece.slice(0, end), recompile: ending.recompile };
  return { statements: [compileMs === undefined ? found : { ...found, compileMs }], damage: [] };
}

/** What the directive that `text` begins with states, or why it states nothing. */
function readDirective(text: string): {
  readonly stated: Stated | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const joined = joinedStatement(text);
  if (joined !== undefined) return { stated: joined, diagnostics: [] };
  const { tree, end, diagnostics } = parseDirective(text);
  return { stated: tree && { ...statementOf(tree), end }, diagnostics };
}

/** At a comma or a bracket, or inside the quotes of a symbol with a line break in it. */
function breaksOff([diagnostic]: readonly Diagnostic[], piece: string): boolean {
  if (diagnostic?.code !== syntaxCodes.ended) return false;
  return /[,{(]$/.test(piece) || piece.lastIndexOf('Symbol("') > piece.lastIndexOf('")');
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
    const { span = { start: 0, end: 0 }, text = "" } = diagnostic.at ?? {};
    const at = { ...diagnostic.at, text: line, span: { start: span.start + offset, end: span.end + offset } };
    const other = diagnostic.code === syntaxCodes["not-precompile"] && !fragment.test(text.slice(span.start, span.end));
    return { diagnostic: { ...diagnostic, at }, start: span.start + offset, other };
  });
}

/** What only statements hold, be it the tail of one. */
const fragment = /precompile\(|Tuple\{|typeof\(|\}\)\s*$/;
