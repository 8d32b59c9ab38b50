import { existsSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import type { ObjectFile, Sysimage, SysimagePlan } from "../../../src/build/build-plan.ts";
import { emitObject, linkSysimage, tryLinker } from "../../../src/build/sysimage/sysimage-commands.ts";
import { ensureCompiled, startOn } from "../../../src/build/tool-commands.ts";
import type { ToolCommand } from "../../../src/support/run-tool.ts";
import { julia110, version } from "../../toolchains.ts";
import { julia15, planOn } from "./plans.ts";

const object = "/tmp/scratch/sysimage-o.a" as ObjectFile;
const partial = "/app/.sys.so.partial" as Sysimage;
const emit = (plan: SysimagePlan, thrifty = false): ToolCommand =>
  emitObject(plan, "stage.jl", "plan.tsv", object, thrifty);

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
    expect(emit(planOn(julia15))).toEqual({
      program: "/opt/julia-1.5/bin/julia",
      args: [
        "--startup-file=no",
        "--color=no",
        "--sysimage=/opt/julia-1.5/lib/julia/sys.so",
        "--cpu-target=native",
        `--output-o=${object}`,
        "stage.jl",
        "plan.tsv",
      ],
      env: { JULIA_LOAD_PATH: undefined, JULIA_PROJECT: undefined },
    });
  });

  it("on Julia 1.10, in a project and for another CPU", () => {
    const plan = planOn(julia110, { project: "/my app", cpuTarget: "generic;haswell,clone_all" });
    expect(emit(plan)).toEqual({
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
        "plan.tsv",
      ],
      env: { JULIA_LOAD_PATH: undefined, JULIA_PROJECT: undefined },
    });
  });

  it.each<readonly [version: string, flags: readonly string[]]>([
    ["1.3.1", []],
    ["1.5.3", []],
    ["1.6.7", []],
    ["1.8.5", []],
    ["1.9.4", ["--pkgimages=no", "--threads=1"]],
    ["1.10.8", ["--pkgimages=no", "--threads=1"]],
    ["1.11.7", ["--pkgimages=no", "--threads=1"]],
    ["1.12.5", ["--pkgimages=no", "--threads=1"]],
    ["1.13.0", ["--pkgimages=no", "--threads=1", "--compress-sysimage=yes"]],
  ])("has these flags on Julia %s: %j", (text, flags) => {
    const { args } = emit(planOn({ ...julia110, version: version(text) }, { compress: true }));
    expect(args.slice(4, -3)).toEqual(flags);
  });

  it("is told to be fast, and the user's words behind that", () => {
    const { args } = emit(planOn(julia15, { fast: true, juliaArgs: ["-O2", "--strip-metadata"] }));
    expect(args.slice(4, -3)).toEqual(["-O1", "-g0", "-O2", "--strip-metadata"]);
  });

  it("gives LLVM one thread where memory is short and Julia has a word for it", () => {
    expect(emit(planOn(julia110), true).env).toMatchObject({ JULIA_IMAGE_THREADS: "1" });
    expect(emit(planOn(julia110), false).env).not.toHaveProperty("JULIA_IMAGE_THREADS");
    expect(emit(planOn(julia15), true).env).not.toHaveProperty("JULIA_IMAGE_THREADS");
  });

  it("builds upon the image that the plan names, not upon Julia's own", () => {
    const { args } = emit(planOn(julia110, { baseSysimage: "/other/sys.so" }));
    expect(args.filter((word) => word.startsWith("--sysimage"))).toEqual(["--sysimage=/other/sys.so"]);
  });
});

describe("the step that links", () => {
  const whole = ["-Wl,--whole-archive", object, "-Wl,--no-whole-archive"];
  const own = ["-L/opt/julia-1.10/lib", "-L/opt/julia-1.10/lib/julia", "-ljulia", "-ljulia-internal"];
  const clang = { kind: "compiler", program: "clang", args: ["-fuse-ld=lld"], foundBy: "JULIA_CC" } as const;
  const mingw = { kind: "compiler", program: "C:\\mingw64\\bin\\gcc.exe", args: [], foundBy: "PATH" } as const;
  const windows = (text: string) =>
    planOn({ ...julia110, os: "NT", version: version(text), libraryFolders: ["C:\\julia\\bin"] }, { linker: mingw });

  it.each<readonly [string, SysimagePlan, readonly string[]]>([
    [
      "Julia 1.5 on Linux",
      planOn(julia15),
      ["-m64", "-shared", "-o", partial, ...whole, "-Wl,-soname,sys.so", "-L/opt/julia-1.5/lib", "-ljulia"],
    ],
    [
      "Julia 1.10 on Linux",
      planOn(julia110),
      ["-m64", "-shared", "-o", partial, ...whole, "-Wl,-soname,sys.so", ...own],
    ],
    [
      "Julia 1.10 on Linux, with the arguments of JULIA_CC and a name",
      planOn(julia110, { linker: clang, soname: "app.so.1" }),
      ["-fuse-ld=lld", "-m64", "-shared", "-o", partial, ...whole, "-Wl,-soname,app.so.1", ...own],
    ],
    [
      "Julia 1.10 on 64-bit ARM",
      planOn({ ...julia110, arch: "aarch64" }),
      ["-shared", "-o", partial, ...whole, "-Wl,-soname,sys.so", ...own],
    ],
    [
      "Julia 1.10 on 32-bit x86",
      planOn({ ...julia110, arch: "i686" }),
      ["-m32", "-shared", "-o", partial, ...whole, "-Wl,-soname,sys.so", ...own],
    ],
    [
      "a debug build",
      planOn({ ...julia110, debugBuild: true }),
      [
        "-m64",
        "-shared",
        "-o",
        partial,
        ...whole,
        "-Wl,-soname,sys.so",
        ...own.slice(0, 2),
        "-ljulia-debug",
        "-ljulia-internal-debug",
      ],
    ],
    [
      "Julia 1.10 on macOS",
      planOn({ ...julia110, os: "Darwin" }, { compatVersion: "1.2" }),
      [
        "-m64",
        "-shared",
        "-o",
        partial,
        "-Wl,-all_load",
        object,
        "-Wl,-install_name,@rpath/sys.so",
        "-Wl,-current_version,1.2",
        "-Wl,-compatibility_version,1.2",
        ...own,
      ],
    ],
    [
      "Julia 1.5 on Windows",
      windows("1.5.3"),
      ["-m64", "-shared", "-o", partial, ...whole, "-Wl,--export-all-symbols", "-LC:\\julia\\bin", "-ljulia"],
    ],
    [
      "Julia 1.10 on Windows",
      windows("1.10.8"),
      ["-m64", "-shared", "-o", partial, ...whole, "-LC:\\julia\\bin", "-ljulia", "-ljulia-internal", "-lopenlibm"],
    ],
    [
      "Julia 1.12 on Windows",
      windows("1.12.5"),
      [
        "-m64",
        "-shared",
        "-o",
        partial,
        ...whole,
        "-Wl,--export-all-symbols",
        "-LC:\\julia\\bin",
        "-ljulia",
        "-ljulia-internal",
        "-lopenlibm",
      ],
    ],
  ])("%s", (_, plan, args) => {
    expect(linkSysimage(plan, object, partial)).toEqual({
      program: plan.linker.kind === "compiler" ? plan.linker.program : "",
      args,
    });
  });

  it("has Julia's own lld do it where there is no compiler, and hands it the files as arguments", () => {
    const plan = planOn(julia110, { linker: { kind: "julia" } });
    expect(linkSysimage(plan, object, partial)).toEqual({
      program: julia110.julia,
      args: ["--startup-file=no", "-e", "Base.Linking.link_image(ARGS[1], ARGS[2])", object, partial],
    });
    expect(tryLinker(plan, partial).args).toEqual(["--startup-file=no", "-e", "Base.Linking.ld()"]);
  });

  it("is tried with what it will need, and nothing of an image", () => {
    expect(tryLinker(planOn(julia110), partial).args).toEqual(["-m64", "-shared", "-o", partial, ...own]);
  });
});

it("the last step starts on the new image and does nothing", () => {
  expect(startOn(julia110.julia, partial)).toEqual({
    program: julia110.julia,
    args: ["--startup-file=no", `--sysimage=${partial}`, "-e", "nothing"],
  });
});
