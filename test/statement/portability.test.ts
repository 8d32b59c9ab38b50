import { describe, expect, it } from "vitest";
import { obstaclesOf, portabilityOf, printedWithHash } from "../../src/statement/portability.ts";
import { statementFrom } from "./statement-of.ts";

const obstaclesIn = (signature: string, loadedPackages?: readonly string[]) =>
  obstaclesOf(
    statementFrom(`precompile(${signature})`),
    loadedPackages === undefined ? {} : { loadedPackages: new Set(loadedPackages) },
  ).map((obstacle) => {
    if (obstacle.kind === "gensym") return `${obstacle.form} ${obstacle.name}`;
    return `${obstacle.kind} ${obstacle.kind === "main-owned" ? obstacle.name : obstacle.text}`;
  });

describe("obstacles", () => {
  it.each([
    ['Tuple{Base.var"#6#7", Int64}', ["closure #6#7"]],
    ['Tuple{getfield(Base, Symbol("##4#5"))}', ["closure ##4#5"]],
    ['Tuple{Base.var"##open#287", Base.var"#inner#12"}', ["keyword-body ##open#287", "inner-function #inner#12"]],
    ['Tuple{Dates.var"##s52#36", Vararg{Any, 8}}', ["generator ##s52#36"]],
    ["Tuple{typeof(##ex-#258.eval), Expr}", ["gensym-module ##ex-#258"]],
    ["Tuple{Type{ex-3.T}}", ["gensym-module ex-3"]],
    ["Tuple{Base.Val{anonymous.T}}", ["gensym-module anonymous"]],
    ['Tuple{HTTP.Handlers.Router{Symbol("##291")}}', ["gensym-value ##291"]],
    ['Tuple{HTTP.Handlers.Router{:var"##291"}}', ["gensym-value ##291"]],
    ["Tuple{typeof(Main.f)}", ["main-owned Main.f"]],
    ["Tuple{typeof(Main.include), String}", []],
    ["Tuple{Base.Val{Dates.Hour(value=1)}}", ["lossy-literal Dates.Hour(value=1)"]],
  ])("%s", (signature, expected) => expect(obstaclesIn(signature)).toEqual(expected));

  it.each([
    "Tuple{typeof(Base.sin), Float64}",
    'Tuple{Base.var"#@time", LineNumberNode, Module, Any}',
    'Tuple{Base.var"#sort##kw", Any, typeof(Base.sort)}',
    'Tuple{Core.var"#Type##kw", Any, Type{Base.IOBuffer}}',
    'Tuple{typeof(Base.f), Array{var"#s15", 1} where var"#s15"<:Real}',
    'Tuple{typeof(Base.f), Base.Val{Symbol("#foreground")}}',
    'Tuple{typeof(Base.f), Base.Val{Symbol("a#b")}}',
  ])("none in %s", (signature) => expect(obstaclesIn(signature)).toEqual([]));

  it("belong to the script where no loaded package has the module", () => {
    const signature = "Tuple{typeof(Base.map), typeof(Zoo.f), Type{CSV.File}}";
    expect(obstaclesIn(signature)).toEqual([]);
    expect(obstaclesIn(signature, ["CSV"])).toEqual(["main-owned Zoo.f"]);
  });

  it("point at the name in the spelling", () => {
    const text = 'precompile(Tuple{typeof(Base.map), Base.var"#6#7"})';
    const [obstacle] = obstaclesOf(statementFrom(text));
    expect(text.slice(obstacle?.span.start, obstacle?.span.end)).toBe('Base.var"#6#7"');
  });
});

it("is portable without obstacles", () => {
  expect(portabilityOf(statementFrom("precompile(Tuple{typeof(Base.sin), Float64})"))).toEqual({ portable: true });
});

it.each([
  ['precompile(Tuple{Base.var"#@time", Any})', true],
  ['precompile(Tuple{Base.Val{Symbol("#a")}})', true],
  ['precompile(Tuple{Base.var"#sort##kw", Any, typeof(Base.sort)})', true],
  ["precompile(Tuple{Array{#s15, 1} where #s15})", true],
  ['precompile(Tuple{getfield(Base, Symbol("#1#2"))})', true],
  ['precompile(Tuple{Base.Val{Symbol("a#b")}})', false],
  ["precompile(Tuple{typeof(Base.sin), Float64})", false],
])("printedWithHash(%s) is %s", (text, expected) => expect(printedWithHash(text)).toBe(expected));
