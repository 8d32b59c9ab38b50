import { defaultProject } from "../julia/active-project.ts";
import { readManifest } from "../julia/manifest.ts";
import { loadedWith, type PackageFacts } from "../julia/package-facts.ts";
import type { Input } from "./back-end.ts";
import type { BuildPlan } from "./build-plan.ts";
import { readStamp } from "./stamp.ts";

/**
 * What an image of this plan holds: its packages and all that they load, as the project has them now, and what is in the
 * image it is built upon, as that one has them. A Manifest that cannot be read leaves only names. Throws what reading a
 * developed package's source throws.
 */
export function packagesInside(
  plan: Pick<BuildPlan, "baseSysimage" | "packages" | "project"> & {
    readonly toolchain: Pick<BuildPlan["toolchain"], "version">;
  },
): PackageFacts[] {
  const { packages, toolchain } = plan;
  const project = plan.project ?? defaultProject(toolchain.version);
  const manifest = project === undefined ? undefined : readManifest(project, toolchain.version);
  const inBase = readStamp(plan.baseSysimage)?.packages ?? [];
  const taken = new Set(inBase.map(({ name, uuid }) => uuid ?? name));
  const added = loadedWith(packages, manifest?.ok ? manifest.value : []);
  return [...inBase, ...added.filter(({ name, uuid }) => !taken.has(uuid ?? name))];
}

/** The same as an input of the bake: by what its code is known. */
export function packageInput({ name, uuid, version, treeHash, path, sourceDigest }: PackageFacts): Input {
  const facts = [version ?? uuid, treeHash, path, sourceDigest].filter((fact) => fact !== undefined);
  return [`package ${name}`, facts.join(" ") || "by name"];
}
