import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { baseSources, baseWith, freshBase } from "../../../src/build/sysimage/fresh-base.ts";
import { tempFolder } from "../../temp-folder.ts";
import { julia110, version } from "../../toolchains.ts";
import { julia15 } from "./plans.ts";

const source =
  "let\n    stdlibs = [\n            # No deps\n            :Base64,\n            :Pkg,\n        ]\n    load(stdlibs)\nend\n";

/** A Julia with the sources of its base, or what looks like them. */
function withSources(toolchain = julia15) {
  const prefix = tempFolder();
  const base = join(prefix, "share", "julia", "base");
  mkdirSync(base, { recursive: true });
  mkdirSync(join(prefix, "bin"));
  writeFileSync(join(base, "sysimg.jl"), source);
  return { ...toolchain, bindir: join(prefix, "bin") };
}

describe("the source of a base image", () => {
  it("gets the standard libraries that are asked for", () => {
    expect(baseWith(source, ["Random", "Dates"])).toBe(
      "let\n    stdlibs = Symbol[:Random, :Dates]\n    load(stdlibs)\nend\nempty!(Base.atexit_hooks)\n",
    );
    expect(baseWith(source, [])).toContain("stdlibs = Symbol[]");
  });

  it("keeps Julia's own where none are named", () => {
    expect(baseWith(source, undefined)).toContain(":Base64,\n            :Pkg,");
  });
});

describe("a fresh base", () => {
  it("is found out to be impossible where Julia came without its sources", () => {
    expect(baseSources(julia110)).toBeUndefined();
  });

  it("is compiled in two steps on Julia 1.5, the compiler first", () => {
    const toolchain = withSources();
    const sources = baseSources(toolchain) ?? "";
    const scratch = tempFolder();
    const { steps, image } = freshBase(toolchain, "native", sources, scratch, {
      stdlibs: ["Random"],
      juliaArgs: ["-O3", "--compile=min", "--strip-ir"],
    });
    expect(image).toBe(join(scratch, "base.ji"));
    const flags = ["--startup-file=no", "--color=no", "--cpu-target=native"];
    expect(steps.map(({ step, command }) => [step, command.args, command.cwd])).toEqual([
      [
        "compile the compiler",
        [...flags, "-g0", "-O0", `--output-ji=${join(scratch, "compiler.ji")}`, "-O3", "compiler/compiler.jl"],
        sources,
      ],
      [
        "compile a fresh base",
        [
          ...flags,
          "-g1",
          "-O0",
          `--sysimage=${join(scratch, "compiler.ji")}`,
          `--output-ji=${image}`,
          "-O3",
          join(scratch, "sysimg.jl"),
        ],
        sources,
      ],
    ]);
    expect(readFileSync(join(scratch, "sysimg.jl"), "utf8")).toContain("Symbol[:Random]");
  });

  it("is told where its data are on Julia 1.12, whose compiler has another file", () => {
    const toolchain = withSources({ ...julia110, version: version("1.12.5") });
    const { steps } = freshBase(toolchain, "native", baseSources(toolchain) ?? "", tempFolder(), { juliaArgs: [] });
    const [compiler] = steps;
    expect(compiler?.command.args.slice(-5)).toEqual([
      "Base_compiler.jl",
      "--buildroot",
      "",
      "--dataroot",
      join(toolchain.bindir, "..", "share", "julia"),
    ]);
  });
});
