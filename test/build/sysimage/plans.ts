import type { Sysimage, SysimagePlan } from "../../../src/build/build-plan.ts";
import type { Toolchain } from "../../../src/julia/toolchain.ts";
import { julia110, version } from "../../toolchains.ts";

export const julia15: Toolchain = {
  ...julia110,
  julia: "/opt/julia-1.5/bin/julia",
  version: version("1.5.3"),
  bindir: "/opt/julia-1.5/bin",
  baseSysimage: "/opt/julia-1.5/lib/julia/sys.so",
  libraryFolders: ["/opt/julia-1.5/lib"],
};

export function planOn(toolchain: Toolchain, more: Partial<SysimagePlan> = {}): SysimagePlan {
  return {
    toolchain,
    linker: { kind: "compiler", program: "/usr/bin/cc", args: [], foundBy: "PATH" },
    packages: [],
    statements: [],
    output: "/app/sys.so" as Sysimage,
    baseSysimage: toolchain.baseSysimage,
    cpuTarget: "native",
    juliaArgs: [],
    importIntoMain: false,
    compress: false,
    fast: false,
    resume: false,
    unchecked: false,
    ...more,
  };
}
