import { existsSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { Rig } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

beforeAll(async () => {
  await realToolchain();
});

/** Two bakes: the workload compiles what it did not when it was traced, as it finds what it left behind. */
it("a second round bakes what still compiled after the first, and definitions are in the image", async () => {
  const rig = new Rig();
  rig.write("definitions.jl", "halved(x) = reverse(x) ./ 2\n");
  rig.write(
    "work.jl",
    [
      'isdefined(Main, :halved) || include("definitions.jl")',
      "halved([1.0, 2.0])",
      'isfile(ARGS[1]) ? reverse(Float16[1, 2]) : write(ARGS[1], "")',
      "",
    ].join("\n"),
  );
  const baked = await rig.run([
    ...["bake", "work.jl", "left-behind", "-o", "image.so", "--rounds", "2", "--no-optimize"],
    ...["--stdout", "pipe", "--repeat", "1", "--bake-definitions", "definitions.jl", "--format", "json"],
  ]);
  expect(existsSync(rig.path("left-behind"))).toBe(true);
  expect(baked.stderr).toMatch(/round 1: run \d+ has what still compiles; it is baked as well/);
  const { verified } = JSON.parse(baked.stdout) as {
    readonly verified: { readonly residual: readonly { readonly statement: string }[] };
  };
  const left = verified.residual.map(({ statement }) => statement).join("\n");
  const late = "precompile(Tuple{typeof(Base.reverse), Array{Float16, 1}})";
  expect(left).not.toContain(late);
  expect(left).not.toContain("halved");
  expect((await rig.run(["list", "tag:residual=image.so", "--format", "lines"])).stdout).toContain(late);
  const { inputs } = JSON.parse(rig.read("image.so.json")) as { readonly inputs: readonly [string, string][] };
  expect(new Map(inputs).get("definitions")).toContain("definitions.jl");
});
