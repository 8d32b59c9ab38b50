import { calleeName } from "./calls.ts";
import { readVarBody } from "./quoted-text.ts";
import type { Span } from "./span.ts";
import type { Application, Call, Path, Segment, SymbolLiteral, TypeExpr } from "./type-expr.ts";

// What people and Julia's `show` write shorter than `--trace-compile` prints it. The tree holds the long form.

/** A field of `@NamedTuple{name::type}`; without a type it may hold anything. */
export interface Field {
  readonly name: Segment;
  readonly type?: TypeExpr;
}

/** `@NamedTuple{a::T, b}` is `NamedTuple{(:a, :b), Tuple{T, Any}}`. */
export function namedTuple(fields: readonly Field[], span: Span): Application {
  const names = fields.map(({ name }) => symbolOf(name.name, span));
  const types = fields.map(({ type }) => type ?? pathOf(["Any"], span));
  return applied("NamedTuple", [{ kind: "tuple", span, items: names }, applied("Tuple", types, span)], span);
}

/**
 * `@Kwargs{a::T, b::T}` is `Base.Pairs{Symbol, T, Tuple{Symbol, Symbol}, @NamedTuple{a::T, b::T}}`, as Julia 1.10 and 1.11
 * have it. Undefined where the values differ: what they have in common only Julia knows.
 */
export function keywordValues(fields: readonly Field[], span: Span): Application | undefined {
  const types = fields.map(({ type }) => type ?? pathOf(["Any"], span));
  const [value = applied("Union", [], span)] = types;
  if (new Set(types.map(withoutSpans)).size > 1) return undefined;
  const keys = fields.map(() => pathOf(["Symbol"], span));
  const head = pathOf(["Base", "Pairs"], span);
  const parameters = [pathOf(["Symbol"], span), value, applied("Tuple", keys, span), namedTuple(fields, span)];
  return { kind: "application", span, head, parameters };
}

const withoutSpans = (type: TypeExpr): string =>
  JSON.stringify(type, (key, value: unknown) => (key === "span" ? undefined : value));

/** `MIME"text/plain"` is `MIME{Symbol("text/plain")}`. */
export const mimeType = (image: string, span: Span): Application =>
  applied("MIME", [symbolOf(readVarBody(image.slice('MIME"'.length, -1)), span)], span);

/** `Core.kwfunc(f)`: a function without a name, whose type has one. */
export const isSorter = (node: TypeExpr): boolean =>
  node.kind === "call" && node.arguments.length === 1 && calleeName(node) === "Core.kwfunc";

/** `typeof(Core.kwfunc(f))` is `Core.kwftype(typeof(f))`; the sorter is taken out of `sorters`. */
export function sorterTypeOf({ arguments: [only], span }: Call, sorters: Set<TypeExpr>): Call | undefined {
  if (only?.value.kind !== "call" || !sorters.delete(only.value)) return undefined;
  const [called] = only.value.arguments;
  return called && call(["Core", "kwftype"], call(["typeof"], called.value, called.value.span), span);
}

/** A bound without a variable, as in `Type{<:Number}`: the variable that Julia gives it, and the bound. */
export interface InlineBound {
  readonly variable: Path;
  readonly flipped: boolean;
  readonly bound: TypeExpr;
}

/** `Type{<:A}` is `Type{T} where T<:A`, of a `T` that nothing else is named like. */
export function boundedOutside(node: Application, bounds: ReadonlyMap<TypeExpr, InlineBound>): TypeExpr {
  let body: TypeExpr = node;
  for (const parameter of node.parameters.toReversed()) {
    const inline = bounds.get(parameter);
    if (inline === undefined) continue;
    const { variable, flipped, bound } = inline;
    const limit = flipped ? { lower: bound } : { upper: bound };
    body = {
      kind: "union-all",
      span: node.span,
      body,
      variable: { name: variable.segments[0], flipped, ...limit },
      braced: false,
    };
  }
  return body;
}

/** As Julia names it: `#` keeps the name out of reach of what people write. */
export const inlineVariable = (index: number, span: Span): Path => ({
  kind: "path",
  span,
  segments: [{ name: `#inline${index}`, style: "var" }],
});

const pathOf = ([first = "", ...rest]: readonly string[], span: Span): Path => ({
  kind: "path",
  span,
  segments: [plain(first), ...rest.map(plain)],
});
const plain = (name: string): Segment => ({ name, style: "plain" });
const applied = (head: string, parameters: readonly TypeExpr[], span: Span): Application => ({
  kind: "application",
  span,
  head: pathOf([head], span),
  parameters,
});
const call = (callee: readonly string[], value: TypeExpr, span: Span): Call => ({
  kind: "call",
  span,
  callee: pathOf(callee, span),
  arguments: [{ value }],
});
const symbolOf = (name: string, span: Span): SymbolLiteral => ({
  kind: "symbol",
  span,
  name,
  spelling: /^[A-Za-z_]\w*$/.test(name) ? "quoted" : "call",
  escaped: true,
});
