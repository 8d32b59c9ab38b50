import { nestingLimit } from "../../grammar/nesting-limit.ts";
import type { Trouble } from "../../grammar/read-statement.ts";
import type { Span } from "../../grammar/span.ts";
import type { StatementTree, TypeExpr } from "../../grammar/type-expr.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { plainStatement } from "./plain-statement.ts";
import { type SyntaxProblem, syntaxCodes } from "./syntax-codes.ts";

export interface ParsedStatement {
  /** Absent exactly when there is a diagnostic. */
  readonly tree: StatementTree | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);
let loaded: typeof import("../../grammar/read-statement.ts") | undefined;

/** Loaded where a text takes it: most commands never meet one, and it takes as long as all else that they do. */
function grammar() {
  loaded ??= require("../../grammar/read-statement.ts") as NonNullable<typeof loaded>;
  return loaded;
}

const noDiagnostics: readonly Diagnostic[] = [];

/**
 * Reads one `precompile(Tuple{…})` or `precompile(f, (…))` text; a comment may follow it. Whatever the text is, trouble
 * comes back as a diagnostic, never thrown.
 */
export const parseStatement = (text: string): ParsedStatement => parseWith("readStatement", text);

export interface ParsedDirective extends ParsedStatement {
  /** Where the text goes on behind the statement; 0 where there is none. */
  readonly end: number;
}

/** Reads the statement `text` begins with, whatever follows it. */
export const parseDirective = (text: string): ParsedDirective => parseWith("readDirective", text);

function parseWith(read: "readStatement" | "readDirective", text: string): ParsedDirective {
  const plain = plainStatement(text);
  if (plain !== undefined) return { tree: plain, end: text.length, diagnostics: noDiagnostics };
  if (!/^[ \t\r\n]*(?:Base\.)?precompile\(/.test(text)) return refuse(text, notPrecompile(text));
  const reading = grammar()[read](text);
  if (reading.trouble !== undefined) return refuse(text, findingOf(reading.trouble, text));
  const { tree, end } = reading;
  if (!isTuple(tree.signature)) return refuse(text, notTuple(tree.signature.span, text));
  return { tree, end, diagnostics: noDiagnostics };
}

interface Finding {
  readonly problem: SyntaxProblem;
  readonly span: Span;
  readonly message: string;
  readonly hints: readonly string[];
}

function refuse(text: string, { problem, span, message, hints }: Finding): ParsedDirective {
  const code = syntaxCodes[problem];
  return { tree: undefined, end: 0, diagnostics: [{ code, severity: "error", message, at: { span, text }, hints }] };
}

function isTuple(node: TypeExpr): boolean {
  if (node.kind === "group") return isTuple(node.inner);
  if (node.kind === "union-all") return isTuple(node.body);
  if (node.kind !== "application" || node.head.kind !== "path") return false;
  const { segments } = node.head;
  return segments.length === 1 && segments[0].name === "Tuple" && segments[0].style === "plain";
}

/** The user's text in backquotes, or in double quotes where it holds a backquote itself. */
function quoted(text: string, { start, end }: Span): string {
  const part = text.slice(start, end).replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
  const short = part.length > 40 ? `${part.slice(0, 39)}…` : part;
  return short.includes("`") ? `"${short}"` : `\`${short}\``;
}

const redo = "run the workload again if the trace file was written by several processes at once";

function notPrecompile(text: string): Finding {
  const start = text.search(/\S/);
  const span = { start: Math.max(start, 0), end: text.length };
  const message = start < 0 ? "the text is blank" : `${quoted(text, span)} is not a precompile statement`;
  return {
    problem: "not-precompile",
    span,
    message,
    hints: ["write `precompile(Tuple{typeof(f), Argument})`"],
  };
}

function notTuple(span: Span, text: string): Finding {
  const message = `the signature ${quoted(text, span)} is not a \`Tuple{…}\``;
  return {
    problem: "not-tuple",
    span,
    message,
    hints: ["write the function and its argument types as `Tuple{typeof(f), Argument}`"],
  };
}

function findingOf({ kind, span, message = "" }: Trouble, text: string): Finding {
  switch (kind) {
    case "nested":
      return {
        problem: "nested",
        span,
        message: `the type is nested deeper than ${nestingLimit} levels`,
        hints: ["remove the statement: no method of a program has such a signature"],
      };
    case "ended":
      return {
        problem: "ended",
        span,
        message: "the statement is cut off before its brackets are closed",
        hints: [redo],
      };
    case "trailing":
      return {
        problem: "trailing",
        span,
        message: `${quoted(text, span)} follows the statement`,
        hints: ["put every statement on a line of its own"],
      };
    case "objection":
      return {
        problem: "objection",
        span,
        message: `${message}: ${quoted(text, span)}`,
        hints: ["write types and values only"],
      };
    case "reflection":
      return {
        problem: "reflection",
        span,
        message: `${message}: ${quoted(text, span)}`,
        hints: ["trace the workload with `preimage trace`: a trace names the method"],
      };
    case "unexpected":
      return unexpected(text, span);
  }
}

function unexpected(text: string, span: Span): Finding {
  const [printed] = /^#?<[^>]*>/.exec(text.slice(span.start)) ?? [];
  if (printed !== undefined && text.startsWith("#<", span.start)) {
    const whole = { start: span.start, end: span.start + printed.length };
    const message = `${quoted(text, whole)} is a value that Julia prints but cannot read`;
    return {
      problem: "unprintable",
      span: whole,
      message,
      hints: ["remove the statement: its type has no Julia text"],
    };
  }
  return {
    problem: "unexpected",
    span,
    message: `unexpected ${quoted(text, span)}`,
    hints: ["write the statement as `--trace-compile` prints it, or remove it"],
  };
}
