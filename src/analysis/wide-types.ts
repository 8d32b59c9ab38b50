import type { TypeExpr } from "../../grammar/type-expr.ts";
import type { Statement } from "../statement/statement.ts";
import { isOpen } from "./residual-cause.ts";

/** Types that have no instances of their own, as far as their names tell. */
const abstractNames = new Set([
  "Any",
  "Function",
  "Type",
  "Integer",
  "Number",
  "Real",
  "AbstractString",
  "AbstractArray",
  "Tuple",
  "NamedTuple",
  "IO",
  "Exception",
  "AbstractDict",
  "TypeofBottom",
  "AbstractFloat",
  "Signed",
  "Unsigned",
]);

/**
 * Whether the types of a statement are such that an image keeps no native code of it, as far as their names tell: a guess
 * for what no bake has judged.
 */
export function looksWide({ tree }: Pick<Statement, "tree">): boolean {
  return isOpen(tree.signature) || hasWide(tree.signature);
}

function hasWide(signature: TypeExpr): boolean {
  if (signature.kind === "group") return hasWide(signature.inner);
  return signature.kind === "union-all" || (signature.kind === "application" && signature.parameters.some(isWide));
}

const isWide = (position: TypeExpr): boolean =>
  position.kind === "union-all" ||
  (position.kind === "path" && abstractNames.has(position.segments.at(-1)?.name ?? ""));
