import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { replayFile } from "../../src/julia/replay.ts";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { printForJulia } from "../../src/statement/julia-text.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { runTool } from "../../src/support/run-tool.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { Rig } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

let toolchain: Toolchain;
beforeAll(async () => {
  toolchain = await realToolchain();
});

/** Replays signatures in a real Julia and gives what it wrote: `[verdict, reason]` each. */
async function replay(signatures: readonly string[], rig: Rig): Promise<(readonly [string, string])[]> {
  const statements = rig.write("statements.txt", signatures.map((text) => `${text}\n`).join(""));
  const verdicts = rig.path("verdicts.tsv");
  const script = rig.write(
    "replay-it.jl",
    "const staging = Module(:PreimageStaging)\nBase.include(staging, ARGS[1])\nstaging.replay(ARGS[2], ARGS[3])\n",
  );
  const run = await runTool(
    {
      program: toolchain.julia,
      args: ["--startup-file=no", script, replayFile, statements, verdicts],
      cwd: rig.folder,
    },
    { streams: { kind: "capture" } },
  );
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return readFileSync(verdicts, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"))
    .map(([, verdict = "", reason = ""]) => [verdict, reason]);
}

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
    ["Tuple{typeof(Base.sum), Array{T, 1} where Int8<:T<:Integer}", "refused", /precompile gave false/],
    ["Tuple{typeof(Base.sin), String}", "refused", /no method/],
    ["Tuple{typeof(NoSuchPackage.f), Int64}", "unresolved", /no module `NoSuchPackage` is loaded/],
    ["Tuple{typeof(Base.no_such_function), Int64}", "unresolved", /module `Base` has no `no_such_function`/],
    ['Tuple{Main.var"#1#2", Int64}', "unresolved", /module `Main` has no `#1#2`/],
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
