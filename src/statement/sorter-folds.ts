import { calleeName } from "../../grammar/calls.ts";
import type { Application, Call, Path, TypeExpr } from "../../grammar/type-expr.ts";
import { callOf, pathOf, soleName } from "./build-type-expr.ts";

// A keyword call goes to a sorter first, which has a type of its own: one a function, and one for all types.

/** `Core.kwftype(typeof(Type))`: the sorter of every constructor. */
export function typeSorterAt({ span }: TypeExpr): Call {
  return callOf(["Core", "kwftype"], [callOf(["typeof"], [pathOf(["Type"], span)], span)], span);
}

const typeSorterNames: ReadonlySet<string> = new Set(["#Type##kw", "#kw##Type", "#kw#Type"]);

/** `Core.var"#Type##kw"`. */
export function foldTypeSorter(node: Path): TypeExpr | undefined {
  const [module, sorter] = node.segments;
  if (node.segments.length !== 2 || module.name !== "Core") return undefined;
  return typeSorterNames.has(sorter?.name ?? "") ? typeSorterAt(node) : undefined;
}

/** `Core.kwftype(Type{T})`. */
export function foldSorterOfType(node: Call): TypeExpr | undefined {
  const [called] = node.arguments;
  return calleeName(node) === "Core.kwftype" && isType(called?.value) ? typeSorterAt(node) : undefined;
}

/** `Base.var"#sort##kw"` in front of `typeof(Base.sort)`, and `Core.kwftype(typeof(M.Type))` in front of `Type{T}`. */
export function foldSorter(node: Application): TypeExpr | undefined {
  const [sorter, values, called, ...rest] = node.parameters;
  if (soleName(node) !== "Tuple" || sorter === undefined || values === undefined || called === undefined)
    return undefined;
  const meant = isType(called) ? typeSorterOf(sorter) : functionSorterOf(sorter, called);
  return meant && { ...node, parameters: [meant, values, called, ...rest] };
}

/** The same of canonical texts; `true` where it takes a tree to tell. */
export function relatesSorter(parameters: readonly string[]): boolean | readonly string[] {
  const [sorter = "", values, called = ""] = parameters;
  if (!sorter.includes("kw") || values === undefined) return false;
  if (called.startsWith("Type{"))
    return /^Core\.kwftype\(typeof\(.+\.Type\)\)$/.test(sorter) && [typeSorterText, ...parameters.slice(1)];
  if (!called.startsWith("typeof(")) return false;
  const [, module, name] = /^typeof\(([A-Za-z_][\w.!]*)\.([A-Za-z_][\w!]*)\)$/.exec(called) ?? [];
  if (name === undefined) return true;
  const sorts = sorter === `${module}.var"#${name}##kw"` || sorter === `${module}.var"#kw##${name}"`;
  return sorts && [`Core.kwftype(${called})`, ...parameters.slice(1)];
}

const typeSorterText = "Core.kwftype(typeof(Type))";

const isType = (node: TypeExpr | undefined): boolean =>
  node?.kind === "union-all" ? isType(node.body) : node?.kind === "application" && soleName(node) === "Type";

/** SnoopCompile names the module that has the constructor: `Core.kwftype(typeof(DataFrames.Type))`. */
function typeSorterOf(sorter: TypeExpr): TypeExpr | undefined {
  if (sorter.kind !== "call" || calleeName(sorter) !== "Core.kwftype") return undefined;
  return /\.Type$/.test(singleton(sorter.arguments[0]?.value) ?? "") ? typeSorterAt(sorter) : undefined;
}

/**
 * The name alone does not tell a function from a callable struct of that name, whose sorter is another one; that
 * `typeof(Base.sort)` stands behind it does.
 */
function functionSorterOf(sorter: TypeExpr, called: TypeExpr): TypeExpr | undefined {
  return sortedFunction(sorter) === singleton(called) ? callOf(["Core", "kwftype"], [called], sorter.span) : undefined;
}

/** `Base.sort` for `Base.var"#sort##kw"`. */
function sortedFunction(node: TypeExpr): string {
  if (node.kind !== "path" || node.segments.length < 2) return "";
  const names = node.segments.map(({ name }) => name);
  const [, older, newer] = /^#(?:kw##([^#]+)|([^#]+)##kw)$/.exec(names.pop() ?? "") ?? [];
  const name = newer ?? older;
  return name === undefined ? "" : [...names, name].join(".");
}

/** The function of `typeof(Base.sort)`. */
function singleton(node: TypeExpr | undefined): string | undefined {
  if (node?.kind !== "call" || calleeName(node) !== "typeof") return undefined;
  const [only] = node.arguments;
  return only?.value.kind === "path" ? only.value.segments.map(({ name }) => name).join(".") : undefined;
}
