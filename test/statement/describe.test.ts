import { expect, it } from "vitest";
import { describeTree } from "../../src/statement/describe.ts";
import { statementFrom } from "./statement-of.ts";

const described = (signature: string) => describeTree(statementFrom(`precompile(${signature})`).tree).join("\n");

it("says what is called and with what", () => {
  expect(described("Tuple{typeof(Base.println), Base.IOStream, Array{Float64, 1}, Vararg{Any}}")).toBe(`\
method of \`Base.println\`
  argument 1: \`Base.IOStream\`
  argument 2: \`Array\` of \`Float64\`, 1-dimensional
  argument 3: any number of \`Any\``);
});

it("gives nested parameters lines of their own", () => {
  expect(
    described('Tuple{Type{Base.Dict{K, V} where V where K}, Base.Generator{Base.UnitRange{Int64}, Main.var"#1#2"}}'),
  ).toMatchInlineSnapshot(`
    "constructor of \`Base.Dict\` of \`T1\`, \`T2\`, where \`T2\` is any type, where \`T1\` is any type
      argument 1: \`Base.Generator\` with
        parameter 1: \`Base.UnitRange\` of \`Int64\`
        parameter 2: \`Main.var"#1#2"\` (closure)"
  `);
});

it("tells keyword calls, values and bounds", () => {
  expect(
    described(
      'Tuple{Base.var"#sort##kw", NamedTuple{(:rev,), Tuple{Bool}}, typeof(Base.sort), Type{T} where T<:Real, Base.Val{:a}}',
    ),
  ).toMatchInlineSnapshot(`
    "keyword call of \`Base.sort\`
      argument 1: \`NamedTuple\` with
        parameter 1: the value \`(:rev,)\`
        parameter 2: a tuple of \`Bool\`
      argument 2: the function \`Base.sort\`
      argument 3: the type \`T1\`
        where \`T1\` is any type within \`Real\`
      argument 4: \`Base.Val\` of the symbol \`:a\`"
  `);
});

it.each([
  ["typeof(Core.kwcall), Any, typeof(Base.sort)", "keyword call of `Base.sort`"],
  ["typeof(Core.kwcall), Any, Type{T} where T<:CSV.File", "keyword call of the constructor of `T1`"],
  ['Core.var"#Type##kw", Any, Type{CSV.File}', "keyword call of the constructor of `CSV.File`"],
  ["typeof(Core.kwcall), Any, Zoo.Op", "keyword call of a value of type `Zoo.Op`"],
])("says whom %s is passed on to", (types, words) => expect(described(`Tuple{${types}}`).split("\n")[0]).toBe(words));
