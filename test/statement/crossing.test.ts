import { describe, expect, it } from "vitest";
import { crossTo } from "../../src/statement/crossing.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { statementFrom } from "./statement-of.ts";

const stated = (signature: string) => statementFrom(`precompile(${signature})`);

function crossed(signature: string, minor: number): string {
  const crossing = crossTo({ major: 1, minor }, stated(signature).tree);
  if ("obstacle" in crossing) return crossing.obstacle;
  return statementOf(crossing.tree).canonical.slice("precompile(".length, -1);
}

describe("crossing to another Julia", () => {
  it.each([
    ['Tuple{Core.var"#Type##kw", Any, Type{CSV.File}}', 10, "Tuple{typeof(Core.kwcall), Any, Type{CSV.File}}"],
    ["Tuple{typeof(Core.kwcall), Any, Type{CSV.File}}", 8, "Tuple{Core.kwftype(typeof(Type)), Any, Type{CSV.File}}"],
    [
      "Tuple{typeof(Core.kwcall), Any, Type{T} where T<:CSV.File}",
      8,
      "Tuple{Core.kwftype(typeof(Type)), Any, Type{T1} where T1<:CSV.File}",
    ],
    ["Tuple{Base.Iterators.Pairs{Int64, Base.Iterators.Pairs}}", 7, "Tuple{Base.Pairs{Int64, Base.Pairs}}"],
    ["Tuple{Base.Pairs{Int64}}", 12, "Tuple{Base.Pairs{Int64}}"],
    [
      "Tuple{Base.Iterators.Pairs{Symbol, Bool, Tuple{Symbol, Symbol}, NamedTuple{(:a, :b), Tuple{Bool, Bool}}}}",
      12,
      "Tuple{Base.Pairs{Symbol, Bool, Nothing, NamedTuple{(:a, :b), Tuple{Bool, Bool}}}}",
    ],
    [
      "Tuple{Base.Pairs{Symbol, Union{}, Nothing, NamedTuple{(), Tuple{}}}}",
      5,
      "Tuple{Base.Iterators.Pairs{Symbol, Union{}, Tuple{}, NamedTuple{(), Tuple{}}}}",
    ],
    [
      "Tuple{Base.Pairs{Int64, Int64, Base.LinearIndices{1, Tuple{Base.OneTo{Int64}}}, Array{Int64, 1}}}",
      12,
      "Tuple{Base.Pairs{Int64, Int64, Base.LinearIndices{1, Tuple{Base.OneTo{Int64}}}, Array{Int64, 1}}}",
    ],
    ["Tuple{typeof(Base.sin), Float64}", 12, "Tuple{typeof(Base.sin), Float64}"],
    ["Tuple{typeof(Base.f), Array{UInt8, 1}}", 12, "Tuple{typeof(Base.f), Array{UInt8, 1}}"],
  ])("%s to 1.%i", (signature, minor, expected) => expect(crossed(signature, minor)).toBe(expected));

  it.each([
    ["Tuple{typeof(Core.kwcall), Any, Zoo.Op}", 8, /keyword call of a value/],
    ["Tuple{typeof(Base.f), MemoryRef{UInt8}}", 10, /Memory type .none before/],
    ["Tuple{typeof(Base.f), Memory{UInt8}}", 10, /Memory type .none before/],
    ["Tuple{typeof(Base.write), Base.GenericIOBuffer{Array{UInt8, 1}}, UInt8}", 11, /IO buffer/],
    ["Tuple{typeof(Base.write), Base.GenericIOBuffer{Memory{UInt8}}, UInt8}", 10, /IO buffer/],
    ["Tuple{typeof(Base.write), Base.IOContext{Base.GenericIOBuffer{Array{UInt8, 1}}}, UInt8}", 12, /IO buffer/],
    ["Tuple{typeof(Core.Compiler.typeinf), Any}", 12, /compiler method/],
  ])("%s has no way to 1.%i", (signature, minor, reason) => expect(crossed(signature, minor)).toMatch(reason));
});
