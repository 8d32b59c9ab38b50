import { atLeast, type JuliaVersion } from "./julia-version.ts";

/**
 * What differs between Julia versions when a process is started or a sysimage is linked, in one table. What the
 * staging script does differently stands in ../build/staging.jl, guarded there by `VERSION`.
 * Source: PackageCompiler's history and `shared` facts measured on 1.5, 1.10, 1.11 and 1.12.
 */
const rules = [
  { from: [1, 9], emitFlags: ["--pkgimages=no"] },
  { from: [1, 9], emitFlags: ["--threads=1"] },
  { from: [1, 6], libraries: ["julia-internal"] },
] as const satisfies readonly {
  from: readonly [number, number];
  emitFlags?: readonly string[];
  libraries?: readonly string[];
}[];

/** The first release whose `--output-o` and `--trace-compile` work together as preimage needs them. */
export const oldestSupported = "1.3";

export function isSupported(version: JuliaVersion): boolean {
  return atLeast(version, 1, 3);
}

/** Flags that the process which emits the object file needs beyond those that every version takes. */
export function emitFlags(version: JuliaVersion): readonly string[] {
  return applying(version).flatMap((rule) => ("emitFlags" in rule ? rule.emitFlags : []));
}

/** The libraries a sysimage is linked against, without `lib`. */
export function linkedLibraries(version: JuliaVersion, debugBuild: boolean): readonly string[] {
  const names = ["julia", ...applying(version).flatMap((rule) => ("libraries" in rule ? rule.libraries : []))];
  return names.map((name) => (debugBuild ? `${name}-debug` : name));
}

/** An archive from Julia 1.6 on in all but name; the newest linkers go by the name. */
export function objectFileName(version: JuliaVersion): string {
  return atLeast(version, 1, 6) ? "sysimage-o.a" : "sysimage.o";
}

function applying(version: JuliaVersion) {
  return rules.filter(({ from: [major, minor] }) => atLeast(version, major, minor));
}
