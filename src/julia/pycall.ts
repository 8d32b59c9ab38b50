import { fileURLToPath } from "node:url";
import type { ToolCommand } from "../support/run-tool.ts";
import { projectFlag, quietFlags } from "./julia-flags.ts";
import { atLeast, type JuliaVersion } from "./julia-version.ts";

const pycallFile = fileURLToPath(new URL("pycall.jl", import.meta.url));

/** Puts PyCall into a project of its own, built for `python` where one is named. */
export function pycallCommand(julia: string, project: string, python: string | undefined): ToolCommand {
  const args = python === undefined ? [] : [python];
  return { program: julia, args: [...quietFlags, ...projectFlag(project), pycallFile, ...args] };
}

/**
 * From Julia 1.5 on PyCall is loaded into an image that was baked before, and not into Julia's own: what it evaluates while
 * it is loaded meets modules that are closed by then. PyJulia's `julia.sysimage` does the same.
 */
export function pycallNeedsTwoStages(version: JuliaVersion): boolean {
  return atLeast(version, 1, 5);
}
