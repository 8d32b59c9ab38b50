import type { SysimagePlan } from "../build/build-plan.ts";
import type { RepairsOff } from "../statement/repair.ts";
import type { Verdict } from "../statement/verdict.ts";
import type { EnvironmentRequest } from "./environment.ts";

/** What every bake is asked for, whatever it makes. */
export interface BuildRequest extends EnvironmentRequest {
  readonly sets: readonly string[];
  /** Programs, each a Julia file and its arguments in one word, that are traced first and baked as well. */
  readonly executeTrace: readonly string[];
  readonly target: BuildTarget;
  /** False: `.vscode/JuliaSysimage.toml` of the project is left alone. */
  readonly editorTask: boolean;
  readonly julia?: string | undefined;
  readonly juliaArgs: readonly string[];
  readonly repairsOff?: RepairsOff | undefined;
  /** Bake also what ended Julia before. */
  readonly includeQuarantined: boolean;
  /** Verdicts that make the command end with 1. */
  readonly failOn: readonly Verdict[];
  /** Bake also what stands there already. */
  readonly force: boolean;
  /** Memory and disk are not asked whether they suffice. */
  readonly unchecked: boolean;
  /** Where the list was optimized, the digest of what it was optimized of: kept with the image. */
  readonly optimizedOf?: string | undefined;
}

export type BuildTarget = SysimageTarget | PackageTarget;

/** A package that holds the compiled code in Julia's own cache. */
export interface PackageTarget {
  readonly as: "package";
  /** Its folder. */
  readonly output: string;
  /** What it is called: an identifier. */
  readonly name: string;
  readonly cpuTarget?: string | undefined;
}

export interface SysimageTarget
  extends Pick<
    SysimagePlan,
    "importIntoMain" | "compress" | "fast" | "soname" | "compatVersion" | "definitions" | "script" | "resume"
  > {
  readonly as: "sysimage";
  readonly output: string;
  readonly cpuTarget?: string | undefined;
  /** Build upon a sysimage instead of compiling Julia's base anew. */
  readonly incremental: boolean;
  /** Into a base that is compiled anew go only the standard libraries that the packages use. */
  readonly filterStdlibs: boolean;
  /** A Julia file and its arguments. */
  readonly execute?: readonly string[] | undefined;
}
