import type { Span } from "./span.ts";

/**
 * How a name was written.
 * - `plain`: `Base`, `sin`, also names only old Julias print raw: `#s15`, `##ex-#258`, `doctest-PR650`
 * - `var`: `var"#1#2"`
 * - `operator`: `Base.:(+)`, or a bare `===` as in `typeof(===)`
 * - `bare-operator`: `Base.:+`
 * - `operator-var`: `Base.:(var"==")`, Julia >= 1.11
 * - `getfield`: `getfield(M, Symbol("#1#2"))`, Julia <= 1.4; only the last segment of a path
 */
export type SegmentStyle = "plain" | "var" | "operator" | "bare-operator" | "operator-var" | "getfield";

export interface Segment {
  readonly name: string;
  readonly style: SegmentStyle;
}

/** `Base.Iterators.Pairs`, `M.var"#1#2"`, `Int64`. */
export interface Path {
  readonly kind: "path";
  readonly span: Span;
  readonly segments: readonly [Segment, ...Segment[]];
}
/** `Array{Float64, 1}`; an empty list is `Union{}`. */
export interface Application {
  readonly kind: "application";
  readonly span: Span;
  readonly head: TypeExpr;
  readonly parameters: readonly TypeExpr[];
}
/** `lower<:name<:upper`; `T>:L` is kept as `lower` with `flipped`. */
export interface TypeVariable {
  readonly name: Segment;
  readonly lower?: TypeExpr;
  readonly upper?: TypeExpr;
  readonly flipped: boolean;
}
/** `body where variable`; `braced` for `where {T}`. One variable a node: `A where {B, C}` nests. */
export interface UnionAll {
  readonly kind: "union-all";
  readonly span: Span;
  readonly body: TypeExpr;
  readonly variable: TypeVariable;
  readonly braced: boolean;
}
/** `(T where T)`: parentheses that only group. */
export interface Group {
  readonly kind: "group";
  readonly span: Span;
  readonly inner: TypeExpr;
}
/** A value tuple `(1, :a)`, `(:a,)`, `()`, or a named one `(a=1, b=2)`: `names` then has one entry an item. */
export interface TupleValue {
  readonly kind: "tuple";
  readonly span: Span;
  readonly items: readonly TypeExpr[];
  readonly names?: readonly string[];
}
/**
 * A symbol value. `name` is the symbol's own text (escapes undone); `spelling` says how it was written:
 * `quoted` `:a`, `:+`; `var` `:var"a b"`; `call` `Symbol("a b")`; `parens` `:(+)`.
 * `escaped` is false where the printing Julia left `\`, `"` or `$` bare inside `Symbol("…")` (<= 1.10).
 */
export interface SymbolLiteral {
  readonly kind: "symbol";
  readonly span: Span;
  readonly name: string;
  readonly spelling: "quoted" | "var" | "call" | "parens";
  readonly escaped: boolean;
}
/** A number as it was written: `3`, `-1`, `0x01`, `1.5f`, `inf`, `nan`, `-inf`; `true` and `false` too. */
export interface Literal {
  readonly kind: "literal";
  readonly span: Span;
  readonly type: "integer" | "hex" | "float" | "bool";
  readonly text: string;
}
/** `typeof(f)`, `Core.kwftype(typeof(f))`, `Char(0x61000000)`, `reinterpret(Char, 0x…)`, `Dates.Hour(value=1)`, `T()`. */
export interface Call {
  readonly kind: "call";
  readonly span: Span;
  readonly callee: TypeExpr;
  readonly arguments: readonly CallArgument[];
}
export interface CallArgument {
  /** The field's name in a printed struct value, `Dates.Hour(value=1)`. */
  readonly name?: string;
  readonly value: TypeExpr;
}

export type TypeExpr = Path | Application | UnionAll | Group | TupleValue | SymbolLiteral | Literal | Call;
export type Kind = TypeExpr["kind"];
export type NodeOf<K extends Kind> = Extract<TypeExpr, { readonly kind: K }>;

/** One `precompile(…)` directive: its signature, a `Tuple{…}` or a `Tuple{…} where …`. */
export interface StatementTree {
  readonly signature: TypeExpr;
}

/** Walks trees exhaustively by type: a new kind breaks every algebra that forgot it. */
export type Algebra<T> = { readonly [K in Kind]: (node: NodeOf<K>, recur: (child: TypeExpr) => T) => T };

export function foldWith<T>(algebra: Algebra<T>): (node: TypeExpr) => T {
  const recur = (node: TypeExpr): T =>
    (algebra[node.kind] as (node: TypeExpr, recur: (child: TypeExpr) => T) => T)(node, recur);
  return recur;
}
