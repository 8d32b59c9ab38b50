import { resolve } from "node:path";
import type { BuildPlan } from "../build/build-plan.ts";
import type { PackagePlan } from "../build/package/package-plan.ts";
import { packageUuid } from "../build/package/package-uuid.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { manifestDiagnostic } from "../julia/manifest.ts";
import { projectUuid } from "../julia/project.ts";
import { rawManifest } from "../julia/raw-manifest.ts";
import { ok } from "../support/result.ts";
import type { PackageTarget } from "./build-request.ts";
import { type CommandContext, type CommandResult, failed } from "./context.ts";

/** What a package is made from. What the environment does not have is not depended on, and said. */
export function packagePlan(
  common: BuildPlan,
  { name, output, cpuTarget }: PackageTarget,
  context: CommandContext,
): CommandResult<PackagePlan> {
  const { project, packages, toolchain } = common;
  const manifest = rawManifest(project, packages, toolchain);
  if (!manifest.ok) return failed(manifestDiagnostic(manifest.error));
  const { entries, found, missing } = manifest.value;
  if (entries.some((entry) => entry.name === name)) {
    return failed(
      errorDiagnostic("PI932", `\`${name}\` is the name of a package that the project has`, [
        "name the package of the image otherwise with `--name`",
      ]),
    );
  }
  if (missing.length > 0) {
    context.notify({
      kind: "note",
      text: `not loaded, as ${project ?? "Julia's default environment"} does not have them: ${missing.join(", ")}`,
    });
  }
  return ok({
    ...common,
    packages: found,
    output: resolve(output),
    name,
    uuid: packageUuid(project === undefined ? "" : (projectUuid(project) ?? project), name),
    tool: context.tool,
    dependencies: found,
    manifest: entries,
    cpuTarget,
  });
}
