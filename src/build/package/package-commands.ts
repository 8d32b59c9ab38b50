import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageFlags } from "../../julia/versions.ts";
import type { ToolCommand } from "../../support/run-tool.ts";
import { juliaFlags } from "../tool-commands.ts";
import { loadPath } from "./package-files.ts";
import type { PackagePlan } from "./package-plan.ts";

const precompileFile = fileURLToPath(new URL("precompile.jl", import.meta.url));
const checkFile = fileURLToPath(new URL("check-loaded.jl", import.meta.url));

/**
 * Has Julia write the package's cache. It replays the list in a process that it starts itself, which writes verdicts to
 * the file `verdicts`; `made` is written when all is done, and says what was made.
 */
export function precompilePackage(plan: PackagePlan, verdicts: string, made: string): ToolCommand {
  const { toolchain, output, name, uuid, cpuTarget } = plan;
  return {
    program: toolchain.julia,
    args: [
      ...juliaFlags(plan),
      ...packageFlags(toolchain.version),
      ...plan.juliaArgs,
      precompileFile,
      output,
      name,
      uuid,
      made,
    ],
    env: {
      PREIMAGE_VERDICTS: verdicts,
      ...(cpuTarget === undefined ? {} : { JULIA_CPU_TARGET: cpuTarget }),
    },
  };
}

/**
 * Loads the package as a user does. It must be loaded from its cache: where Julia precompiles it once more, `verdicts` is
 * written.
 */
export function startWithPackage(
  plan: Pick<PackagePlan, "toolchain" | "baseSysimage" | "project" | "output" | "name" | "uuid">,
  verdicts?: string,
): ToolCommand {
  const { toolchain, output, name, uuid } = plan;
  return {
    program: toolchain.julia,
    args: [...juliaFlags(plan), "-L", join(output, loadPath), checkFile, uuid, name],
    ...(verdicts === undefined ? {} : { env: { PREIMAGE_VERDICTS: verdicts } }),
  };
}
