import type { Span } from "../../grammar/span.ts";
import type { Application, Call, Path, SymbolLiteral, TypeExpr } from "../../grammar/type-expr.ts";
import { isIdentifier, styleOf } from "./julia-name.ts";

// Nodes that take the place of others: they keep the span of what they stand for, so that carets still point at it.

export function pathOf(names: readonly [string, ...string[]], span: Span): Path {
  const [first, ...rest] = names;
  return {
    kind: "path",
    span,
    segments: [
      { name: first, style: styleOf(first, true) },
      ...rest.map((name) => ({ name, style: styleOf(name, false) })),
    ],
  };
}

export function callOf(callee: readonly [string, ...string[]], values: readonly TypeExpr[], span: Span): Call {
  return { kind: "call", span, callee: pathOf(callee, span), arguments: values.map((value) => ({ value })) };
}

export function applicationOf(head: string, parameters: readonly TypeExpr[], span: Span): Application {
  return { kind: "application", span, head: pathOf([head], span), parameters };
}

/** `:a` where the name is an identifier, `Symbol("…")` with Julia's escapes everywhere else. */
export function symbolOf(name: string, span: Span): SymbolLiteral {
  return { kind: "symbol", span, name, spelling: isIdentifier(name) ? "quoted" : "call", escaped: true };
}

/** The name of a path of one segment, `Tuple` of `Tuple{Int64}` too; `undefined` for every other node. */
export function soleName(node: TypeExpr | undefined): string | undefined {
  if (node?.kind === "application") return soleName(node.head);
  return node?.kind === "path" && node.segments.length === 1 ? node.segments[0].name : undefined;
}
