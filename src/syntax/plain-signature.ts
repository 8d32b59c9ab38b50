import { plainSegments } from "../../grammar/names.ts";
import { nameOf } from "../../grammar/nodes.ts";
import type { Span } from "../../grammar/span.ts";
import type { StatementTree, TypeExpr } from "../../grammar/type-expr.ts";

const name = String.raw`[A-Za-z_][\w!]*(?:\.[A-Za-z_][\w!]*)*`;
const plain = new RegExp(`^(?:(typeof)\\((?!where\\))(${name})\\)|(?!where$)${name})$`);
/** A name the compiler made, in a module. */
const module = String.raw`[A-Z]\w*(?:\.[A-Z]\w*)*`;
const text = String.raw`([^"\\$\s]+)`;
const quoted = new RegExp(`^(?:(${module})\\.var"${text}"|getfield\\((${module}), Symbol\\("${text}"\\)\\))$`);

/**
 * The tree of `Tuple{…}` around a name or `typeof(f)`, as the parser reads it, without the parser: most types are that, and
 * building one takes as long as reading a thousand of them. Undefined where the argument is anything else.
 */
export function plainSignature(argument: string): StatementTree | undefined {
  const span = { start: 0, end: argument.length };
  const only = plainType(argument, span) ?? quotedName(argument, span);
  return only && { signature: { kind: "application", span, head: nameOf("Tuple", span), parameters: [only] } };
}

function plainType(argument: string, span: Span): TypeExpr | undefined {
  const match = plain.exec(argument);
  if (match === null) return undefined;
  const [, callee, value = argument] = match;
  const named = nameOf(value, span);
  if (callee === undefined) return named;
  return { kind: "call", span, callee: nameOf(callee, span), arguments: [{ value: named }] };
}

/** `Main.var"#1#2"` or `getfield(Main, Symbol("#1#2"))`. */
function quotedName(argument: string, span: Span): TypeExpr | undefined {
  const [, owner, own, holder, field] = quoted.exec(argument) ?? [];
  if (owner !== undefined && own !== undefined)
    return { kind: "path", span, segments: [...plainSegments(owner), { name: own, style: "var" }] };
  if (holder === undefined || field === undefined) return undefined;
  // `NaN` and the like are values.
  if (nameOf(holder, span).kind !== "path") return undefined;
  return { kind: "path", span, segments: [...plainSegments(holder), { name: field, style: "getfield" }] };
}
