import type { Application, Path, TypeExpr, UnionAll } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { applicationOf, pathOf, soleName } from "./build-type-expr.ts";
import { exportedTypes } from "./exported-types.ts";

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

const anything = {};
/** The same of what `Base` exports, as of 1.5.3; without those that newer Julias gave one more, such as `LinRange`. */
const parametersInBase: Readonly<Record<string, readonly { readonly below?: string }[]>> = {
  ...Object.fromEntries(
    [
      "AbstractChannel",
      "AbstractRange",
      "AbstractSet",
      "AbstractUnitRange",
      "BitArray",
      "Channel",
      "Set",
      "Some",
      "Val",
    ].map((name) => [name, [anything]]),
  ),
  ...Object.fromEntries(
    ["AbstractDict", "Dict", "IdDict", "OrdinalRange", "Pair", "StepRange", "WeakKeyDict"].map((name) => [
      name,
      [anything, anything],
    ]),
  ),
  Complex: [{ below: "Real" }],
  Rational: [{ below: "Integer" }],
  SubString: [{ below: "AbstractString" }],
  UnitRange: [{ below: "Real" }],
};

/** What `missing-parameters` looks at: of one parameter none can be missing behind braces. */
export const manyParameters: readonly string[] = Object.keys(parameters).filter(
  (name) => (parameters[name]?.length ?? 0) > 1,
);

const bareNames: ReadonlySet<string> = new Set([...arrayAliases, ...Object.keys(parameters)]);

/** `Array`, `Vector` and `Base.Dict` without parameters. */
export function isBareAlias(node: TypeExpr): boolean {
  if (node.kind !== "path") return false;
  return node.segments.length === 1 ? bareNames.has(node.segments[0].name) : parametersOfPath(node) !== undefined;
}

/** Of `Base.Dict`. */
function parametersOfPath({ segments }: Path) {
  const [module, last] = segments;
  if (last === undefined || segments.length !== 2 || module.name !== "Base") return undefined;
  return Object.hasOwn(parametersInBase, last.name) ? parametersInBase[last.name] : undefined;
}

/** Whether `Base.Dict` with so many parameters has fewer than it takes. */
export function lacksParametersInBase(head: string, count: number): boolean {
  const name = head.startsWith("Base.") ? head.slice("Base.".length) : "";
  return Object.hasOwn(parametersInBase, name) && count < (parametersInBase[name]?.length ?? 0);
}

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
  if (node.head.kind !== "path") return undefined;
  const wanted = node.head.segments.length === 1 ? parametersOf(soleName(node)) : parametersOfPath(node.head);
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
  const wanted = node.kind === "path" && name === "" ? parametersOfPath(node) : parametersOf(name);
  return wanted === undefined ? node : openOver({ kind: "application", span, head: node, parameters: [] }, wanted);
}

/**
 * Other names of a type that are the same on every machine. What stays two statements, as the type depends on more:
 * - on the machine: `Int`, `UInt` and `Dims`, `Cchar`, `Clong`, `Culong`, `Cwchar_t`, `Csize_t`, `Cssize_t`, `Cptrdiff_t`;
 * - on the Julia: `IOBuffer`, `Condition`, `StridedArray` and its kin.
 * `VecOrMat` and the like, which are unions, stay as no list at hand has one. `@Kwargs{…}`, which `show` alone prints, is
 * refused: its type of values is what the types of the fields have in common, which only a Julia can say.
 */
export const aliases: ReadonlyMap<string, readonly [type: string, parameter?: string]> = new Map([
  ["Cvoid", ["Nothing"]],
  ["Cuchar", ["UInt8"]],
  ["Cshort", ["Int16"]],
  ["Cushort", ["UInt16"]],
  ["Cint", ["Int32"]],
  ["Cuint", ["UInt32"]],
  ["Clonglong", ["Int64"]],
  ["Culonglong", ["UInt64"]],
  ["Cintmax_t", ["Int64"]],
  ["Cuintmax_t", ["UInt64"]],
  ["Cfloat", ["Float32"]],
  ["Cdouble", ["Float64"]],
  ["ComplexF16", ["Complex", "Float16"]],
  ["ComplexF32", ["Complex", "Float32"]],
  ["ComplexF64", ["Complex", "Float64"]],
  ["BitVector", ["BitArray", "1"]],
  ["BitMatrix", ["BitArray", "2"]],
]);

/** `BitVector` is `Base.BitArray{1}`, and `Cint` is `Int32`; so are `Base.BitVector` and `Base.Cint`. */
export function foldAlias({ segments, span }: Path): TypeExpr | undefined {
  if (segments.length > 2) return undefined;
  const [first, second = first] = segments;
  const meant = aliases.get(second.name);
  if (meant === undefined || (second !== first && first.name !== "Base" && first.name !== "Core")) return undefined;
  const [type, parameter] = meant;
  const head = pathOf(exportedTypes.get(type) ?? [type], span);
  if (parameter === undefined) return head;
  const inner: TypeExpr = /^\d/.test(parameter)
    ? { kind: "literal", span, type: "integer", text: parameter }
    : pathOf([parameter], span);
  return { kind: "application", span, head, parameters: [inner] };
}

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
