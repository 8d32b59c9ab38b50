import { calleeName } from "./calls.ts";
import type { Objection } from "./nodes.ts";
import type { Application, Path, TypeExpr } from "./type-expr.ts";

/** The signature that `precompile(f, (A, B))` states, or why it states none. */
export type CalledWith =
  | { readonly signature: TypeExpr; readonly objection?: undefined }
  | {
      readonly signature?: undefined;
      readonly objection: string;
      readonly kind?: Objection["kind"];
      readonly to: TypeExpr;
    };

/**
 * Julia reads `precompile(f, (A, B))` as `precompile(Tuple{Core.Typeof(f), A, B})`: `typeof(f)` for a function, `Type{f}`
 * for a type. Which of them `f` is has to be told from its text, see `calledType`.
 */
export function calledWith(callee: TypeExpr, types: TypeExpr): CalledWith {
  if (isNamed(callee, "fbody")) {
    return {
      objection: "nothing tells which method's body this is: `let fbody = …` has to stand in front of it",
      kind: "reflection",
      to: callee,
    };
  }
  if (types.kind !== "tuple" || types.names !== undefined) {
    return { objection: "the argument types are no tuple, `(A, B)`, `(A,)` or `()`", to: types };
  }
  const called = calledType(callee);
  if (called === undefined) return { objection: "what is called is neither a function nor a type", to: callee };
  const span = { start: callee.span.start, end: types.span.end };
  const parameters = isWholeSignature(called, types.items) ? types.items : [called, ...types.items];
  return { signature: { kind: "application", span, head: plain("Tuple", callee), parameters } };
}

/**
 * - `A{B}` is a type by its syntax, and what is named like one is taken for one: `HTTP.Request`, `Expr`. In Base, Core
 *   and five standard libraries of 1.5, 698 of the 709 callable names with a capital are types, and none without one is.
 *   A guess that is wrong, such as `DataType` for `typeof(Expr)`, names no method: Julia refuses it.
 * - `typeof(f)` stands for itself: PackageCompiler of 2018 took `Tuple{typeof(f), A}` apart into `typeof(f), (A,)`.
 */
function calledType(callee: TypeExpr): TypeExpr | undefined {
  switch (callee.kind) {
    case "group":
      return calledType(callee.inner);
    case "application":
    case "union-all":
      return applied("Type", callee);
    case "path": {
      return /^\p{Lu}.*[^!]$|^\p{Lu}$/u.test(lastName(callee)) ? applied("Type", callee) : typeOf(callee);
    }
    case "call": {
      const name = calleeName(callee);
      if (name === "typeof" || name === "Core.kwftype") return callee;
      return name === "Base.bodyfunction" ? typeOf(callee) : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * SnoopCompile on Julia 0.6 repeated what is called among the argument types, always for constructors
 * (`precompile(Lexers.Type, (Type{Lexers.Lexer}, String))`) and in some releases for functions
 * (`precompile(Base.print, (typeof(Base.print), String))`).
 */
function isWholeSignature(called: TypeExpr, [first]: readonly TypeExpr[]): boolean {
  if (first?.kind === "application" && isNamed(first.head, "Type")) {
    const [type] = called.kind === "application" ? called.parameters : [];
    return type?.kind === "path" && lastName(type) === "Type";
  }
  return first !== undefined && functionName(first) !== undefined && functionName(first) === functionName(called);
}

function functionName(node: TypeExpr): string | undefined {
  if (node.kind !== "call" || calleeName(node) !== "typeof") return undefined;
  const [only] = node.arguments;
  return only?.value.kind === "path" ? only.value.segments.map(({ name }) => name).join(".") : undefined;
}

const lastName = (path: Path): string => path.segments.at(-1)?.name ?? "";
const isNamed = (node: TypeExpr, name: string): boolean =>
  node.kind === "path" && node.segments.length === 1 && node.segments[0].name === name;

const plain = (name: string, { span }: TypeExpr): Path => ({
  kind: "path",
  span,
  segments: [{ name, style: "plain" }],
});
const applied = (head: string, node: TypeExpr): Application => ({
  kind: "application",
  span: node.span,
  head: plain(head, node),
  parameters: [node],
});
const typeOf = (value: TypeExpr): TypeExpr => ({
  kind: "call",
  span: value.span,
  callee: plain("typeof", value),
  arguments: [{ value }],
});
