import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { manifestDiagnostic } from "../julia/manifest.ts";
import { noProject, projectAbove, projectFolder } from "../julia/project.ts";
import { err, ok, type Result } from "../support/result.ts";
import { type CommandContext, type CommandResult, failed, warn, withKnownToolchain } from "./context.ts";
import { bestKnown, imageAt, noImage, type ProjectAsked } from "./find-image.ts";
import type { JudgedImage } from "./known-images.ts";

export interface StatusRequest {
  /** Undefined: the newest of the project that fits, or the newest. */
  readonly sysimage?: string | undefined;
  /** Undefined: the nearest one here or above. */
  readonly project?: string | undefined;
  readonly julia?: string | undefined;
}

/** Whether an image fits this Julia and this machine, and which packages in it are no longer what the project has. */
export async function status(request: StatusRequest, context: CommandContext): Promise<CommandResult<JudgedImage>> {
  const asked = request.sysimage === undefined ? projectAsked(request.project) : imageAt(request.sysimage);
  if (!asked.ok) return failed(asked.error);
  const toolchain = await withKnownToolchain(context, request.julia);
  if (!toolchain.ok) return toolchain;
  const judged = await bestKnown(asked.value, toolchain.value, context);
  if (!judged.ok) return judged;
  if (judged.value === undefined) return failed(noImage("project" in asked.value ? asked.value.project : undefined));
  const { manifestFailure } = judged.value.fitness;
  if (manifestFailure !== undefined) warn(context, { ...manifestDiagnostic(manifestFailure), severity: "warning" });
  return ok(judged.value);
}

function projectAsked(asked: string | undefined): Result<ProjectAsked, Diagnostic> {
  if (asked === undefined) return ok({ project: projectAbove(process.cwd()) });
  const project = projectFolder(asked);
  return project === undefined ? err(noProject(asked)) : ok({ project });
}
