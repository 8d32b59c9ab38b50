import type { RawEntry } from "../../julia/raw-manifest.ts";
import type { BuildPlan } from "../build-plan.ts";

/** What a package image is baked from. */
export interface PackagePlan extends BuildPlan {
  /** The folder of the package, absolute. */
  readonly output: string;
  /** The package's name, an identifier. */
  readonly name: string;
  readonly uuid: string;
  /** Name and version of this tool, for the files to say who wrote them. */
  readonly tool: string;
  /** Those of `packages` that the environment has, each name once: what the package depends on. */
  readonly dependencies: readonly { readonly name: string; readonly uuid: string }[];
  /** All that the environment resolves to. */
  readonly manifest: readonly RawEntry[];
  /** What processors it is for, as `--cpu-target` says it; undefined: the one at hand. */
  readonly cpuTarget?: string | undefined;
}
