import { fileURLToPath } from "node:url";
import { emitFlags, linkedLibraries } from "../julia/versions.ts";
import type { ToolCommand } from "../support/run-tool.ts";
import type { BuildPlan, ObjectFile, Sysimage } from "./build-plan.ts";

const stageFile = fileURLToPath(new URL("stage.jl", import.meta.url));
const ensureFile = fileURLToPath(new URL("ensure-compiled.jl", import.meta.url));

/** What every Julia of a bake is started with. */
function juliaFlags({ baseSysimage, project }: BuildPlan): string[] {
  const flags = ["--startup-file=no", "--color=no", `--sysimage=${baseSysimage}`];
  return project === undefined ? flags : [...flags, `--project=${project}`];
}

/** Loads the packages in a process of its own, so that their caches are made before the staging process needs them. */
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

/** Runs the staging script and emits everything that is loaded and compiled at its end. */
export function emitObject(plan: BuildPlan, stagingPlan: string, object: ObjectFile): ToolCommand {
  return {
    program: plan.toolchain.julia,
    args: [
      ...juliaFlags(plan),
      `--cpu-target=${plan.cpuTarget}`,
      ...emitFlags(plan.toolchain.version),
      `--output-o=${object}`,
      stageFile,
      stagingPlan,
    ],
    env: { JULIA_LOAD_PATH: undefined, JULIA_PROJECT: undefined },
  };
}

/** Links the object file whole: nothing in it is referred to by name. */
export function linkSysimage(plan: BuildPlan, object: ObjectFile, sysimage: Sysimage): ToolCommand {
  const whole =
    plan.toolchain.os === "Darwin"
      ? ["-Wl,-all_load", object]
      : ["-Wl,--whole-archive", object, "-Wl,--no-whole-archive"];
  return link(plan, whole, sysimage);
}

/** Links nothing but libjulia: what cannot do this need not be given minutes of work. */
export function tryLinker(plan: BuildPlan, library: Sysimage): ToolCommand {
  return link(plan, [], library);
}

function link({ toolchain, linker }: BuildPlan, inputs: readonly string[], output: Sysimage): ToolCommand {
  return {
    program: linker.program,
    args: [
      ...linker.args,
      "-shared",
      "-o",
      output,
      ...inputs,
      ...toolchain.libraryFolders.map((folder) => `-L${folder}`),
      ...linkedLibraries(toolchain.version, toolchain.debugBuild).map((name) => `-l${name}`),
    ],
  };
}

/** Starts Julia on a sysimage and does nothing: an image that cannot do this is no image. */
export function startOn(julia: string, sysimage: string): ToolCommand {
  return { program: julia, args: ["--startup-file=no", `--sysimage=${sysimage}`, "-e", "nothing"] };
}
