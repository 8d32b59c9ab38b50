import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TypeExpr } from "../../grammar/type-expr.ts";
import { folds, foldsOfRenamed } from "../../src/statement/folds.ts";
import { mapChildren, mapVariable } from "../../src/statement/map-type-expr.ts";
import { repairs } from "../../src/statement/repair.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { randomStatement, withoutSpans } from "../syntax/random-tree.ts";
import { canonicalType, statementFrom } from "./statement-of.ts";

describe("folds", () => {
  it.each([...folds, ...foldsOfRenamed])("$name: $example.before", ({ example }) => {
    expect(canonicalType(example.before)).toBe(example.after);
    expect(canonicalType(example.after)).toBe(example.after);
  });
});

describe("repairs", () => {
  it.each(repairs)("$name: $example.before", ({ name, example }) => {
    const spelled = statementFrom(`precompile(Tuple{Base.Val{${example.before}}})`);
    const meant = statementFrom(`precompile(Tuple{Base.Val{${example.after}}})`);
    expect(spelled.repairs).toEqual([name]);
    expect(meant.repairs).toEqual([]);
    expect(spelled.canonical).toBe(meant.canonical);
    expect(canonicalType(example.before)).toBe(example.after);
  });
});

describe("operators", () => {
  it.each([
    ["typeof(+)", 'typeof(var"+")'],
    ["typeof(<:)", "typeof(Core.:(<:))"],
    ["typeof(Base.:+)", "typeof(Base.:(+))"],
    ['typeof(Base.:(var"=="))', "typeof(Base.:(==))"],
    ['typeof(Base.:(var"`"))', 'typeof(Base.var"`")'],
  ])("%s", (spelling, canonical) => expect(canonicalType(spelling)).toBe(canonical));
});

describe("runs of equal elements", () => {
  it.each([
    ["NTuple{3, Int64}", "Tuple{Int64, Int64, Int64}"],
    ["Tuple{Char, Vararg{Int64, 4}}", "Tuple{Char, Int64, Int64, Int64, Int64}"],
    ["Tuple{Int64, Vararg{Int64, 200}}", `Tuple{${Array(201).fill("Int64").join(", ")}}`],
    ["NTuple{1000000, UInt8}", "NTuple{1000000, UInt8}"],
    [`Tuple{Char, ${Array(300).fill("UInt8").join(", ")}}`, "Tuple{Char, Vararg{UInt8, 300}}"],
    ["Tuple{Char, Char, Vararg{Char, 300}}", "NTuple{302, Char}"],
    ["Tuple{Array{T, 1} where T, Array{S, 1} where S}", "Tuple{Array{T1, 1} where T1, Array{T1, 1} where T1}"],
    ["NTuple{2, Array{S, 1} where S}", "Tuple{Array{T1, 1} where T1, Array{T1, 1} where T1}"],
    ["NTuple{0, Int64}", "Tuple{}"],
    ["Tuple{Char, Vararg{Int64, 0}}", "Tuple{Char}"],
    ["NTuple{N, Int64} where N", "NTuple{T1, Int64} where T1"],
    ["Tuple{Char, Vararg{Int64}}", "Tuple{Char, Vararg{Int64}}"],
  ])("%s", (spelling, canonical) => expect(canonicalType(spelling)).toBe(canonical));

  it("are counted where writing them out would take more than a string can hold", () => {
    const name = "a".repeat(200_000);
    const counted = `NTuple{255, ${name}}`;
    expect(canonicalType(counted)).toBe(counted);
    expect(canonicalType(`Tuple{${Array(255).fill(name).join(", ")}}`)).toBe(counted);
  });

  it("does not grow without bound where counted tuples nest", () => {
    const bomb = `${"NTuple{9, ".repeat(60)}Int64${"}".repeat(60)}`;
    expect(canonicalType(bomb).length).toBeLessThan(4000);
  });
});

describe("bound variables", () => {
  it.each([
    ["Base.Dict{K, V} where V where K", "Base.Dict{T1, T2} where T2 where T1"],
    ["Array{T1, N} where N", "Array{T1, T2} where T2"],
    ["Base.Pair{A, Array{A, 1} where A} where A", "Base.Pair{T1, Array{T2, 1} where T2} where T1"],
    ["Array{#s15, 1} where #s15<:Real", "Array{T1, 1} where T1<:Real"],
    ["Array{M.T, 1} where T", "Array{M.T, 1} where T1"],
    ["A{T} where T<:(B{T} where T)", "A{T1} where T1<:(B{T2} where T2)"],
    ["Vararg{Type{N} where N, N} where N", "Vararg{Type{T1} where T1}"],
    ["Vararg{Array{T, N}, N} where N", "Vararg{Array{T, T1}, T1} where T1"],
  ])("%s", (spelling, canonical) => expect(canonicalType(spelling)).toBe(canonical));

  it("leave no trace in the digest", () => {
    fc.assert(
      fc.property(randomStatement, (tree) => {
        const signature = withOtherNames(tree.signature, new Map());
        expect(statementOf({ signature }).digest).toBe(statementOf(tree).digest);
      }),
    );
  });
});

/** Gives every bound variable a name that occurs nowhere else. */
function withOtherNames(node: TypeExpr, scope: ReadonlyMap<string, string>): TypeExpr {
  if (node.kind === "path" && node.segments.length === 1) {
    const name = scope.get(node.segments[0].name);
    return name === undefined ? node : { ...node, segments: [{ name, style: "plain" }] };
  }
  if (node.kind !== "union-all") return mapChildren(node, (child) => withOtherNames(child, scope));
  const name = `other${scope.size}`;
  const bounds = mapVariable(node.variable, (bound) => withOtherNames(bound, scope));
  const inner = new Map(scope).set(node.variable.name.name, name);
  return { ...node, body: withOtherNames(node.body, inner), variable: { ...bounds, name: { name, style: "plain" } } };
}

it("canonicalizes a canonical tree to itself", () => {
  fc.assert(
    fc.property(randomStatement, (tree) => {
      const once = statementOf(tree);
      const twice = statementOf(once.tree);
      expect(twice.canonical).toBe(once.canonical);
      expect(withoutSpans(twice.tree)).toEqual(withoutSpans(once.tree));
      expect(twice.repairs).toEqual([]);
      expect(statementFrom(once.canonical).digest).toBe(once.digest);
    }),
    { numRuns: 1000 },
  );
});
