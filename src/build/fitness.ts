import { existsSync, statSync } from "node:fs";
import { defaultProject } from "../julia/active-project.ts";
import { type Cpu, cpuFeatures, cpuFit } from "../julia/cpu.ts";
import { type ManifestFailure, readManifest } from "../julia/manifest.ts";
import { backupPath } from "../julia/own-sysimage.ts";
import { differencesOf, factsNow, type PackageDifference } from "../julia/package-facts.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { filesDigest } from "./package/package-folder.ts";
import type { Stamp, StampedPackage } from "./stamp.ts";

/** One thing that has to be now as it was when the image was baked. */
export interface FitnessCheck {
  readonly check: "file" | "cache" | "julia" | "system" | "processor" | "base sysimage" | "packages";
  /**
   * `unfit`: Julia does not start on it, or must not; `stale`: it starts, with code that is no longer so. A package is
   * never unfit: Julia makes anew what is stale when it loads it.
   */
  readonly verdict: "ok" | "unfit" | "stale" | "unknown";
  /** What the image is made for. */
  readonly inImage: string;
  /** What is there, where that differs. */
  readonly now?: string | undefined;
}

export interface Fitness {
  readonly checks: readonly FitnessCheck[];
  /** Of the packages in the image, those that are no longer what it holds. */
  readonly differences: readonly PackageDifference[];
  readonly verdict: "fresh" | "stale" | "unfit";
  /** Why packages could not be compared. */
  readonly manifestFailure?: ManifestFailure | undefined;
}

/** How the digest of a file is come by: hashed, or remembered. */
export type DigestOf = (path: string) => string;

/** Whether an image fits this Julia, this machine and its project as they are now. Starts no Julia. */
export function fitnessOf(image: string, stamp: Stamp, toolchain: Toolchain, digestOf: DigestOf): Fitness {
  const { differences, manifestFailure } = packageDifferences(stamp, toolchain);
  const all = [
    ...(stamp.package === undefined
      ? [fileCheck(image, stamp)]
      : [filesCheck(image, stamp.package), cacheCheck(stamp.package)]),
    juliaCheck(stamp, toolchain),
    same("system", `${stamp.julia.os} ${stamp.julia.arch}`, `${toolchain.os} ${toolchain.arch}`),
    processorCheck(stamp, { name: toolchain.cpu, features: cpuFeatures() }),
    baseCheck(stamp, digestOf),
    packagesCheck(stamp, differences, manifestFailure),
  ];
  const checks = stamp.package === undefined ? all : all.map(atMostStale);
  const worst = (["unfit", "stale"] as const).find((verdict) => checks.some((check) => check.verdict === verdict));
  return { checks, differences, verdict: worst ?? "fresh", manifestFailure };
}

function same(check: FitnessCheck["check"], inImage: string, now: string): FitnessCheck {
  return inImage === now ? { check, verdict: "ok", inImage } : { check, verdict: "unfit", inImage, now };
}

/** A stamp may have been left beside a file that took the image's place. */
function fileCheck(sysimage: string, { bytes }: Stamp): FitnessCheck {
  return same("file", `${bytes} bytes`, `${statSync(sysimage).size} bytes`);
}

/** What is edited by hand goes into the next cache that Julia makes. */
function filesCheck(folder: string, { filesDigest: digest }: StampedPackage): FitnessCheck {
  const check = { check: "file", inImage: "the package's files" } as const;
  return filesDigest(folder) === digest
    ? { ...check, verdict: "ok" }
    : { ...check, verdict: "stale", now: "they were edited since" };
}

/** Julia keeps ten caches of a package, and `Pkg.gc` or a person may remove them. */
function cacheCheck({ cache }: StampedPackage): FitnessCheck {
  const check = { check: "cache", inImage: cache[0]?.path ?? "none" } as const;
  const there = cache.every(({ path, bytes }) => statSync(path, { throwIfNoEntry: false })?.size === bytes);
  return there ? { ...check, verdict: "ok" } : { ...check, verdict: "stale", now: "Julia has removed or replaced it" };
}

const atMostStale = (check: FitnessCheck): FitnessCheck =>
  check.verdict === "unfit" ? { ...check, verdict: "stale" } : check;

function juliaCheck({ julia }: Stamp, { version, commit }: Toolchain): FitnessCheck {
  // A Julia that was not built from a clone of its sources has no commit.
  const known = julia.commit !== "" && commit !== "" && julia.commit !== commit;
  const text = (version: string, commit: string) => (known ? `${version} (${commit.slice(0, 10)})` : version);
  return same("julia", text(julia.version, julia.commit), text(version.text, commit));
}

function processorCheck({ cpuTarget, cpu }: Stamp, here: Cpu): FitnessCheck {
  const inImage = cpuTarget === "native" ? `native (${cpu.name})` : cpuTarget;
  const fit = cpuFit(cpuTarget, cpu, here);
  if (fit.fits) return { check: "processor", verdict: "ok", inImage };
  if (fit.fits === undefined) return { check: "processor", verdict: "unknown", inImage, now: here.name };
  return { check: "processor", verdict: "unfit", inImage, now: `${here.name}, without ${fit.lacking.join(", ")}` };
}

/** What is linked against another build of Julia's libraries may crash; where `install` moved the base, it is the backup. */
function baseCheck({ baseSysimage: { path, digest } }: Stamp, digestOf: DigestOf): FitnessCheck {
  const candidates = [path, backupPath(path), path.replace(/\.backup$/, "")].filter((each) => existsSync(each));
  const check = { check: "base sysimage", inImage: path } as const;
  if (candidates.length === 0) return { ...check, verdict: "stale", now: "it is there no more" };
  if (candidates.some((each) => digestOf(each) === digest)) return { ...check, verdict: "ok" };
  return { ...check, verdict: "stale", now: "it is another one" };
}

function packageDifferences(
  { project, packages }: Stamp,
  { version }: Toolchain,
): Pick<Fitness, "differences" | "manifestFailure"> {
  const folder = project ?? defaultProject(version);
  if (folder === undefined || !existsSync(folder)) return { differences: [] };
  const manifest = readManifest(folder, version);
  return manifest.ok
    ? { differences: differencesOf(packages, factsNow(packages, manifest.value)) }
    : { differences: [], manifestFailure: manifest.error };
}

function packagesCheck(
  { packages, project }: Stamp,
  differences: readonly PackageDifference[],
  manifestFailure: ManifestFailure | undefined,
): FitnessCheck {
  const inImage = `${packages.length} in the image`;
  const check = "packages";
  if (manifestFailure !== undefined)
    return { check, verdict: "unknown", inImage, now: `\`${manifestFailure.path}\` cannot be read` };
  if (project !== undefined && !existsSync(project))
    return { check, verdict: "stale", inImage, now: `the project \`${project}\` is there no more` };
  if (differences.length === 0) return { check, verdict: "ok", inImage };
  return { check, verdict: "stale", inImage, now: `${differences.length} of them changed` };
}
