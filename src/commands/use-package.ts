import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPath } from "../build/package/package-files.ts";
import type { StampedPackage } from "../build/stamp.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { depots } from "../julia/active-project.ts";
import { projectFlag, quietFlags } from "../julia/julia-flags.ts";
import { noProject, projectFile, projectFolder } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { indented } from "../julia/toolchain-diagnostic.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { err, ok, type Result } from "../support/result.ts";
import { runTool } from "../support/run-tool.ts";
import { toolFailureText, toolOutput } from "../support/tool-failure-text.ts";
import { editFile } from "../wiring/edit-file.ts";
import { withBlock } from "../wiring/marked-block.ts";
import { type PackageWiring, packageSnippets, startupFile, startupText } from "../wiring/package-snippets.ts";
import { wiringName } from "../wiring/wiring.ts";
import { type CommandContext, type CommandResult, failed, interrupted } from "./context.ts";
import type { StampedImage } from "./known-images.ts";
import type { UseOutcome, UseRequest, WrittenWiring } from "./use.ts";

/** How to load a package image from where Julia is started; or makes it be loaded there. */
export async function usePackage(
  { path, stamp }: StampedImage,
  { name: packageName }: StampedPackage,
  { project, name, write }: UseRequest,
  toolchain: Toolchain,
  context: CommandContext,
): Promise<CommandResult<UseOutcome>> {
  const folder = project === undefined ? stamp.project : projectFolder(project);
  if (project !== undefined && folder === undefined) return failed(noProject(project));
  const wiring: PackageWiring = {
    julia: toolchain.julia,
    folder: path,
    load: join(path, loadPath),
    packageName,
    project: folder,
    name: name ?? wiringName(path),
  };
  const snippets = packageSnippets(wiring);
  if (write === undefined) return ok({ snippets });
  if (write !== "startup" && write !== "project") {
    return failed(
      errorDiagnostic("PI936", `a package image is not written for \`${write}\``, [
        "`--write startup` has every Julia load it, `--write project` makes it a dependency of the project",
        "paste what `preimage use` prints",
      ]),
    );
  }
  const written =
    write === "startup"
      ? writeStartup(wiring)
      : await writeProject(
          wiring,
          stamp.packages.some(({ path }) => path !== undefined && path === folder),
          toolchain,
          context,
        );
  return written.ok ? ok({ snippets, written: written.value }) : failed(written.error);
}

function writeStartup(wiring: PackageWiring): Result<WrittenWiring, Diagnostic> {
  const path = startupFile(depots()[0] ?? "");
  const block = `package ${wiring.packageName}`;
  try {
    const before = existsSync(path) ? readFileSync(path, "utf8") : "";
    return ok({
      target: "startup",
      ...editFile(path, withBlock(before, block, startupText(wiring))),
      next: "start Julia, without `--startup-file=no`",
      undo: `remove the lines from \`# >>> preimage ${block} >>>\` to \`# <<< preimage ${block} <<<\` there`,
    });
  } catch (error) {
    return err(
      errorDiagnostic("PI455", `\`${path}\` cannot be written: ${fileErrorText(error)}`, [
        "paste what `preimage use` prints",
      ]),
    );
  }
}

const developFile = fileURLToPath(new URL("develop-package.jl", import.meta.url));

/** `round`: the image loads the project itself. */
async function writeProject(
  { project, folder, packageName }: PackageWiring,
  round: boolean,
  { julia }: Toolchain,
  context: CommandContext,
): Promise<Result<WrittenWiring, Diagnostic>> {
  const instead = "load it from `startup.jl` with `--write startup`, or with `julia -L`";
  const path = project === undefined ? undefined : projectFile(project);
  if (project === undefined || path === undefined) {
    return err(
      errorDiagnostic("PI937", "the image was baked without a project", ["name one with `--project DIR`", instead]),
    );
  }
  if (round) {
    return err(
      errorDiagnostic("PI474", `the image loads the project \`${project}\` itself, which so cannot depend on it`, [
        instead,
      ]),
    );
  }
  const before = readFileSync(path, "utf8");
  const run = await runTool(
    { program: julia, args: [...quietFlags, ...projectFlag(project), developFile, folder] },
    { streams: { kind: "capture" }, abort: context.abort },
  );
  if (!run.ok) {
    if (run.error.reason === "interrupted") return err(interrupted("the project was changed"));
    return err(
      errorDiagnostic(
        "PI475",
        `Julia's \`Pkg.develop\` failed: ${toolFailureText(run.error)}${indented(toolOutput(run.error))}`,
        [instead],
      ),
    );
  }
  return ok({
    target: "project",
    path,
    changed: readFileSync(path, "utf8") !== before,
    next: `\`import ${packageName}\` in the program, in front of what it is for`,
    undo: `\`Pkg.rm("${packageName}")\` in the project`,
  });
}
