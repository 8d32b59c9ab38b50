import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { printForJulia } from "../../src/statement/julia-text.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { Rig } from "../rig.ts";
import { replaySignatures } from "./replay-signatures.ts";
import { realToolchain } from "./toolchain.ts";

let toolchain: Toolchain;
beforeAll(async () => {
  toolchain = await realToolchain();
});

const replay = (signatures: readonly string[], rig: Rig) => replaySignatures(toolchain, signatures, rig);

describe("a verdict for every signature", () => {
  const table: readonly (readonly [signature: string, verdict: string, reason: RegExp])[] = [
    ["Tuple{typeof(Base.sum), Array{Float64, 1}}", "compiled", /^$/],
    ["Tuple{typeof(Base.:(+)), Int64, Int64}", "compiled", /^$/],
    ["Tuple{Type{Base.Dict{K, V} where V where K}}", "compiled", /^$/],
    ["Tuple{typeof(Base.println), Base.Val{reinterpret(Char, 0x61000000)}}", "compiled", /^$/],
    ['Tuple{typeof(Base.println), Base.Val{Symbol("a\\$b")}}', "compiled", /^$/],
    ["Tuple{typeof(Base.println), Base.Val{(1, (0x02, true))}}", "compiled", /^$/],
    ["Tuple{typeof(Base.println), Base.Val{Int32(-3)}, Base.Val{1.0f0}}", "compiled", /^$/],
    ['Tuple{typeof(Base.println), Base.Val{getfield(Base.Missing, Symbol("instance"))}}', "compiled", /^$/],
    ["Tuple{typeof(Base.map), typeof(Core.:(===)), NTuple{3, Int64}, Tuple{Int64, Int64, Int64}}", "compiled", /^$/],
    [
      "Tuple{Core.kwftype(typeof(Base.sort)), NamedTuple{(:rev,), Tuple{Bool}}, typeof(Base.sort), Array{Int64, 1}}",
      "compiled",
      /^$/,
    ],
    ["Tuple{typeof(Dates.format), Dates.Date, String}", "compiled", /^$/],
    ["Tuple{typeof(Base.println), Base.Val{-Inf}, Base.Val{-NaN32}}", "compiled", /^$/],
    [
      "Tuple{typeof(Base.println), Base.Val{reinterpret(Int128, 0xfffffffffffffffffffffffffffffffd)}}",
      "compiled",
      /^$/,
    ],
    ["Tuple{typeof(Base.println), Base.Val{reinterpret(Base.UnitRange{Int64}, (start=1, stop=3))}}", "compiled", /^$/],
    ["Tuple{typeof(Base.println), Base.Val{reinterpret(Base.Complex{Float64}, (re=1, im=2))}}", "compiled", /^$/],
    [
      "Tuple{typeof(Base.println), Base.Val{reinterpret(Base.UnitRange{Int64}, (stop=1, start=3))}}",
      "unresolved",
      /no plain struct with the fields `stop`, `start`/,
    ],
    [
      "Tuple{typeof(Base.println), Base.Val{reinterpret(Base.UnitRange{Int64}, (start=1,))}}",
      "unresolved",
      /no plain struct/,
    ],
    [
      "Tuple{typeof(Base.println), Base.Val{reinterpret(Base.UnitRange{Int64}, (start=1.5, stop=3))}}",
      "unresolved",
      /`1.5` is no `Int64`/,
    ],
    [
      "Tuple{typeof(Base.println), Base.Val{reinterpret(Base.RefValue{Int64}, (x=1,))}}",
      "unresolved",
      /no plain struct/,
    ],
    [
      "Tuple{typeof(Base.println), Base.Val{reinterpret(Base.UnitRange, (start=1, stop=3))}}",
      "unresolved",
      /no plain struct/,
    ],
    ["Tuple{typeof(Base.println), Base.Val{reinterpret(Base.exit, (code=1,))}}", "unresolved", /no plain struct/],
    ["Tuple{typeof(Base.sum), Array{T, 1} where Int8<:T<:Integer}", "refused", /precompile gave false/],
    ["Tuple{typeof(Base.sin), String}", "refused", /no method/],
    ["Tuple{typeof(NoSuchPackage.f), Int64}", "unresolved", /no module `NoSuchPackage` is loaded/],
    ["Tuple{typeof(Base.no_such_function), Int64}", "unresolved", /module `Base` has no `no_such_function`/],
    ['Tuple{Main.var"#1#2", Int64}', "unresolved", /`#1#2` belongs to the script/],
    ["Tuple{Base.Val{reinterpret(Char, 1)}}", "unresolved", /bits for what is no primitive type/],
    ["Tuple{typeof(Base.sum), Array{Float64, :x, 3}}", "failed", /too many parameters|TypeError|apply_type/i],
  ];

  it("tells what became of it and why", async () => {
    const verdicts = await replay(
      table.map(([signature]) => signature),
      new Rig(),
    );
    expect(verdicts.map(([verdict]) => verdict)).toEqual(table.map(([, verdict]) => verdict));
    for (const [index, [, , reason]] of table.entries()) expect(verdicts[index]?.[1]).toMatch(reason);
  });
});

describe("no code of a statement file can run", () => {
  const attacks = [
    "Tuple{run(`touch owned`)}",
    'Tuple{Base.Val{Base.run(Base.Cmd(["touch", "owned"]))}}',
    'Tuple{Base.Val{touch("owned")}}',
    'Tuple{Base.Val{getfield(Base, Symbol("touch"))("owned")}}',
    'Tuple{Base.Val{(touch("owned"),)}}',
    'Tuple{Base.Val{begin touch("owned") end}}',
    'Tuple{@eval touch("owned")}',
    'begin touch("owned"); Tuple{Int64} end',
    'Tuple{T} where T<:touch("owned")',
    'Tuple{Base.Val{"$(touch("owned"))"}}',
    "Tuple{Base.Val{Base.exit()}}",
    'Tuple{Base.Val{Base.Libc.Libdl.dlopen("owned")}}',
    "Tuple{Base.Val{reinterpret(Base.exit, 0x00)}}",
    "Tuple{Base.Val{reinterpret(Base.exit, (code=1,))}}",
    "Tuple{Base.Val{Base.exit(code=1)}}",
    'Tuple{Base.Val{-touch("owned")}}',
    'Tuple{Base.Val{@run "touch owned"}}',
    'Tuple{Base.Val{Core.@uint128_str(touch("owned"))}}',
  ];

  it("not even where it reaches Julia unparsed", async () => {
    const rig = new Rig();
    const verdicts = await replay(attacks, rig);
    expect(existsSync(rig.path("owned"))).toBe(false);
    expect(verdicts).toHaveLength(attacks.length);
    expect(verdicts.filter(([verdict]) => verdict === "compiled")).toEqual([]);
  });

  it.each(attacks)("and %s does not reach it", (attack) => {
    const { tree } = parseStatement(`precompile(${attack})`);
    // What parses is a value of a named type; printed for Julia it calls nothing by that name.
    const text = tree === undefined ? undefined : printForJulia(statementOf(tree));
    if (text?.ok) expect(text.value).not.toMatch(/exit\(|touch|run\(/);
  });
});
