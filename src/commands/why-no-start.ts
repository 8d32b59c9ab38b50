import { resolve } from "node:path";
import { startWithPackage } from "../build/package/package-commands.ts";
import type { StampedPackage } from "../build/stamp.ts";
import { startOn } from "../build/tool-commands.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { indented } from "../julia/toolchain-diagnostic.ts";
import { runTool } from "../support/run-tool.ts";
import { toolFailureText, toolOutput } from "../support/tool-failure-text.ts";
import type { CommandContext } from "./context.ts";

/** Starts Julia on an image, and says why it does not; undefined where it does. */
export async function whyNoStart(
  sysimage: string,
  { julia }: Toolchain,
  { abort }: CommandContext,
): Promise<Diagnostic | undefined> {
  const run = await runTool(startOn(julia, resolve(sysimage)), { streams: { kind: "capture" }, abort });
  if (run.ok) return undefined;
  const why = `${toolFailureText(run.error)}${indented(toolOutput(run.error))}`;
  return errorDiagnostic("PI416", `Julia does not start on \`${sysimage}\`: ${why}`, [
    "bake the sysimage anew, with this Julia",
  ]);
}

/** Loads a package image, and says why that does not work; undefined where it does. */
export async function whyNotLoaded(
  folder: string,
  { name, uuid }: Pick<StampedPackage, "name" | "uuid">,
  project: string | undefined,
  toolchain: Toolchain,
  { abort }: CommandContext,
): Promise<Diagnostic | undefined> {
  const { baseSysimage } = toolchain;
  const command = startWithPackage({ toolchain, baseSysimage, project, output: resolve(folder), name, uuid });
  const run = await runTool(command, { streams: { kind: "capture" }, abort });
  if (run.ok) return undefined;
  const why = `${toolFailureText(run.error)}${indented(toolOutput(run.error))}`;
  return errorDiagnostic("PI471", `Julia does not load the package image \`${folder}\`: ${why}`, [
    "bake it anew, with this Julia and this project",
  ]);
}
