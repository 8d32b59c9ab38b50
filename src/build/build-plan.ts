import type { Linker } from "../julia/linker.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { RepairsOff } from "../statement/repair.ts";
import type { Statement } from "../statement/statement.ts";
import type { Brand } from "../support/brand.ts";

export type Sysimage = Brand<string, "Sysimage">;
export type ObjectFile = Brand<string, "ObjectFile">;

/** A package by the name the user knows; without a uuid, Julia finds it by name in the project. */
export interface PackageName {
  readonly name: string;
  readonly uuid?: string | undefined;
}

/** Everything a bake reads, but for what only its back end does. */
export interface BuildPlan {
  readonly toolchain: Toolchain;
  /** A folder with a Project.toml; undefined: Julia's default environment. */
  readonly project?: string | undefined;
  readonly packages: readonly PackageName[];
  readonly statements: readonly Statement[];
  /** What Julia is handed is not repaired by these rules. */
  readonly repairsOff?: RepairsOff | undefined;
  /** The sysimage that Julia runs on while it bakes; what is baked loads on it. */
  readonly baseSysimage: string;
  /** Words for the Julia that compiles, behind ours. */
  readonly juliaArgs: readonly string[];
  /** Memory and disk are not asked whether they suffice. */
  readonly unchecked: boolean;
}

/** What a sysimage is baked from. */
export interface SysimagePlan extends BuildPlan {
  readonly output: Sysimage;
  readonly linker: Linker;
  readonly cpuTarget: string;
  /** Compile the base anew instead of building upon `baseSysimage`. `stdlibs`: those in it; undefined: as in Julia's own. */
  readonly freshBase?: { readonly stdlibs?: readonly string[] | undefined } | undefined;
  /** Bind the names of the packages in the image's Main. */
  readonly importIntoMain: boolean;
  /** Let Julia compress the image. */
  readonly compress: boolean;
  /** Less optimization and no debug information for what is emitted. */
  readonly fast: boolean;
  /** What the image calls itself; undefined: its file's name. */
  readonly soname?: string | undefined;
  /** On macOS: the version that the image calls itself compatible with. */
  readonly compatVersion?: string | undefined;
  /** Julia file that is included into Main in front of the replay, and so into the image. */
  readonly definitions?: string | undefined;
  /** Julia file, and its arguments, that is run behind the replay: what it compiles, the image holds. */
  readonly execute?: readonly [string, ...string[]] | undefined;
  /** Julia file that is included after the replay. */
  readonly script?: string | undefined;
  /** Link the object file that a failed link left, where it is of this plan. */
  readonly resume: boolean;
}
