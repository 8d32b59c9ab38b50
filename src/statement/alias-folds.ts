import type { Application, TypeExpr, UnionAll } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { applicationOf, pathOf, soleName } from "./build-type-expr.ts";

// Names that stand for a longer type. Julia prints the longer one, people and `show` write the shorter.

/** `Vector{T}` is `Array{T, 1}`. */
const arrays: Readonly<Record<string, readonly [head: string, dimensions: string]>> = {
  Vector: ["Array", "1"],
  Matrix: ["Array", "2"],
  AbstractVector: ["AbstractArray", "1"],
  AbstractMatrix: ["AbstractArray", "2"],
  DenseVector: ["DenseArray", "1"],
  DenseMatrix: ["DenseArray", "2"],
};

/** `Base` exports these without having them from `Core`. */
export const arrayAliases: ReadonlySet<string> = new Set(Object.keys(arrays));

/** The parameters of what `Core` exports, each with its bound: what is left out of them, any type is taken for. */
const parameters: Readonly<Record<string, readonly { readonly below?: string }[]>> = {
  Array: [{}, {}],
  AbstractArray: [{}, {}],
  DenseArray: [{}, {}],
  Ref: [{}],
  Ptr: [{}],
  Type: [{}],
  NamedTuple: [{}, { below: "Tuple" }],
};

/** What `missing-parameters` looks at: of one parameter none can be missing behind braces. */
export const manyParameters: readonly string[] = Object.keys(parameters).filter(
  (name) => (parameters[name]?.length ?? 0) > 1,
);

const bareNames: ReadonlySet<string> = new Set([...arrayAliases, ...Object.keys(parameters)]);

/** `Array` and `Vector` without parameters. */
export const isBareAlias = (node: TypeExpr): boolean =>
  node.kind === "path" && node.segments.length === 1 && bareNames.has(node.segments[0].name);

export function foldArrayAlias(node: Application): Application | undefined {
  const alias = arrays[soleName(node) ?? ""];
  const [element, ...more] = node.parameters;
  if (alias === undefined || element === undefined || more.length > 0) return undefined;
  const [head, dimensions] = alias;
  return applicationOf(
    head,
    [element, { kind: "literal", span: node.span, type: "integer", text: dimensions }],
    node.span,
  );
}

/** `Array{T}` is `Array{T, N} where N`. */
export function foldMissingParameters(node: Application): UnionAll | undefined {
  const wanted = node.head.kind === "path" ? parametersOf(soleName(node)) : undefined;
  if (wanted === undefined || node.parameters.length === 0 || node.parameters.length >= wanted.length) return undefined;
  return openOver(node, wanted.slice(node.parameters.length));
}

/** `Array` where a type is wanted is `Array{T, N} where N where T`, and `Vector` is `Array{T, 1} where T`. */
export function foldBareAlias(node: TypeExpr): TypeExpr {
  if (!isBareAlias(node)) return node;
  const { span } = node;
  const name = soleName(node) ?? "";
  const [head, dimensions] = Object.hasOwn(arrays, name) ? (arrays[name] ?? []) : [];
  if (head !== undefined && dimensions !== undefined) {
    const variable = pathOf(["#1"], span);
    const body = applicationOf(head, [variable, { kind: "literal", span, type: "integer", text: dimensions }], span);
    return boundBy(body, "#1", undefined);
  }
  const wanted = parametersOf(name);
  return wanted === undefined ? node : openOver(applicationOf(name, [], span), wanted);
}

/** `Cvoid` is `Nothing`. `Int` and `UInt` stay: which type they are depends on the machine. */
export const coreAliases: ReadonlyMap<string, string> = new Map([["Cvoid", "Nothing"]]);

const parametersOf = (name = "") => (Object.hasOwn(parameters, name) ? parameters[name] : undefined);

/** The type for any of the missing parameters; their names are such as nothing in a type can have. */
function openOver(node: Application, missing: readonly { readonly below?: string }[]): UnionAll {
  const names = missing.map((_, index) => `#${index + 1}`);
  const open: Application = {
    ...node,
    parameters: [...node.parameters, ...names.map((name) => pathOf([name], node.span))],
  };
  return missing.reduceRight<TypeExpr>(
    (body, { below }, index) => boundBy(body, names[index] ?? "", below),
    open,
  ) as UnionAll;
}

function boundBy(body: TypeExpr, name: string, below: string | undefined): UnionAll {
  const { span } = body;
  const upper = below === undefined ? {} : { upper: pathOf([below], span) };
  return {
    kind: "union-all",
    span,
    body,
    variable: { name: { name, style: "var" }, flipped: false, ...upper },
    braced: false,
  };
}

/** `Tuple{Vararg{T, N}}` of any `N` is `NTuple{N, T}`; a number in its place is counted out elsewhere. */
export function foldOpenTuple(node: Application): TypeExpr | undefined {
  const [only, ...more] = node.parameters;
  if (soleName(node) !== "Tuple" || more.length > 0 || only?.kind !== "application" || soleName(only) !== "Vararg")
    return undefined;
  const [element, count] = only.parameters;
  if (element === undefined) return undefined;
  if (count?.kind === "path") return applicationOf("NTuple", [count, element], node.span);
  return count === undefined && soleName(element) === "Any" && element.kind === "path"
    ? pathOf(["Tuple"], node.span)
    : undefined;
}

/** The parts of a union in the order of their texts, each once. */
export function foldUnion(node: Application): TypeExpr {
  if (node.parameters.length === 0) return node;
  const parts = new Map<string, TypeExpr>();
  for (const part of node.parameters.flatMap(unionParts)) parts.set(printTypeExpr(part), part);
  const sorted = [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
  const [only] = sorted;
  if (only !== undefined && sorted.length === 1) return only;
  const same =
    sorted.length === node.parameters.length && sorted.every((part, index) => part === node.parameters[index]);
  return same ? node : { ...node, parameters: sorted };
}

const unionParts = (node: TypeExpr): readonly TypeExpr[] =>
  node.kind === "application" && soleName(node) === "Union" ? node.parameters : [node];
