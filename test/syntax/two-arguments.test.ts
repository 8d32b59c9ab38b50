import { describe, expect, it } from "vitest";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { withoutSpans } from "./random-tree.ts";

function read(text: string): string {
  const { tree, diagnostics } = parseStatement(text);
  return tree === undefined ? (diagnostics[0]?.code ?? "") : printStatement(tree).slice("precompile(".length, -1);
}

describe("what is called with which types", () => {
  it.each([
    ["pwd, ()", "Tuple{typeof(pwd)}"],
    ["Base.hex, (UInt64, Int64, Bool,)", "Tuple{typeof(Base.hex), UInt64, Int64, Bool}"],
    ["push!, (Vector{Int}, Int)", "Tuple{typeof(push!), Vector{Int}, Int}"],
    ["SecretBuffer!, (String,)", "Tuple{typeof(SecretBuffer!), String}"],
    ["==, (String, String)", "Tuple{typeof(==), String, String}"],
    ["Base.:+, (Int,),", "Tuple{typeof(Base.:+), Int}"],
    ["f, (A where A, Vararg{Any,N} where N,)", "Tuple{typeof(f), A where A, Vararg{Any, N} where N}"],
    ["isequal, ((Int,Int),(Int,Int))", "Tuple{typeof(isequal), (Int, Int), (Int, Int)}"],
    ["typeof((Core.Compiler).getindex), (Int64,)", "Tuple{typeof(Core.Compiler.getindex), Int64}"],
    ["Core.kwftype(typeof(f)), (Any, typeof(f))", "Tuple{Core.kwftype(typeof(f)), Any, typeof(f)}"],
    ["typeof(Core.kwfunc(f)), (Any, typeof(f))", "Tuple{Core.kwftype(typeof(f)), Any, typeof(f)}"],
  ])("%s", (given, stated) => expect(read(`precompile(${given})`)).toBe(stated));
});

describe("a constructor", () => {
  it.each([
    ["by its syntax", "lexer{String}, (Int,)", "Tuple{Type{lexer{String}}, Int}"],
    ["by its name", "HTTP.Request, ()", "Tuple{Type{HTTP.Request}}"],
    ["by a name that is not ASCII", "Größe, ()", "Tuple{Type{Größe}}"],
    [
      "as SnoopCompile wrote it",
      "Tokenize.Lexers.Type, (Type{Tokenize.Lexers.Lexer}, String,)",
      "Tuple{Type{Tokenize.Lexers.Lexer}, String}",
    ],
  ])("is told %s", (_, given, stated) => expect(read(`precompile(${given})`)).toBe(stated));
});

it("knows a function that SnoopCompile repeated among its arguments", () => {
  expect(read("precompile(Base.print, (typeof(Base.print), String,))")).toBe("Tuple{typeof(Base.print), String}");
  expect(read("precompile(Base.print, (typeof(Base.show), String,))")).toContain("typeof(Base.show)");
});

it("gives the tree of the form with one argument", () => {
  const tree = (text: string) => withoutSpans(parseStatement(text).tree);
  expect(tree("precompile(Base.sin, (Float64,))")).toEqual(tree("precompile(Tuple{typeof(Base.sin), Float64})"));
});

describe("refuses", () => {
  it.each([
    ["types that are no tuple", "f, Int", "PI106"],
    ["a group, which is no tuple", "f, (Int)", "PI106"],
    ["named values", "f, (a=Int,)", "PI106"],
    ["a value that cannot be called", "3, (Int,)", "PI106"],
    ["a call", "run(), (Int,)", "PI106"],
    ["more than two arguments", "f, (Int,), 3", "PI101"],
    ["the body of a keyword method", "fbody, (Bool, typeof(sort!), Vector{Int},)", "PI113"],
    ["another member of a method", "Tuple{typeof(which(zeros,(Size,)).module), Any}", "PI106"],
    ["keywords of several types", "Tuple{@Kwargs{a::Int64, b}}", "PI106"],
    ["a look-up of no method", "Tuple{typeof(Base.bodyfunction(zeros)), Any}", "PI106"],
    ["a member of a member", "Tuple{typeof(getfield(getfield(which(zeros,(Size,)), :sig), :gen)), Any}", "PI106"],
  ])("%s", (_, given, code) => expect(read(`precompile(${given})`)).toBe(code));
});

describe("what `show` and people write shorter", () => {
  it.each([
    ["@NamedTuple{a::Int, b}", "NamedTuple{(:a, :b), Tuple{Int, Any}}"],
    ['@NamedTuple{var"a b"::A{B where B}}', 'NamedTuple{(Symbol("a b"),), Tuple{A{B where B}}}'],
    ["@NamedTuple{}", "NamedTuple{(), Tuple{}}"],
    ["@Kwargs{init::Int64}", "Base.Pairs{Symbol, Int64, Tuple{Symbol}, NamedTuple{(:init,), Tuple{Int64}}}"],
    [
      "@Kwargs{a::A{B}, b::A{B}}",
      "Base.Pairs{Symbol, A{B}, Tuple{Symbol, Symbol}, NamedTuple{(:a, :b), Tuple{A{B}, A{B}}}}",
    ],
    ["@Kwargs{}", "Base.Pairs{Symbol, Union{}, Tuple{}, NamedTuple{(), Tuple{}}}"],
    ['MIME"text/plain"', 'MIME{Symbol("text/plain")}'],
    ["Type{<:DataFormat}", 'Type{var"#inline1"} where var"#inline1"<:DataFormat'],
    ["A{>:B, C}", 'A{var"#inline1", C} where var"#inline1">:B'],
    [
      "A{<:B, <:C{<:D}}",
      'A{var"#inline1", var"#inline3"} where var"#inline3"<:(C{var"#inline2"} where var"#inline2"<:D) where var"#inline1"<:B',
    ],
    ["typeof(*ˡ)", "typeof(*ˡ)"],
    ["(Base.Iterators).Pairs{A}", "Base.Iterators.Pairs{A}"],
    ["Core.kwftype(Type{T})", "Core.kwftype(Type{T})"],
    ["Base.Val{::}", "Base.Val{::}"],
  ])("%s", (given, long) => expect(read(`precompile(Tuple{${given}})`)).toBe(`Tuple{${long}}`));

  it.each(["typeof(<:A)", "(<:A)", "Core.kwfunc(f)", "typeof(pairs(NamedTuple()))", "typeof(x->nothing)", "A{T<:B}"])(
    "refuses %s",
    (given) => expect(read(`precompile(Tuple{${given}})`)).toMatch(/^PI10/),
  );
});
