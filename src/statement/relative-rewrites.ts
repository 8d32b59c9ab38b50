import { calleeName } from "../../grammar/calls.ts";
import type { Span } from "../../grammar/span.ts";
import type { Application, TypeExpr } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { applicationOf, callOf, pathOf, soleName } from "./build-type-expr.ts";
import { memoryTypes } from "./core-types.ts";
import { gensymOf } from "./gensym.ts";
import { typeSorterAt } from "./sorter-folds.ts";

// What one Julia says in the words of another: the rewrites that `relatives.ts` has a row for.

/** The path with the names `to` in place of `from`, if those are all its names. */
export function renamed(
  node: TypeExpr,
  from: readonly string[],
  to: readonly [string, ...string[]],
): TypeExpr | undefined {
  return node.kind === "path" && printTypeExpr(node) === from.join(".") ? pathOf(to, node.span) : undefined;
}

/** The same for a module, of whatever is in it. */
export function moved(
  node: TypeExpr,
  from: readonly string[],
  to: readonly [string, ...string[]],
): TypeExpr | undefined {
  if (node.kind !== "path" || node.segments.length <= from.length) return undefined;
  const names = node.segments.map(({ name }) => name);
  if (!from.every((name, index) => name === names[index])) return undefined;
  return pathOf([...to, ...names.slice(from.length)], node.span);
}

/** The signature with another sorter in front, where the rewrite has one for it. */
export function withSorter(
  node: TypeExpr,
  rewrite: (called: TypeExpr, sorter: TypeExpr) => TypeExpr | undefined,
): TypeExpr | undefined {
  if (node.kind !== "application" || soleName(node) !== "Tuple") return undefined;
  const [sorter, values, called, ...rest] = node.parameters;
  if (sorter === undefined || values === undefined || called === undefined) return undefined;
  const other = rewrite(called, sorter);
  return other && { ...node, parameters: [other, values, called, ...rest] };
}

export const kwcallAt = ({ span }: TypeExpr): TypeExpr => callOf(["typeof"], [pathOf(["Core", "kwcall"], span)], span);

export const isKwcall = (node: TypeExpr): boolean => printsAs(node, "typeof(Core.kwcall)");

export const isOlderSorter = (node: TypeExpr): boolean =>
  node.kind === "call"
    ? calleeName(node) === "Core.kwftype"
    : node.kind === "path" && gensymOf(node.segments.at(-1)?.name ?? "")?.form === "keyword-sorter";

/** That of a function, or the one that all types share; a callable value has one whose name its type does not tell. */
export function olderSorterOf(called: TypeExpr, sorter: TypeExpr): TypeExpr | undefined {
  if (called.kind === "call" && calleeName(called) === "typeof")
    return callOf(["Core", "kwftype"], [called], sorter.span);
  const inner = called.kind === "union-all" ? called.body : called;
  return soleName(inner) === "Type" || soleName(inner) === "DataType" ? typeSorterAt(sorter) : undefined;
}

export function newerFix(node: TypeExpr): TypeExpr | undefined {
  if (node.kind !== "application" || node.parameters.length !== 2) return undefined;
  const position = [1, 2].find((number) => printsAs(node.head, `Base.Fix${number}`));
  if (position === undefined) return undefined;
  const number: TypeExpr = { kind: "literal", span: node.span, type: "integer", text: String(position) };
  return { ...node, head: pathOf(["Base", "Fix"], node.head.span), parameters: [number, ...node.parameters] };
}

export function olderFix(node: TypeExpr): TypeExpr | undefined {
  if (node.kind !== "application" || !printsAs(node.head, "Base.Fix")) return undefined;
  const [position, ...rest] = node.parameters;
  if (rest.length !== 2 || position?.kind !== "literal" || !/^[12]$/.test(position.text)) return undefined;
  return { ...node, head: pathOf(["Base", `Fix${position.text}`], node.head.span), parameters: rest };
}

/** `Base.GenericIOBuffer` of bytes that are held by `holder`, held otherwise. */
export function withBuffer(
  node: TypeExpr,
  holder: string,
  held: (element: TypeExpr, of: TypeExpr) => TypeExpr,
): TypeExpr | undefined {
  if (node.kind !== "application" || !printsAs(node.head, "Base.GenericIOBuffer")) return undefined;
  const [buffer] = node.parameters;
  const [element] = buffer?.kind === "application" ? buffer.parameters : [];
  if (buffer === undefined || element === undefined || soleName(buffer) !== holder) return undefined;
  return { ...node, parameters: [held(element, buffer)] };
}

export function vectorOf(element: TypeExpr, { span }: TypeExpr): Application {
  return applicationOf("Array", [element, { kind: "literal", span, type: "integer", text: "1" }], span);
}

export const isMemory = (node: TypeExpr): boolean =>
  node.kind === "path" && (memoryTypes.has(soleName(node) ?? "") || printsAs(node, "Core.AddrSpace"));

/** `Base.Pairs` of keywords with other keys, which up to Julia 1.11 are the tuple of their names. */
export function withKeys(
  node: TypeExpr,
  other: (keys: TypeExpr, names: number, span: Span) => TypeExpr | undefined,
): TypeExpr | undefined {
  if (node.kind !== "application" || node.parameters.length !== 4) return undefined;
  if (!printsAs(node.head, "Base.Pairs") && !printsAs(node.head, "Base.Iterators.Pairs")) return undefined;
  const [name, value, keys, values] = node.parameters;
  const [names] = values?.kind === "application" && soleName(values) === "NamedTuple" ? values.parameters : [];
  if (name === undefined || value === undefined || keys === undefined || values === undefined) return undefined;
  const meant = names?.kind === "tuple" ? other(keys, names.items.length, keys.span) : undefined;
  return meant && { ...node, parameters: [name, value, meant, values] };
}

export const isKeysOf = (keys: TypeExpr, names: number): boolean =>
  keys.kind === "application" &&
  soleName(keys) === "Tuple" &&
  keys.parameters.length === names &&
  keys.parameters.every((key) => soleName(key) === "Symbol");

/** For nodes that are small, or that differ from `text` in their kind. */
const printsAs = (node: TypeExpr, text: string): boolean =>
  (node.kind === "path" || node.kind === "call") && printTypeExpr(node) === text;
