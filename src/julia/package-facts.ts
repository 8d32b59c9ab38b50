import type { ContentDigest } from "../support/hashing.ts";
import type { ManifestPackage } from "./manifest.ts";
import { sourceDigest } from "./package-source.ts";

/** By what a package's code is known: what an image holds of it, or what a project has now. */
export interface PackageFacts {
  readonly name: string;
  /** Undefined: it was named, and no Manifest knew it. */
  readonly uuid?: string | undefined;
  readonly version?: string | undefined;
  readonly treeHash?: string | undefined;
  readonly path?: string | undefined;
  /** Of a developed package: SHA-256 of its source. */
  readonly sourceDigest?: ContentDigest | undefined;
}

/** What is loaded where these are: they themselves, and all that they depend on, by their names. */
export function loadedWith(
  roots: readonly Pick<PackageFacts, "name" | "uuid">[],
  manifest: readonly ManifestPackage[],
): PackageFacts[] {
  const byUuid = new Map(manifest.map((each) => [each.uuid, each]));
  const found = new Map<string, PackageFacts>();
  const take = (root: Pick<PackageFacts, "name" | "uuid">): void => {
    const known = root.uuid === undefined ? manifest.find(({ name }) => name === root.name) : byUuid.get(root.uuid);
    const key = known?.uuid ?? root.uuid ?? root.name;
    if (found.has(key)) return;
    found.set(key, known === undefined ? root : factsOf(known));
    for (const uuid of known?.dependsOn ?? []) {
      const dependency = byUuid.get(uuid);
      if (dependency !== undefined) take(dependency);
    }
  };
  for (const { name, uuid } of roots) take(uuid === undefined ? { name } : { name, uuid });
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Throws what reading a developed package's source throws. */
function factsOf({ dependsOn: _, ...known }: ManifestPackage): PackageFacts {
  const facts = known.path === undefined ? known : { ...known, sourceDigest: sourceDigest(known.path) };
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  ) as unknown as PackageFacts;
}

/** How a package in an image differs from what its project has now. */
export interface PackageDifference {
  readonly name: string;
  readonly uuid?: string | undefined;
  /**
   * `version`, `revision` (same version, other tree), `source` (developed, and edited since), `developed` and `released`
   * (developed now, or no longer), `removed` (the project has it no more).
   */
  readonly change: "version" | "revision" | "source" | "developed" | "released" | "removed";
  readonly inImage: PackageFacts;
  readonly now?: PackageFacts | undefined;
}

/** What the project has now of the packages in an image. Throws what reading a developed package's source throws. */
export function factsNow(inImage: readonly PackageFacts[], manifest: readonly ManifestPackage[]): PackageFacts[] {
  return manifest.filter((each) => inImage.some((was) => isSame(was, each))).map(factsOf);
}

/** A package that no Manifest knew when the image was baked is known by its name. */
const isSame = (was: PackageFacts, now: PackageFacts): boolean =>
  was.uuid === undefined ? was.name === now.name : was.uuid === now.uuid;

/** What of the packages in an image is no longer so. Neither side knows more of a standard library than its name. */
export function differencesOf(inImage: readonly PackageFacts[], now: readonly PackageFacts[]): PackageDifference[] {
  return inImage.flatMap((was): PackageDifference[] => {
    const listed = now.find((each) => isSame(was, each));
    const change = changeOf(was, listed);
    return change === undefined ? [] : [{ name: was.name, uuid: was.uuid, change, inImage: was, now: listed }];
  });
}

function changeOf(was: PackageFacts, now: PackageFacts | undefined): PackageDifference["change"] | undefined {
  const known = was.version ?? was.treeHash ?? was.path;
  if (now === undefined) return known === undefined ? undefined : "removed";
  if (was.path === undefined && now.path !== undefined) return "developed";
  if (was.path !== undefined && now.path === undefined) return "released";
  if (was.path !== undefined) return was.sourceDigest === now.sourceDigest ? undefined : "source";
  if (was.version !== now.version) return "version";
  return was.treeHash === now.treeHash ? undefined : "revision";
}
