import { calleeName } from "../../grammar/calls.ts";
import type { Path, StatementTree, TypeExpr } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { soleName } from "./build-type-expr.ts";
import { type GensymForm, gensymOf } from "./gensym.ts";
import { isKwcall, isOlderSorter } from "./relative-rewrites.ts";

/** What sort of thing a statement calls; a name that the compiler made says itself who made it. */
export type CalledKind =
  | "function"
  | "constructor"
  | "keyword call"
  | "callable value"
  | Exclude<GensymForm, "keyword-sorter">;

/** What a statement calls, and with arguments of which types. */
export interface Called {
  readonly kind: CalledKind;
  /** `Base.map`; of a constructor the type, `CSV.File`; of a keyword call whom it is passed on to. Without type parameters. */
  readonly name: string;
  /** Of a keyword call the named tuple is the first. */
  readonly types: readonly TypeExpr[];
}

export function calledIn({ signature }: StatementTree): Called {
  const [called, ...types] = positionsOf(signature);
  if (called === undefined) return { kind: "function", name: "", types };
  const [values, passedOn, ...rest] = types;
  if (sortsKeywords(called) && values !== undefined && passedOn !== undefined)
    return { kind: "keyword call", name: nameOf(passedOn), types: [values, ...rest] };
  return { kind: kindOf(called), name: nameOf(called), types };
}

/** The method in words: `Base.map`, `CSV.File (constructor)`. Equal for all specialisations of one name and kind. */
export function methodText({ kind, name }: Pick<Called, "kind" | "name">): string {
  return kind === "function" ? name : `${name} (${kind.replace("-", " ")})`;
}

/** What stands between the braces of the signature's `Tuple{…}`. */
function positionsOf(signature: TypeExpr): readonly TypeExpr[] {
  if (signature.kind === "application") return signature.parameters;
  if (signature.kind === "union-all") return positionsOf(signature.body);
  return signature.kind === "group" ? positionsOf(signature.inner) : [];
}

const sortsKeywords = (called: TypeExpr): boolean => isOlderSorter(called) || isKwcall(called);

function kindOf(called: TypeExpr): CalledKind {
  const inner = withoutParameters(called);
  const form = inner.kind === "path" ? gensymOf(lastName(inner))?.form : undefined;
  if (form !== undefined && form !== "keyword-sorter") return form;
  if (called.kind === "call") return "function";
  return isType(called) ? "constructor" : "callable value";
}

const nameOf = (called: TypeExpr): string => printTypeExpr(withoutParameters(called));

/** `f` of `typeof(f)`, `T` of `Type{T{A}}` and of `T{A}` alone. */
function withoutParameters(called: TypeExpr): TypeExpr {
  if (called.kind === "union-all") return withoutParameters(called.body);
  if (called.kind === "group") return withoutParameters(called.inner);
  const [value] = called.kind === "call" && calleeName(called) === "typeof" ? called.arguments : [];
  if (value !== undefined) return value.value;
  if (called.kind !== "application") return called;
  const [type] = isType(called) ? called.parameters : [];
  return withoutParameters(type ?? called.head);
}

function isType(node: TypeExpr): boolean {
  const inner = node.kind === "union-all" ? node.body : node;
  return inner.kind === "application" && soleName(inner) === "Type";
}

const lastName = ({ segments }: Path): string => segments.at(-1)?.name ?? "";
