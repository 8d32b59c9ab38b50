import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { precompilePackage, startWithPackage } from "../../../src/build/package/package-commands.ts";
import { julia110, version } from "../../toolchains.ts";
import { packagePlanOn } from "./plans.ts";

const ours = (args: readonly string[]): string[] =>
  args.map((word) => (/(?:precompile|check-loaded)\.jl$/.test(word) ? basename(word) : word));

describe("the step that precompiles", () => {
  it.each<readonly [version: string, flags: readonly string[]]>([
    ["1.5.3", []],
    ["1.8.5", []],
    ["1.9.4", ["--pkgimages=yes"]],
    ["1.10.8", ["--pkgimages=yes"]],
    ["1.11.7", ["--pkgimages=yes"]],
    ["1.12.5", ["--pkgimages=yes"]],
  ])("on Julia %s", (text, flags) => {
    const plan = packagePlanOn({ ...julia110, version: version(text) }, { juliaArgs: ["-O3"] });
    const command = precompilePackage(plan, "/tmp/verdicts.tsv", "/tmp/made.tsv");
    expect({ ...command, args: ours(command.args) }).toEqual({
      program: julia110.julia,
      args: [
        "--startup-file=no",
        "--color=no",
        "--sysimage=/opt/julia-1.10/lib/julia/sys.so",
        "--project=/my app",
        ...flags,
        "-O3",
        "precompile.jl",
        "/app/warm",
        "WarmStart",
        plan.uuid,
        "/tmp/made.tsv",
      ],
      env: { PREIMAGE_VERDICTS: "/tmp/verdicts.tsv" },
    });
  });

  it("tells Julia the processors by its environment", () => {
    const plan = packagePlanOn(julia110, { cpuTarget: "generic;haswell" });
    expect(precompilePackage(plan, "v", "m").env).toEqual({
      PREIMAGE_VERDICTS: "v",
      JULIA_CPU_TARGET: "generic;haswell",
    });
  });
});

it("the last step loads the package as a user does", () => {
  const plan = packagePlanOn(julia110);
  const command = startWithPackage(plan, "/tmp/anew.tsv");
  expect(ours(command.args).slice(4)).toEqual(["-L", "/app/warm/load.jl", "check-loaded.jl", plan.uuid, "WarmStart"]);
  expect(command.env).toEqual({ PREIMAGE_VERDICTS: "/tmp/anew.tsv" });
  expect(startWithPackage(plan)).not.toHaveProperty("env");
});
