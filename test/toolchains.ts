import type { JuliaVersion } from "../src/julia/julia-version.ts";
import { parseJuliaVersion } from "../src/julia/julia-version.ts";
import type { Toolchain } from "../src/julia/toolchain.ts";

/** The version of that text, which is one. */
export function version(text: string): JuliaVersion {
  const parsed = parseJuliaVersion(text);
  if (parsed === undefined) throw new Error(`${text} is no version`);
  return parsed;
}

/** A toolchain that is nowhere: what is made from it can be compared, not run. */
export const julia110: Toolchain = {
  julia: "/opt/julia-1.10/bin/julia",
  foundBy: "PATH",
  version: version("1.10.8"),
  commit: "4c16ff44be8a7a1b8a9a5e1b2f6a3b7c8d9e0f1a",
  bindir: "/opt/julia-1.10/bin",
  stdlib: "/opt/julia-1.10/share/julia/stdlib/v1.10",
  baseSysimage: "/opt/julia-1.10/lib/julia/sys.so",
  defaultSysimage: "/opt/julia-1.10/lib/julia/sys.so",
  libjulia: "/opt/julia-1.10/lib/libjulia.so.1.10",
  libraryFolders: ["/opt/julia-1.10/lib", "/opt/julia-1.10/lib/julia"],
  debugBuild: false,
  os: "Linux",
  arch: "x86_64",
  cpu: "skylake",
};
