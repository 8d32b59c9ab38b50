import { callTrouble } from "./calls.ts";
import { literalWord, numeralType, plainSegments } from "./names.ts";
import type { Span } from "./span.ts";
import type * as ast from "./type-expr.ts";

// The nodes for which the rules alone do not say what they are.

/**
 * Text that has the right shape and a wrong meaning: the tree is then thrown away. `reflection`: it names a method that
 * only a Julia with the code loaded can name.
 */
export interface Objection {
  readonly kind: "objection" | "reflection";
  readonly span: Span;
  readonly message: string;
}

/** Takes an objection; there is none where the message is undefined. */
export type Complain = (message: string | undefined, span: Span, kind?: Objection["kind"]) => void;

/** `inf` is a value only where it stands alone. */
export function pathOrWord(segments: ast.Path["segments"], span: Span): ast.Path | ast.Literal {
  const [{ name, style }] = segments;
  const word = segments.length === 1 && style === "plain" ? literalWord(name) : undefined;
  return word === undefined ? { kind: "path", span, segments } : { kind: "literal", span, type: word, text: name };
}

interface NameMeaning {
  readonly segments: ast.Path["segments"];
  readonly word: ast.Literal["type"] | undefined;
}
/** A few thousand names make up every trace. Bounded, as a hostile one may hold a new name at every turn. */
const meanings = new Map<string, NameMeaning>();
const mostMeanings = 20_000;
const longestKept = 100;

/** What a name token says: `Int64` and `Base.Iterators.Pairs` are paths, `true` and `inf` are values. */
export function nameOf(image: string, span: Span): ast.Path | ast.Literal {
  const { segments, word } = meanings.get(image) ?? meaningOf(image);
  return word === undefined ? { kind: "path", span, segments } : { kind: "literal", span, type: word, text: image };
}

function meaningOf(image: string): NameMeaning {
  const meaning = { segments: plainSegments(image), word: literalWord(image) };
  if (image.length > longestKept) return meaning;
  if (meanings.size === mostMeanings) meanings.clear();
  meanings.set(image, meaning);
  return meaning;
}

export const numeralOf = (text: string, span: Span): ast.Literal => ({
  kind: "literal",
  span,
  type: numeralType(text),
  text,
});

/** `getfield(M, Symbol("x"))` is a path; `getfield(T{A}, Symbol("instance"))` is the value of a type without fields. */
export function fieldOf(
  owner: ast.TypeExpr,
  field: ast.SymbolLiteral,
  called: Span,
  span: Span,
  complain: Complain,
): ast.Path | ast.Call {
  if (owner.kind === "path") {
    return { kind: "path", span, segments: [...owner.segments, { name: field.name, style: "getfield" }] };
  }
  const callee: ast.Path = { kind: "path", span: called, segments: [{ name: "getfield", style: "plain" }] };
  const call: ast.Call = { kind: "call", span, callee, arguments: [{ value: owner }, { value: field }] };
  complain(callTrouble(call), span);
  return call;
}

/** `T`, `T<:U`, `T>:L` or `L<:T<:U`. */
export function bounded(
  sides: readonly ast.TypeExpr[],
  signs: readonly string[],
  span: Span,
  complain: Complain,
): ast.TypeVariable {
  const [first, second, third] = sides;
  const name = sides.length === 3 ? second : first;
  const pattern = signs.join(" ");
  if (name?.kind !== "path" || name.segments.length > 1 || !["", "<:", ">:", "<: <:"].includes(pattern)) {
    complain("`where` needs a variable: `T`, `T<:U`, `T>:L` or `L<:T<:U`", span);
    return { name: { name: "T", style: "plain" }, flipped: false };
  }
  const variable = { name: name.segments[0], flipped: pattern === ">:" };
  if (first !== undefined && third !== undefined) return { ...variable, lower: first, upper: third };
  if (second === undefined) return variable;
  return pattern === ">:" ? { ...variable, lower: second } : { ...variable, upper: second };
}

/** `(A)` groups; `(A,)`, `(A, B)`, `(a=A,)` and `()` are values. */
export function groupOrTuple(
  items: readonly ast.CallArgument[],
  commas: number,
  span: Span,
  complain: Complain,
): ast.Group | ast.TupleValue {
  const [first] = items;
  if (items.length === 1 && commas === 0 && first !== undefined && first.name === undefined) {
    return { kind: "group", span, inner: first.value };
  }
  const names = items.flatMap((item) => item.name ?? []);
  if (names.length > 0 && names.length < items.length) complain("only some of these values have a name", span);
  const tuple = { kind: "tuple", span, items: items.map((item) => item.value) } as const;
  return names.length > 0 ? { ...tuple, names } : tuple;
}

/** `(Base.Iterators).Pairs` */
export function memberOf(group: ast.TypeExpr, more: readonly ast.Segment[], span: Span, complain: Complain): ast.Path {
  if (group.kind === "group" && group.inner.kind === "path") {
    return { kind: "path", span, segments: [...group.inner.segments, ...more] };
  }
  complain("only a module has members", span);
  return { kind: "path", span, segments: [{ name: "M", style: "plain" }] };
}

/** What stands in front of the `=` of `Dates.Hour(value=1)`. */
export function fieldName(left: ast.TypeExpr, complain: Complain): string {
  if (left.kind === "path" && left.segments.length === 1) return left.segments[0].name;
  complain("a field name stands in front of `=`", left.span);
  return "";
}
