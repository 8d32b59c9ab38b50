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

/** What does not belong to a statement and says nothing: NUL bytes of a truncated file, colours, BOM, carriage return. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const noise = /^(?:[\0\uFEFF\s]|\u001b\[[\d;]*m)+|(?:\s|\u001b\[[\d;]*m)+$/g;
const timing = /^#=\s*(?<ms>\d+(?:\.\d+)?)\s*(?:ms\s*)?=#\s*/;
const recompileMark = /\s*# recompile$/;
const comment = /^#(?!=)/;
const opener = /(?:Base\.)?precompile\(/g;

/**
 * Reads one line of trace output. Blank lines and comments hold nothing; a damaged line gives the statements that are
 * whole and reports the rest. Never throws on input.
 */
export function readTraceLine(line: string): TraceLine {
  let text = line.replace(noise, "");
  if (text === "" || comment.test(text)) return nothing;
  const time = timing.exec(text);
  if (time !== null) text = text.slice(time[0].length);
  const recompile = recompileMark.test(text);
  if (recompile) text = text.replace(recompileMark, "");
  const marks = { recompile, ...(time?.groups?.ms === undefined ? {} : { compileMs: Number(time.groups.ms) }) };

  const whole = parseStatement(text);
  if (whole.tree !== undefined) return { statements: [{ tree: whole.tree, spelling: text, ...marks }], damage: [] };
  return recover(line, text, marks, whole.diagnostics);
}

/** Julia processes that write to one file cut into each other's lines: what stands whole between the cuts is kept. */
function recover(
  line: string,
  text: string,
  marks: Pick<FoundStatement, "recompile" | "compileMs">,
  diagnostics: readonly Diagnostic[],
): TraceLine {
  const offset = Math.max(0, line.indexOf(text));
  const starts = [...text.matchAll(opener)].map((match) => match.index);
  const pieces = starts[0] === 0 ? starts : [0, ...starts];
  if (pieces.length === 1) return { statements: [], damage: damageOf(diagnostics, offset, line) };
  const statements: FoundStatement[] = [];
  const damage: LineDamage[] = [];
  pieces.forEach((start, index) => {
    const spelling = text
      .slice(start, pieces[index + 1])
      .replaceAll("\0", "")
      .trim();
    const parsed = parseStatement(spelling);
    if (parsed.tree !== undefined) statements.push({ tree: parsed.tree, spelling, ...marks });
    else if (spelling !== "") damage.push(...damageOf(parsed.diagnostics, offset + start, line));
  });
  return { statements, damage };
}

function damageOf(diagnostics: readonly Diagnostic[], offset: number, line: string): LineDamage[] {
  return diagnostics.slice(0, 1).map((diagnostic) => {
    const span = diagnostic.at?.span ?? { start: 0, end: 0 };
    const at = { ...diagnostic.at, text: line, span: { start: span.start + offset, end: span.end + offset } };
    return { diagnostic: { ...diagnostic, at }, start: span.start + offset };
  });
}
