import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { quietFlags } from "../../julia/julia-flags.ts";
import type { JuliaVersion } from "../../julia/julia-version.ts";
import type { Toolchain } from "../../julia/toolchain.ts";
import { isWithin, type VersionRange } from "../../julia/versions.ts";
import { digestText } from "../../support/hashing.ts";
import type { ToolCommand } from "../../support/run-tool.ts";
import type { BuildStep } from "../build-failure.ts";

/** How Julia's own base is compiled from its sources, in two steps: the compiler, then Base on it. */
interface FreshBaseRecipe extends VersionRange {
  /** Of the sources, in Julia's folder `base`. */
  readonly compiler: string;
  /** Holds the list of standard libraries that go in. */
  readonly base: string;
  /** Behind the file. */
  readonly words: readonly string[];
}

/** Source: Julia's Makefiles, and PackageCompiler's `create_fresh_base_sysimage` from 1.2 to 2.4; run on 1.5.3. */
const recipes: readonly FreshBaseRecipe[] = [
  { until: [1, 12], compiler: "compiler/compiler.jl", base: "sysimg.jl", words: [] },
  { from: [1, 12], compiler: "Base_compiler.jl", base: "sysimg.jl", words: ["--buildroot", "", "--dataroot"] },
];

export interface FreshBaseStep {
  readonly step: BuildStep;
  readonly command: ToolCommand;
}

/** Julia's folder with the sources of Base; undefined where this Julia came without. */
export function baseSources({ bindir, version }: Toolchain): string | undefined {
  const folder = join(bindir, "..", "share", "julia", "base");
  return existsSync(join(folder, recipeFor(version).base)) ? folder : undefined;
}

export interface FreshBaseWants {
  /** The standard libraries that go in; undefined: those that Julia's own holds. */
  readonly stdlibs?: readonly string[] | undefined;
  /** The user's words for Julia; those that are not for a base are left out. */
  readonly juliaArgs: readonly string[];
}

/** A base must hold code that is compiled, and what inference needs of it later: source PackageCompiler 2.1.5. */
const notForBase = /^--(compile|strip-ir)\b/;

/** The commands that make a base image in the scratch folder, where it will stand, and by what it is known: two with one key are one. */
export function freshBase(
  toolchain: Toolchain,
  cpuTarget: string,
  sources: string,
  scratch: string,
  { stdlibs, juliaArgs }: FreshBaseWants,
): { readonly steps: readonly FreshBaseStep[]; readonly image: string; readonly key: string } {
  const { compiler, base, words } = recipeFor(toolchain.version);
  const core = join(scratch, "compiler.ji");
  const image = join(scratch, "base.ji");
  const baseFile = join(scratch, "sysimg.jl");
  writeFileSync(baseFile, baseWith(readFileSync(join(sources, base), "utf8"), stdlibs));
  const data = words.length === 0 ? [] : [...words, join(toolchain.bindir, "..", "share", "julia")];
  const ownWords = juliaArgs.filter((word) => !notForBase.test(word));
  const start = (flags: readonly string[], file: string): ToolCommand => ({
    program: toolchain.julia,
    args: [...quietFlags, `--cpu-target=${cpuTarget}`, ...flags, ...ownWords, file, ...data],
    cwd: sources,
    env: { JULIA_LOAD_PATH: undefined, JULIA_PROJECT: undefined },
  });
  const key = digestText(
    [toolchain.version.text, toolchain.commit, cpuTarget, readFileSync(baseFile, "utf8"), ...ownWords].join("\0"),
  );
  return {
    image,
    key,
    steps: [
      { step: "compile the compiler", command: start(["-g0", "-O0", `--output-ji=${core}`], compiler) },
      {
        step: "compile a fresh base",
        command: start(["-g1", "-O0", `--sysimage=${core}`, `--output-ji=${image}`], baseFile),
      },
    ],
  };
}

/** The source of the base image with another list of standard libraries, and without what only its own process needs. */
export function baseWith(source: string, stdlibs: readonly string[] | undefined): string {
  const list = stdlibs?.map((name) => `:${name}`).join(", ");
  const chosen =
    list === undefined ? source : source.replace(/stdlibs = \[[^\]]*\]/, () => `stdlibs = Symbol[${list}]`);
  // Of an image of this process alone: PackageCompiler#476.
  return `${chosen.trimEnd()}\nempty!(Base.atexit_hooks)\n`;
}

function recipeFor(version: JuliaVersion): FreshBaseRecipe {
  const recipe = recipes.find((range) => isWithin(version, range));
  if (recipe === undefined) throw new Error(`no recipe for Julia ${version.text}`);
  return recipe;
}
