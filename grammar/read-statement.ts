import { EOF } from "chevrotain";
import { tokenize } from "./lexer.ts";
import { tooDeepAt } from "./nesting.ts";
import { StatementParser, spanOf } from "./parser.ts";
import type { Span } from "./span.ts";
import type { StatementTree } from "./type-expr.ts";

/**
 * Why a text is no statement. `ended`: it stops too early; `trailing`: the statement is whole, but more text follows;
 * `reflection`: it names a method that has no text.
 */
export interface Trouble {
  readonly kind: "unexpected" | "ended" | "nested" | "objection" | "reflection" | "trailing";
  readonly span: Span;
  readonly message?: string;
}

export type Reading =
  | { readonly tree: StatementTree; readonly trouble?: undefined /** Where the text goes on. */; readonly end: number }
  | { readonly tree?: undefined; readonly trouble: Trouble };

// Made on the first use: building it takes as long as starting Node, and most commands never parse.
let parserMade: StatementParser | undefined;

/** Reads the one statement `text` holds; a comment may follow it. Time grows with the length of the text only. */
export function readStatement(text: string): Reading {
  const reading = readDirective(text);
  const trouble = reading.tree && trailingTrouble(text, reading.end);
  return trouble === undefined ? reading : { trouble };
}

/** Reads the statement `text` begins with; what stands behind it is not looked at. */
export function readDirective(text: string): Reading {
  parserMade ??= new StatementParser();
  const parser = parserMade;
  const lexed = tokenize(text);
  const deep = tooDeepAt(lexed.tokens);
  if (deep !== undefined) return { trouble: { kind: "nested", span: spanOf(deep) } };

  parser.input = lexed.tokens;
  const tree = parser.statement();
  const refused = grammarTrouble(parser, text);
  const reached = refused === undefined ? parser.closedAt : refused.span.end;
  // Behind the statement anything may stand, and the lexer knows no comments: there its complaints mean nothing.
  if (lexed.bad !== undefined && lexed.bad.start < reached) return { trouble: { kind: "unexpected", span: lexed.bad } };
  const trouble = refused ?? parser.objections[0];
  return trouble === undefined ? { tree, end: parser.closedAt } : { trouble };
}

function grammarTrouble(parser: StatementParser, text: string): Trouble | undefined {
  // Text behind the statement is looked at by trailingTrouble: the parser cannot tell a comment from it.
  const error = parser.errors.find((each) => each.name !== "NotAllInputParsedException");
  if (error === undefined) return undefined;
  if (error.token.tokenType === EOF) return { kind: "ended", span: { start: text.length, end: text.length } };
  return { kind: "unexpected", span: spanOf(error.token) };
}

/** As Julia reads them: a `#=` that nothing closes is no comment. */
const comments = /^(?:#=.*?=#\s*)*(?:#(?!=)[^\n]*)?/s;

function trailingTrouble(text: string, end: number): Trouble | undefined {
  if (end === text.length) return undefined;
  const rest = text.slice(end).trimStart();
  const [comment = ""] = comments.exec(rest) ?? [];
  const extra = rest.slice(comment.length).trim();
  if (extra === "") return undefined;
  const start = text.indexOf(extra, end);
  return { kind: "trailing", span: { start, end: start + extra.length } };
}
