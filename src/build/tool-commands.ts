import { fileURLToPath } from "node:url";
import { projectFlag, quietFlags } from "../julia/julia-flags.ts";
import type { ToolCommand } from "../support/run-tool.ts";
import type { BuildPlan } from "./build-plan.ts";

const ensureFile = fileURLToPath(new URL("ensure-compiled.jl", import.meta.url));

/** What every Julia of a bake is started with. */
export function juliaFlags({ baseSysimage, project }: Pick<BuildPlan, "baseSysimage" | "project">): string[] {
  return [...quietFlags, `--sysimage=${baseSysimage}`, ...projectFlag(project)];
}

/**
 * Loads the packages in a process of its own, so that their caches are made before the process that bakes needs them.
 * Where one is not at hand, the project is instantiated first.
 */
export function ensureCompiled(plan: BuildPlan): ToolCommand {
  return {
    program: plan.toolchain.julia,
    args: [
      ...juliaFlags(plan),
      ensureFile,
      ...plan.packages.map(({ name, uuid }) => (uuid === undefined ? name : `${name}=${uuid}`)),
    ],
  };
}

/** Starts Julia on a sysimage and does nothing: an image that cannot do this is no image. */
export function startOn(julia: string, sysimage: string): ToolCommand {
  return { program: julia, args: ["--startup-file=no", `--sysimage=${sysimage}`, "-e", "nothing"] };
}

/** Starts Julia on whatever it starts on, and lets it say which sysimage that is, then what it holds, a name a line. */
export function describeStart(julia: string): ToolCommand {
  const say = "println(unsafe_string(Base.JLOptions().image_file)); foreach(println, Base.loaded_modules_array())";
  return { program: julia, args: [...quietFlags, "-e", say] };
}
