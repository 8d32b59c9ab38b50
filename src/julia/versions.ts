import { atLeast, isAtLeast, type JuliaVersion } from "./julia-version.ts";

/** `from` is the first version, `until` the first one that is no longer meant. */
export interface VersionRange {
  readonly from?: readonly [major: number, minor: number];
  readonly until?: readonly [major: number, minor: number];
}

type Os = "Linux" | "Darwin" | "Windows" | "FreeBSD";

interface Rule extends VersionRange {
  /** Of the process that emits the object file. */
  readonly emitFlags?: readonly string[];
  /** Its environment, where memory is short. */
  readonly thriftyEnv?: Readonly<Record<string, string>>;
  /** Of the process that has a package precompiled. */
  readonly packageFlags?: readonly string[];
  /** Shrinks the image. */
  readonly compressFlags?: readonly string[];
  /** What an image is for where the user does not say; `sysimage`: what the base sysimage is for. */
  readonly cpuTarget?: string;
  readonly os?: Os;
  /** What a sysimage is linked against, without `lib`. */
  readonly libraries?: readonly string[];
  readonly linkFlags?: readonly string[];
}

/**
 * What differs between Julia versions when a process is started or a sysimage is linked, in one table; what the staging
 * script does differently stands in ../build/sysimage/staging-steps.ts, how a fresh base is made in
 * ../build/sysimage/fresh-base.ts. Source: the history of PackageCompiler and of Julia's own build.
 */
const rules: readonly Rule[] = [
  { cpuTarget: "native", until: [1, 13] },
  { cpuTarget: "sysimage", from: [1, 13] },
  // Code that stands in package images would be missing in the sysimage.
  { emitFlags: ["--pkgimages=no"], from: [1, 9] },
  // With more, emitting may hang.
  { emitFlags: ["--threads=1"], from: [1, 9] },
  // LLVM in one thread takes half the memory: 24 GB became 12.7 GB in julia#50729.
  { thriftyEnv: { JULIA_IMAGE_THREADS: "1" }, from: [1, 9] },
  // Whatever the user's defaults are: without, the cache would hold no native code.
  { packageFlags: ["--pkgimages=yes"], from: [1, 9] },
  { compressFlags: ["--compress-sysimage=yes"], from: [1, 13] },
  { libraries: ["julia"] },
  { libraries: ["julia-internal"], from: [1, 6] },
  { libraries: ["openlibm"], os: "Windows", from: [1, 6] },
  // From 1.6 to 1.10 an image has more symbols than a DLL can number.
  { linkFlags: ["-Wl,--export-all-symbols"], os: "Windows", until: [1, 6] },
  { linkFlags: ["-Wl,--export-all-symbols"], os: "Windows", from: [1, 11] },
];

/** The first release whose `--output-o` and `--trace-compile` work together as preimage needs them. */
export const oldestSupported = "1.3";
/** The first one whose package images hold native code. */
export const oldestWithPackageImages = "1.9";
export const oldestWithCompression = "1.13";

export function isSupported(version: JuliaVersion): boolean {
  return isAtLeast(version, oldestSupported);
}

export function hasPackageImages(version: JuliaVersion): boolean {
  return isAtLeast(version, oldestWithPackageImages);
}

export function hasOwnLinker(version: JuliaVersion): boolean {
  return atLeast(version, 1, 9);
}

export function isWithin(version: JuliaVersion, { from, until }: VersionRange): boolean {
  return (from === undefined || atLeast(version, ...from)) && (until === undefined || !atLeast(version, ...until));
}

/** Flags that the process which emits the object file needs beyond those that every version takes. */
export function emitFlags(version: JuliaVersion): readonly string[] {
  return rulesFor(version).flatMap((rule) => rule.emitFlags ?? []);
}

/** Its environment, where memory is short. Empty where this Julia has nothing to save. */
export function thriftyEnv(version: JuliaVersion): Readonly<Record<string, string>> {
  return Object.assign({}, ...rulesFor(version).map((rule) => rule.thriftyEnv ?? {}));
}

/** Flags that the process needs which has a package precompiled. */
export function packageFlags(version: JuliaVersion): readonly string[] {
  return rulesFor(version).flatMap((rule) => rule.packageFlags ?? []);
}

/** Undefined where this Julia cannot compress an image. */
export function compressFlags(version: JuliaVersion): readonly string[] | undefined {
  return rulesFor(version).find((rule) => rule.compressFlags !== undefined)?.compressFlags;
}

export function defaultCpuTarget(version: JuliaVersion): string {
  return rulesFor(version).find((rule) => rule.cpuTarget !== undefined)?.cpuTarget ?? "native";
}

/** The libraries a sysimage is linked against, without `lib`. `os`: as Julia's `Sys.KERNEL` names it. */
export function linkedLibraries(version: JuliaVersion, debugBuild: boolean, os = "Linux"): readonly string[] {
  const named = rulesFor(version, osOf(os)).flatMap((rule) => rule.libraries ?? []);
  return named.map((name) => (debugBuild && name.startsWith("julia") ? `${name}-debug` : name));
}

export function linkFlags(version: JuliaVersion, os: string): readonly string[] {
  return rulesFor(version, osOf(os)).flatMap((rule) => rule.linkFlags ?? []);
}

/** Julia's `Sys.KERNEL` says `NT` or, built with MinGW, `MINGW64_NT-…`. */
export function osOf(kernel: string): Os {
  if (/NT|MINGW|Windows/i.test(kernel)) return "Windows";
  return kernel === "Darwin" || kernel === "FreeBSD" ? kernel : "Linux";
}

/** An archive from Julia 1.6 on in all but name; the newest linkers go by the name. */
export function objectFileName(version: JuliaVersion): string {
  return atLeast(version, 1, 6) ? "sysimage-o.a" : "sysimage.o";
}

function rulesFor(version: JuliaVersion, os: Os = "Linux"): readonly Rule[] {
  return rules.filter((rule) => isWithin(version, rule) && (rule.os === undefined || rule.os === os));
}
