import { expect, it } from "vitest";
import { statementFrom } from "./statement-of.ts";

it.each([
  ["Tuple{typeof(Base.println), String}", "Base"],
  ["Tuple{typeof(Base.Iterators.zip), Any}", "Base.Iterators"],
  ["Tuple{typeof(Base.:(+)), Any}", "Base"],
  ["Tuple{Type{Base.Dict{K, V} where V where K}}", "Base"],
  ["Tuple{Type{Array{T, 1}}} where T", "Core"],
  ["Tuple{typeof(isa), Any, Any}", "Core"],
  ['Tuple{Lava.var"#5#6"{Lava.var"#7#8"}, Expr}', "Lava"],
  ['Tuple{getfield(Core.Compiler, Symbol("#183#184")), Any}', "Core.Compiler"],
  ['Tuple{Base.var"#sort##kw", Any, typeof(Base.sort)}', "Base"],
  ["Tuple{typeof(Core.kwcall), Any, typeof(CSV.read), Any}", "CSV"],
  ["Tuple{typeof(Core.kwcall), Any, Type{CSV.File}}", "CSV"],
  ['Tuple{Core.var"#Type##kw", Any, Type{CSV.File}}', "CSV"],
  ["Tuple{PyCall.PyObject}", "PyCall"],
  ["Tuple{}", "Core"],
])("%s belongs to %s", (signature, owner) => expect(statementFrom(`precompile(${signature})`).owner).toBe(owner));
