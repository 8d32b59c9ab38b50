import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { atLeast } from "../../src/julia/julia-version.ts";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { coreTypes } from "../../src/statement/core-types.ts";
import { folds, foldsOfRenamed } from "../../src/statement/folds.ts";
import { printForJulia } from "../../src/statement/julia-text.ts";
import { relativeKey } from "../../src/statement/relatives.ts";
import { noneOff, type RepairsOff } from "../../src/statement/repair.ts";
import { repairRules } from "../../src/statement/replay-repair.ts";
import { type Statement, type StatementDigest, statementOf } from "../../src/statement/statement.ts";
import { withoutRepairs } from "../../src/statement/unrepaired.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { corpora } from "../corpora.ts";
import { Rig } from "../rig.ts";
import { statementFrom } from "../statement/statement-of.ts";
import { corpusLines } from "../syntax/corpora-lines.ts";
import { compareTypes, type TypePair } from "./compare-types.ts";
import { realToolchain } from "./toolchain.ts";

let toolchain: Toolchain;
beforeAll(async () => {
  toolchain = await realToolchain();
});

const juliaText = (statement: Pick<Statement, "tree" | "unrepaired">, off: RepairsOff = noneOff): string => {
  const text = printForJulia(statement, off);
  return text.ok ? text.value : `no text: ${text.error}`;
};

it("every fold joins two spellings of one type", async () => {
  const here = [...folds, ...foldsOfRenamed].filter(
    ({ name }) => name !== "memory-alias" || atLeast(toolchain.version, 1, 11),
  );
  const pairs = here.map(({ example }): TypePair => {
    // A run of arguments is no parameter of anything but a tuple.
    const inTuple = (type: string) => (type.startsWith("Vararg") ? `Tuple{${type}}` : `Tuple{Base.Val{${type}}}`);
    const after = juliaText(statementFrom(`precompile(${inTuple(example.after)})`));
    return [`eval ${inTuple(example.before)}`, after];
  });
  const results = await compareTypes(toolchain, pairs, new Rig());
  expect(results.map(({ result }, index) => `${here[index]?.name}: ${result}`)).toEqual(
    here.map(({ name }) => `${name}: same`),
  );
});

it("Core exports the types of the table, and Base exports the same", async () => {
  const names = [...coreTypes].filter((name) => name !== "Vararg" || !atLeast(toolchain.version, 1, 7));
  const pairs = names.flatMap((name): TypePair[] => [
    [`eval Base.${name}`, `Core.${name}`],
    [`eval ${name}`, `Core.${name}`],
  ]);
  const results = await compareTypes(toolchain, pairs, new Rig());
  expect(results.flatMap(({ result }, index) => (result === "same" ? [] : [pairs[index], result]))).toEqual([]);
});

it("types that are said in several ways meet, and others do not", async () => {
  const sets = [
    ["Core.Int64", "Base.Int64", "Int64", "Union{Int64}"],
    ["Tuple", "Tuple{Vararg{Any}}", "Tuple{Vararg{Any, N} where N}"],
    ["Tuple{Int64, Vararg{Int64, 2}}", "NTuple{3, Int64}", "Base.NTuple{3, Int64}"],
    ["NTuple{N, T} where N where T", "Tuple{Vararg{S, M}} where M where S"],
    ["Vector", "Array{T, 1} where T", "Array{Val, 1} where Val", "Base.Vector", "(Array{T, 1} where T)"],
    ["Array", "Array{T, N} where N where T", "Array{T} where T", "Array{T, N} where {T, N}"],
    ["AbstractMatrix{Int64}", "AbstractArray{Int64, 2}"],
    ["NamedTuple{(:a,)}", "NamedTuple{(:a,), T} where T<:Tuple"],
    ["@NamedTuple{a::Int64, b}", "NamedTuple{(:a, :b), Tuple{Int64, Any}}"],
    ["Union{Nothing, Int64}", "Union{Int64, Nothing}", "Union{Int64, Union{Nothing, Int64}}"],
    ["Type", "Type{T} where T"],
    ["Ref", "Ref{T} where T"],
    ["Ptr{Cvoid}", "Ptr{Nothing}"],
    ['getfield(Base, Symbol("#@time"))', 'Base.var"#@time"'],
    ["typeof(===)", "typeof(Core.:(===))"],
    ["Base.Val{1.50}", "Base.Val{1.5}"],
    ["Dict{String, Any}", "Base.Dict{String, Any}"],
    ["Dict", "Base.Dict", "Dict{K, V} where V where K", "Dict{K} where K"],
    ["Dict{String}", "Base.Dict{String, V} where V"],
    ["Complex", "Base.Complex{T} where T<:Real"],
    ["CartesianIndex{2}", "Base.CartesianIndex{2}", "Base.IteratorsMD.CartesianIndex{2}"],
    ["ComplexF64", "Base.ComplexF64", "Complex{Float64}", "Base.Complex{Float64}"],
    ["BitVector", "BitArray{1}", "Base.BitArray{1}"],
    ["Cint", "Base.Cint", "Int32"],
    ["Cdouble", "Float64"],
    ["Vector{<:Real}", "Array{T, 1} where T<:Real", "Vector{T} where T<:Real"],
    ["Vector{>:Int64}", "Array{T, 1} where T>:Int64"],
    ["Vector{<:Array}", "Array{T, 1} where T<:(Array{S, N} where N where S)", "Vector{T} where T<:Array"],
    ["Vector{<:Vector{<:Dict}}", "Array{T, 1} where T<:(Array{S, 1} where S<:(Base.Dict{K, V} where V where K))"],
    ["DataType", "typeof(DataType)", "Core.DataType", "typeof(Base.DataType)"],
    [
      'Core.var"#Type##kw"',
      "Core.kwftype(typeof(Type))",
      "Core.kwftype(typeof(Core.Type))",
      "Core.kwftype(Type{Regex})",
    ],
    ["Dict{Key, Val} where Val<:Pair where Key", "Base.Dict{A, B} where B<:(Base.Pair{C, D} where D where C) where A"],
  ];
  const wrong: string[] = [];
  for (const spellings of sets) {
    const digests = new Set(spellings.map((type) => statementFrom(`precompile(Tuple{Base.Val{${type}}})`).digest));
    if (digests.size > 1) wrong.push(`several digests: ${spellings.join(" and ")}`);
  }
  expect(wrong).toEqual([]);
  const readable = (type: string) => !type.startsWith("@") || atLeast(toolchain.version, 1, 5);
  const types = sets.flatMap((spellings, set) =>
    spellings.filter(readable).map((type) => ({ type, set, inTuple: `Tuple{Base.Val{${type}}}` })),
  );
  const results = await compareTypes(
    toolchain,
    types.map(({ inTuple }): TypePair => [`eval ${inTuple}`, juliaText(statementFrom(`precompile(${inTuple})`))]),
    new Rig(),
  );
  expect(results.map(({ result }, index) => `${types[index]?.type}: ${result}`)).toEqual(
    types.map(({ type }) => `${type}: same`),
  );
  for (const [index, { alike }] of results.entries())
    expect(types[alike]?.set, types[index]?.type).toBe(types[index]?.set);
});

it("what a name stands for on one machine only stays a statement of its own", async () => {
  const names = ["Int", "UInt", "Cchar", "Clong", "Culong", "Csize_t", "Cwchar_t", "IOBuffer", "Dims"];
  const inTuple = (type: string) => `Tuple{Base.Val{${type}}}`;
  const written = names.map((name) => juliaText(statementFrom(`precompile(${inTuple(name)})`)));
  expect(written).toEqual(names.map(inTuple));
  const pairs = written.map((text): TypePair => [`eval ${text}`, text]);
  const results = await compareTypes(toolchain, pairs, new Rig());
  expect(results.map(({ result }) => result)).toEqual(names.map(() => "same"));
});

const lost = [
  "Val{Int8(-5)}",
  "Val{Int16(7)}",
  "Val{Int32(10)}",
  "Val{1.0}",
  "Val{1/3}",
  'Val{Symbol("a\\nb")}',
  "Val{(a=1,b=2.0)}",
  "Val{Ptr{Cvoid}(16)}",
  "Val{C_NULL}",
  "Val{(:)}",
  "Val{Base.Fix2(==,1)}",
  "typeof(Core.Intrinsics.add_int)",
  String.raw`typeof(dateformat"yyyy-mm-dd\\THH:MM:SS.s")`,
];

describe.skipIf(corpora === undefined)("over real traces", () => {
  it("a digest is a type, and a type a digest", async () => {
    const spelled = new Map<StatementDigest, Map<string, Statement>>();
    for (const pattern of ["julia-1.*/*.jl", "julia-1.*/stdlib-tests/*.jl"]) {
      for (const { text } of corpusLines(pattern)) {
        const { tree } = parseStatement(text);
        if (tree === undefined) continue;
        const statement = statementOf(tree);
        const known = spelled.get(statement.digest) ?? new Map<string, Statement>();
        // As it was printed: what the folds made of it must be the same type.
        spelled.set(statement.digest, known.set(juliaText({ tree }), statement));
      }
    }
    const cases = [...spelled].flatMap(([digest, texts]) =>
      [...texts].map(([text, statement]) => ({ digest, text, statement, canonical: juliaText(statement) })),
    );
    const pairs = cases.map(({ text, canonical }): TypePair => [text, canonical]);
    const results = await compareTypes(toolchain, pairs, new Rig());
    const resolved = results.filter(({ alike }) => alike >= 0).length;
    console.log(`${spelled.size} statements in ${cases.length} spellings; ${resolved} resolve in Julia 1.5.3`);
    expect(resolved).toBeGreaterThanOrEqual(31_939);
    const differ = results.flatMap(({ result }, index) => (result === "differ" ? [cases[index]] : []));
    expect(differ).toEqual([]);
    const split = results.flatMap(({ alike }, index) => {
      const [a, b] = [cases[index], cases[alike]];
      if (a === undefined || b === undefined || a.digest === b.digest) return [];
      // What this Julia has under both names, newer ones have moved.
      return relativeKey(a.statement) === relativeKey(b.statement) ? [] : [[a.canonical, b.canonical]];
    });
    expect(split).toEqual([]);
  });

  it("of 187 values that Julia printed 139 are read back as they are, and 174 with repairs", async () => {
    const rows = readFileSync(join(corpora ?? "", "julia-1.5.3/roundtrip.tsv"), "utf8")
      .split("\n")
      .map((line) => line.split("\t"))
      .flatMap(([source = "", text = ""]) => {
        const { tree } = /\bZoo\b|->/.test(source) ? {} : parseStatement(text);
        return tree === undefined ? [] : [{ source, tree }];
      });
    const off: RepairsOff = new Set(repairRules.map(({ name }) => name));
    const share = async (repairsOff: RepairsOff) => {
      const pairs = rows.map(({ source, tree }): TypePair => {
        return [`eval Tuple{typeof(gg), Type{${source}}}`, juliaText(withoutRepairs(tree, repairsOff), repairsOff)];
      });
      const results = await compareTypes(toolchain, pairs, new Rig());
      return rows.filter((_, index) => results[index]?.result !== "same").map(({ source }) => source);
    };
    const [repaired, bare] = [await share(noneOff), await share(off)];
    console.log(
      `${rows.length} values: ${rows.length - bare.length} are read back as they were printed, ` +
        `${rows.length - repaired.length} with repairs; not ${repaired.join(" ")}`,
    );
    expect([rows.length - bare.length, rows.length - repaired.length, rows.length]).toEqual([139, 174, 187]);
    // What is not read back has lost what it was; the last is a symbol with two backslashes, printed as one escaped.
    expect(repaired).toEqual(lost);
  });
});
