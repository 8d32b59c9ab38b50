import { existsSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import type { BuildPlan, ObjectFile, Sysimage } from "../../src/build/build-plan.ts";
import { emitObject, ensureCompiled, linkSysimage, startOn } from "../../src/build/tool-commands.ts";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import type { ToolCommand } from "../../src/support/run-tool.ts";
import { julia110, version } from "../toolchains.ts";

const julia15: Toolchain = {
  ...julia110,
  julia: "/opt/julia-1.5/bin/julia",
  version: version("1.5.3"),
  baseSysimage: "/opt/julia-1.5/lib/julia/sys.so",
  libraryFolders: ["/opt/julia-1.5/lib"],
};

function planOn(toolchain: Toolchain, more: Partial<BuildPlan> = {}): BuildPlan {
  return {
    toolchain,
    linker: { program: "/usr/bin/cc", args: [], foundBy: "PATH" },
    packages: [],
    statements: [],
    output: "/app/sys.so" as Sysimage,
    baseSysimage: toolchain.baseSysimage,
    cpuTarget: "native",
    ...more,
  };
}

const object = "/tmp/scratch/sysimage-o.a" as ObjectFile;
const partial = "/app/.sys.so.partial" as Sysimage;

/** Our own Julia files by their names: where they stand is the installation's matter. */
function named({ args, ...command }: ToolCommand): ToolCommand {
  return {
    ...command,
    args: args.map((word) => (/^\/.*\.jl$/.test(word) && existsSync(word) ? basename(word) : word)),
  };
}

describe("the step that loads packages", () => {
  it("names each by its uuid where that is known", () => {
    const packages = [{ name: "Dates", uuid: "ade2ca70-3891-5945-98fb-dc099432e06a" }, { name: "Plots" }];
    expect(named(ensureCompiled(planOn(julia110, { packages, project: "/app" })))).toEqual({
      program: julia110.julia,
      args: [
        "--startup-file=no",
        "--color=no",
        "--sysimage=/opt/julia-1.10/lib/julia/sys.so",
        "--project=/app",
        "ensure-compiled.jl",
        "Dates=ade2ca70-3891-5945-98fb-dc099432e06a",
        "Plots",
      ],
    });
  });
});

describe("the step that emits the object file", () => {
  it("on Julia 1.5", () => {
    expect(named(emitObject(planOn(julia15), "/tmp/scratch/plan.tsv", object))).toEqual({
      program: "/opt/julia-1.5/bin/julia",
      args: [
        "--startup-file=no",
        "--color=no",
        "--sysimage=/opt/julia-1.5/lib/julia/sys.so",
        "--cpu-target=native",
        `--output-o=${object}`,
        "stage.jl",
        "/tmp/scratch/plan.tsv",
      ],
      env: { JULIA_LOAD_PATH: undefined, JULIA_PROJECT: undefined },
    });
  });

  it("on Julia 1.10, in a project and for another CPU", () => {
    const plan = planOn(julia110, { project: "/my app", cpuTarget: "generic;haswell,clone_all" });
    expect(named(emitObject(plan, "/tmp/scratch/plan.tsv", object))).toEqual({
      program: "/opt/julia-1.10/bin/julia",
      args: [
        "--startup-file=no",
        "--color=no",
        "--sysimage=/opt/julia-1.10/lib/julia/sys.so",
        "--project=/my app",
        "--cpu-target=generic;haswell,clone_all",
        "--pkgimages=no",
        "--threads=1",
        `--output-o=${object}`,
        "stage.jl",
        "/tmp/scratch/plan.tsv",
      ],
      env: { JULIA_LOAD_PATH: undefined, JULIA_PROJECT: undefined },
    });
  });

  it("builds upon the image that the plan names, not upon Julia's own", () => {
    const { args } = emitObject(planOn(julia110, { baseSysimage: "/other/sys.so" }), "plan.tsv", object);
    expect(args.filter((word) => word.startsWith("--sysimage"))).toEqual(["--sysimage=/other/sys.so"]);
  });
});

describe("the step that links", () => {
  const whole = ["-Wl,--whole-archive", object, "-Wl,--no-whole-archive"];

  it.each<readonly [string, BuildPlan, readonly string[]]>([
    ["Julia 1.5 on Linux", planOn(julia15), [...whole, "-L/opt/julia-1.5/lib", "-ljulia"]],
    [
      "Julia 1.10 on Linux",
      planOn(julia110),
      [...whole, "-L/opt/julia-1.10/lib", "-L/opt/julia-1.10/lib/julia", "-ljulia", "-ljulia-internal"],
    ],
    [
      "a debug build",
      planOn({ ...julia110, debugBuild: true }),
      [...whole, "-L/opt/julia-1.10/lib", "-L/opt/julia-1.10/lib/julia", "-ljulia-debug", "-ljulia-internal-debug"],
    ],
    [
      "Julia 1.10 on macOS",
      planOn({ ...julia110, os: "Darwin" }),
      ["-Wl,-all_load", object, "-L/opt/julia-1.10/lib", "-L/opt/julia-1.10/lib/julia", "-ljulia", "-ljulia-internal"],
    ],
  ])("%s", (_, plan, rest) => {
    expect(linkSysimage(plan, object, partial)).toEqual({
      program: "/usr/bin/cc",
      args: ["-shared", "-o", partial, ...rest],
    });
  });

  it("hands on the arguments of JULIA_CC, first", () => {
    const linker = { program: "clang", args: ["-m64", "-fuse-ld=lld"], foundBy: "JULIA_CC" } as const;
    const command = linkSysimage(planOn(julia15, { linker }), object, partial);
    expect([command.program, ...command.args.slice(0, 3)]).toEqual(["clang", "-m64", "-fuse-ld=lld", "-shared"]);
  });
});

it("the last step starts on the new image and does nothing", () => {
  expect(startOn(julia110.julia, partial)).toEqual({
    program: julia110.julia,
    args: ["--startup-file=no", `--sysimage=${partial}`, "-e", "nothing"],
  });
});
