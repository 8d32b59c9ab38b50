import { calleeName } from "../../grammar/calls.ts";
import type { Kind, NodeOf, TypeExpr } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import {
  arrayAliases,
  foldAlias,
  foldArrayAlias,
  foldBareAlias,
  foldMissingParameters,
  foldOpenTuple,
  foldUnion,
  isBareAlias,
  lacksParametersInBase,
  manyParameters,
} from "./alias-folds.ts";
import { applicationOf, pathOf, soleName, symbolOf } from "./build-type-expr.ts";
import { coreTypes, memoryTypes } from "./core-types.ts";
import { exportedTypes } from "./exported-types.ts";
import { isCoreOperator, isIdentifier, isRawName, isRawSymbol, styleOf } from "./julia-name.ts";
import { childrenOf, mapVariable } from "./map-type-expr.ts";
import { foldSorter, foldSorterOfType, foldTypeSorter, relatesSorter } from "./sorter-folds.ts";
import { foldTupleRun, isCountedRun } from "./tuple-run.ts";
import { freeNames } from "./variables.ts";

/** Two spellings of one type that must meet in the store. */
export interface Fold<K extends Kind = Kind> {
  readonly name: string;
  readonly kind: K;
  /** Of an application: the only names in front of its braces that the rule looks at. */
  readonly heads?: readonly string[];
  /** Who writes the two spellings. */
  readonly bridges: string;
  readonly example: { readonly before: string; readonly after: string };
  /** The canonical node, or `undefined` where the node is canonical already. Its children are canonical. */
  readonly fold: (node: NodeOf<K>) => TypeExpr | undefined;
  /**
   * Of an application: what the rule makes of the canonical texts in its braces. Nothing, `false`; the texts that take
   * their place; or `true` where it takes a tree to tell, which is what a rule without this function is taken to say.
   */
  readonly relates?: (parameters: readonly string[], head: string) => boolean | readonly string[];
}

const rule = <K extends Kind>(fold: Fold<K>): Fold => fold as unknown as Fold;

export const folds: readonly Fold[] = [
  rule({
    name: "group",
    kind: "group",
    bridges: "Julia's printer, which puts parentheses where they are needed, and people, who put them anywhere",
    example: { before: "Type{(Array{T, 1} where T)}", after: "Type{Array{T1, 1} where T1}" },
    fold: (node) => node.inner,
  }),
  rule({
    name: "name-style",
    kind: "path",
    bridges: 'Julia <= 1.4, `getfield(M, Symbol("#1#2"))`; Julia 1.5 to 1.10, `M.:(==)`; Julia >= 1.11, `M.:(var"==")`',
    example: { before: 'getfield(Base, Symbol("#@time"))', after: 'Base.var"#@time"' },
    fold: (node) => {
      if (node.segments.every(({ name, style }, index) => style === styleOf(name, index === 0))) return undefined;
      // What is left raw here was not to be repaired.
      if (node.segments.some(isRawName)) return undefined;
      const [first, ...rest] = node.segments;
      return pathOf([first.name, ...rest.map(({ name }) => name)], node.span);
    },
  }),
  rule({
    name: "module-prefix",
    kind: "path",
    bridges: "`--trace-compile`, `Int64`, and people, `Core.Int64` and `Base.Int64`",
    example: { before: "Core.Int64", after: "Int64" },
    fold: ({ segments, span }) => {
      const [{ name: module }, { name } = { name: "" }] = segments;
      if (segments.length !== 2 || (module !== "Core" && module !== "Base")) return undefined;
      const known = coreTypes.has(name) || memoryTypes.has(name) || (module === "Base" && arrayAliases.has(name));
      return known ? pathOf([name], span) : undefined;
    },
  }),
  rule({
    name: "alias",
    kind: "path",
    bridges: "`--trace-compile`, `Nothing` and `Base.BitArray{1}`, and people, `Cvoid` and `BitVector`",
    example: { before: "Pair{Ptr{Cvoid}, BitVector}", after: "Base.Pair{Ptr{Nothing}, Base.BitArray{1}}" },
    fold: foldAlias,
  }),
  rule({
    name: "exported-type",
    kind: "path",
    bridges: "`--trace-compile`, `Base.Dict`, and people, `Dict`; `Pair` of Julia >= 1.6",
    example: {
      before: "Dict{CartesianIndex{2}, Missing}",
      after: "Base.Dict{Base.IteratorsMD.CartesianIndex{2}, Base.Missing}",
    },
    fold: ({ segments, span }) => {
      if (segments.length > 2) return undefined;
      const [first, second] = segments;
      const path = exportedTypes.get((second ?? first).name);
      if (path === undefined || path.length === segments.length) return undefined;
      return second === undefined || first.name === "Base" ? pathOf(path, span) : undefined;
    },
  }),
  rule({
    name: "core-operator",
    kind: "path",
    bridges: "`--trace-compile`, `===`, and people, `Core.:(===)`",
    example: { before: "typeof(===)", after: "typeof(Core.:(===))" },
    fold: ({ segments: [{ name }, ...more], span }) =>
      more.length === 0 && isCoreOperator(name) ? pathOf(["Core", name], span) : undefined,
  }),
  rule({
    name: "type-of-types",
    kind: "call",
    bridges: "Julia <= 1.11, `DataType`; Julia >= 1.12, `typeof(DataType)`",
    example: { before: "Base.Pair{typeof(DataType), Int64}", after: "Base.Pair{DataType, Int64}" },
    fold: (node) => {
      const [only] = node.arguments;
      if (calleeName(node) !== "typeof" || soleName(only?.value) !== "DataType") return undefined;
      return only?.value.kind === "path" ? only.value : undefined;
    },
  }),
  rule({
    name: "type-sorter",
    kind: "path",
    bridges: 'Julia <= 1.3, `Core.var"#kw##Type"` or `#kw#Type`; Julia 1.4 to 1.8, `Core.var"#Type##kw"`; SnoopCompile',
    example: { before: 'Core.var"#Type##kw"', after: "Core.kwftype(typeof(Type))" },
    fold: foldTypeSorter,
  }),
  rule({
    name: "sorter-of-type",
    kind: "call",
    bridges: "SnoopCompile, `Core.kwftype(typeof(Type))`, and people, `Core.kwftype(Type{T})`",
    example: { before: "Core.kwftype(Type{Base.Regex})", after: "Core.kwftype(typeof(Type))" },
    fold: foldSorterOfType,
  }),
  rule({
    name: "symbol",
    kind: "symbol",
    bridges: 'Julia <= 1.10, `Symbol("a b")`; Julia >= 1.11, `:var"a b"`',
    example: { before: ':var"text/plain"', after: 'Symbol("text/plain")' },
    fold: (node) => {
      const spelling = isIdentifier(node.name) ? "quoted" : "call";
      return node.spelling === spelling || isRawSymbol(node) ? undefined : symbolOf(node.name, node.span);
    },
  }),
  rule({
    name: "float",
    kind: "literal",
    bridges: "Julia <= 1.11, `1.5`; Julia >= 1.12, `1.5000000000000000`",
    example: { before: "1.5000000000000000", after: "1.5" },
    fold: (node) => {
      const [, digits, exponent, single] = /^(-?\d+(?:\.\d+)?)(?:e([-+]?\d+))?(?:f([-+]?\d+))?$/.exec(node.text) ?? [];
      if (node.type !== "float" || digits === undefined) return undefined;
      const text =
        single === undefined ? float64(`${digits}e${exponent ?? 0}`) : `${float64(digits)}f${Number(single)}`;
      return text === node.text ? undefined : { ...node, text };
    },
  }),
  rule({
    name: "variable-bounds",
    kind: "union-all",
    bridges: "Julia's printer, `Int8<:T<:Any`, and people, `T>:Int8`; also `where {T}`",
    example: { before: "Array{T, 1} where {T>:Int8}", after: "Array{T1, 1} where Int8<:T1<:Any" },
    fold: (node) => {
      const { name, lower, upper, flipped } = node.variable;
      const low = lower && soleName(lower) === "Union" && childrenOf(lower).length === 1 ? undefined : lower;
      const high = soleName(upper) === "Any" && low === undefined ? undefined : upper;
      const needed = low !== undefined && high === undefined ? pathOf(["Any"], node.span) : high;
      if (!node.braced && !flipped && low === lower && needed === upper) return undefined;
      const bounds = { ...(low && { lower: low }), ...(needed && { upper: needed }) };
      return { ...node, braced: false, variable: { name, flipped: false, ...bounds } };
    },
  }),
  rule({
    name: "open-vararg",
    kind: "union-all",
    bridges: "Julia <= 1.6, `Vararg{T, N} where N`; Julia >= 1.7, `Vararg{T}`",
    example: { before: "Vararg{Any, N} where N", after: "Vararg{Any}" },
    fold: ({ body, variable }) => {
      if (body.kind !== "application" || soleName(body) !== "Vararg") return undefined;
      const [element, count, ...more] = body.parameters;
      const { name, lower, upper } = variable;
      if (element === undefined || more.length > 0 || lower !== undefined || upper !== undefined) return undefined;
      if (count?.kind !== "path" || soleName(count) !== name.name || freeNames(element, /^/).has(name.name))
        return undefined;
      return { ...body, parameters: [element] };
    },
  }),
  rule({
    name: "array-alias",
    kind: "application",
    heads: [...arrayAliases],
    bridges: "`--trace-compile`, `Array{T, 1}`, and what Julia >= 1.6 shows and people write, `Vector{T}`",
    example: { before: "Vector{Float64}", after: "Array{Float64, 1}" },
    fold: foldArrayAlias,
  }),
  rule({
    name: "bare-alias",
    kind: "application",
    bridges: "`--trace-compile`, `Array{T, 1} where T`, and people, `Vector`",
    example: { before: "Type{Vector}", after: "Type{Array{T1, 1} where T1}" },
    fold: (node) =>
      node.parameters.some(isBareAlias) ? { ...node, parameters: node.parameters.map(foldBareAlias) } : undefined,
    // A parameter that stands alone in its braces was folded already.
    relates: () => false,
  }),
  rule({
    name: "bare-bound",
    kind: "union-all",
    bridges: "`--trace-compile`, `T<:(Array{S, N} where N where S)`, and people, `T<:Array`",
    example: {
      before: "Array{T, 1} where T<:Dict",
      after: "Array{T1, 1} where T1<:(Base.Dict{T2, T3} where T3 where T2)",
    },
    fold: (node) => {
      const { lower, upper } = node.variable;
      if (![lower, upper].some((bound) => bound !== undefined && isBareAlias(bound))) return undefined;
      return { ...node, variable: mapVariable(node.variable, foldBareAlias) };
    },
  }),
  rule({
    name: "bare-vararg",
    kind: "application",
    heads: ["Tuple"],
    bridges: "Julia >= 1.7, which may print `Vararg`, and older ones, `Vararg{Any, N} where N`",
    example: { before: "Tuple{Int64, Vararg}", after: "Tuple{Int64, Vararg{Any}}" },
    fold: (node) => {
      const last = node.parameters.at(-1);
      if (last?.kind !== "path" || soleName(last) !== "Vararg") return undefined;
      const open = applicationOf("Vararg", [pathOf(["Any"], last.span)], last.span);
      return { ...node, parameters: [...node.parameters.slice(0, -1), open] };
    },
    relates: (parameters) => (parameters.at(-1) === "Vararg" ? [...parameters.slice(0, -1), "Vararg{Any}"] : false),
  }),
  rule({
    name: "open-tuple",
    kind: "application",
    heads: ["Tuple"],
    bridges: "Julia's printer, `Tuple` and `Tuple{Vararg{T, N}}`, and people, `Tuple{Vararg{Any}}` and `NTuple{N, T}`",
    example: { before: "Tuple{Vararg{Int64, N}} where N", after: "NTuple{T1, Int64} where T1" },
    fold: foldOpenTuple,
    relates: ([only = "", ...more]) => more.length === 0 && only.startsWith("Vararg{"),
  }),
  rule({
    name: "missing-parameters",
    kind: "application",
    heads: manyParameters,
    bridges: "`--trace-compile`, `Array{Float64, N} where N`, and people, `Array{Float64}`",
    example: { before: "Type{Array{Float64}}", after: "Type{Array{Float64, T1} where T1}" },
    fold: foldMissingParameters,
    relates: (parameters) => parameters.length < 2,
  }),
  rule({
    name: "missing-parameters-in-base",
    kind: "application",
    bridges: "`--trace-compile`, `Base.Dict{String, V} where V`, and people, `Dict{String}`",
    example: { before: "Type{Dict{String}}", after: "Type{Base.Dict{String, T1} where T1}" },
    fold: (node) => (soleName(node) === undefined ? foldMissingParameters(node) : undefined),
    relates: (parameters, head) => lacksParametersInBase(head, parameters.length),
  }),
  rule({
    name: "memory-alias",
    kind: "application",
    heads: ["GenericMemory"],
    bridges: "Julia 1.11, `GenericMemory{:not_atomic, T, Core.AddrSpace{Core}(0x00)}`; Julia >= 1.12, `Memory{T}`",
    example: { before: "GenericMemory{:not_atomic, UInt8, Core.AddrSpace{Core}(0x00)}", after: "Memory{UInt8}" },
    fold: (node) => {
      const [access, element, place, ...more] = node.parameters;
      if (soleName(node) !== "GenericMemory" || element === undefined || more.length > 0) return undefined;
      if (access?.kind !== "symbol" || access.name !== "not_atomic" || place === undefined) return undefined;
      if (printTypeExpr(place) !== "Core.AddrSpace{Core}(0x00)") return undefined;
      return applicationOf("Memory", [element], node.span);
    },
  }),
  rule({
    name: "keyword-sorter",
    kind: "application",
    heads: ["Tuple"],
    bridges: "Julia <= 1.3, `#kw##f`; Julia 1.4 to 1.8, `#f##kw`; SnoopCompile, `Core.kwftype(typeof(f))`",
    example: {
      before: 'Tuple{Base.var"#sort##kw", Any, typeof(Base.sort)}',
      after: "Tuple{Core.kwftype(typeof(Base.sort)), Any, typeof(Base.sort)}",
    },
    fold: foldSorter,
    relates: relatesSorter,
  }),
];

/** Folds that compare texts: they are made when bound variables have their names. */
export const foldsOfRenamed: readonly Fold[] = [
  rule({
    name: "tuple-run",
    kind: "application",
    heads: ["Tuple", "NTuple"],
    bridges:
      "Julia <= 1.8, `Tuple{Int64, Int64, …}`; Julia >= 1.9, `NTuple{4, Int64}` and `Tuple{Char, Vararg{Int64, 4}}`",
    example: { before: "NTuple{4, Int64}", after: "Tuple{Int64, Int64, Int64, Int64}" },
    fold: foldTupleRun,
    relates: isCountedRun,
  }),
  rule({
    name: "union",
    kind: "application",
    heads: ["Union"],
    bridges: "Julia's printer, which has an order of its own, and people, who write any",
    example: { before: "Union{Nothing, Union{Int64, Nothing}}", after: "Union{Int64, Nothing}" },
    fold: foldUnion,
  }),
];

function float64(text: string): string {
  const [mantissa = "", exponent] = String(Number(text)).split("e");
  const sign = Object.is(Number(text), -0) ? "-" : "";
  const digits = sign + mantissa + (mantissa.includes(".") ? "" : ".0");
  return exponent === undefined ? digits : `${digits}e${Number(exponent)}`;
}
