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
  readonly uuid?: string;
}

/** Everything a bake reads: the builder looks at nothing else. */
export interface BuildPlan {
  readonly toolchain: Toolchain;
  readonly linker: Linker;
  /** A folder with a Project.toml; undefined: Julia's default environment. */
  readonly project?: string | undefined;
  readonly packages: readonly PackageName[];
  readonly statements: readonly Statement[];
  /** What Julia is handed is not repaired by these rules. */
  readonly repairsOff?: RepairsOff | undefined;
  readonly output: Sysimage;
  readonly baseSysimage: string;
  readonly cpuTarget: string;
  /** Julia file that is included after the replay. */
  readonly script?: string | undefined;
}
