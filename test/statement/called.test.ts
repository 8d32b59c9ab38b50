import { describe, expect, it } from "vitest";
import { calledIn, methodText } from "../../src/statement/called.ts";
import { printTypeExpr } from "../../src/syntax/print.ts";
import { statementFrom } from "./statement-of.ts";

const calledBy = (signature: string) => calledIn(statementFrom(`precompile(${signature})`).tree);

describe("what a statement calls", () => {
  it.each([
    ["Tuple{typeof(Base.map), Int64}", "Base.map", "function"],
    ["Tuple{typeof(Base.:(+)), Int64}", "Base.:(+)", "function"],
    ["Tuple{typeof(Base.f), Array{T, 1}} where T", "Base.f", "function"],
    ["Tuple{Type{CSV.File{Int64}}, String}", "CSV.File (constructor)", "constructor"],
    ["Tuple{Type{T} where T<:CSV.File, String}", "T1 (constructor)", "constructor"],
    ["Tuple{Type{Array{T, 1} where T}, Int64}", "Array (constructor)", "constructor"],
    [
      "Tuple{Core.kwftype(typeof(Base.sort)), Any, typeof(Base.sort), Int64}",
      "Base.sort (keyword call)",
      "keyword call",
    ],
    ["Tuple{typeof(Core.kwcall), Any, typeof(Base.sort), Int64}", "Base.sort (keyword call)", "keyword call"],
    ['Tuple{Core.var"#Type##kw", Any, Type{CSV.File}, String}', "CSV.File (keyword call)", "keyword call"],
    ['Tuple{App.var"#4#5"{Int64}, Int64}', 'App.var"#4#5" (closure)', "closure"],
    ['Tuple{typeof(Base.var"##sprint#355"), Any}', 'Base.var"##sprint#355" (keyword body)', "keyword-body"],
    ['Tuple{typeof(Test.var"@testset"), Any}', 'Test.var"@testset"', "function"],
    ["Tuple{Base.Fix2{F, Int64}, Int64} where F", "Base.Fix2 (callable value)", "callable value"],
    ["Tuple{}", "", "function"],
  ])("%s calls %s", (signature, text, kind) => {
    const called = calledBy(signature);
    expect(methodText(called)).toBe(text);
    expect(called.kind).toBe(kind);
  });

  it("is told apart from the types it is called with", () => {
    const types = (signature: string) => calledBy(signature).types.map(printTypeExpr);
    expect(types("Tuple{typeof(Base.map), Int64, Any}")).toEqual(["Int64", "Any"]);
    expect(types("Tuple{typeof(Core.kwcall), Any, typeof(Base.sort), Int64}")).toEqual(["Any", "Int64"]);
  });
});
