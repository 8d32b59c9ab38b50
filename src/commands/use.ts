import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { noProject, projectFolder } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { err, ok, type Result } from "../support/result.ts";
import { type EditedFile, editFile } from "../wiring/edit-file.ts";
import { findKernelFile, kernelPath, kernelSpec } from "../wiring/ijulia-kernel.ts";
import { withBlock } from "../wiring/marked-block.ts";
import { shellFile } from "../wiring/shell-file.ts";
import { aliasText, fishAliasText, type Snippet, snippetsFor } from "../wiring/snippets.ts";
import { withSysimage } from "../wiring/vscode-settings.ts";
import { type Wiring, wiringName } from "../wiring/wiring.ts";
import {
  type CommandContext,
  type CommandResult,
  failed,
  warn,
  withExistingStore,
  withKnownToolchain,
} from "./context.ts";
import { imageAt, unstamped } from "./find-image.ts";
import { notFresh, unfit } from "./fitness-text.ts";
import { judge } from "./known-images.ts";
import { usePackage } from "./use-package.ts";

/** `startup` and `project`: of a package image; the others of a sysimage. */
export type WriteTarget = "vscode" | "ijulia" | "alias" | "startup" | "project";

export interface UseRequest {
  readonly sysimage: string;
  /** Undefined: the project that the image was baked with. */
  readonly project?: string | undefined;
  readonly julia?: string | undefined;
  /** What an alias, a launcher or a kernel is called; undefined: after the image. */
  readonly name?: string | undefined;
  /** Write this one where it belongs, instead of saying how. */
  readonly write?: WriteTarget | undefined;
}

export interface UseOutcome {
  readonly snippets: readonly Snippet[];
  /** What was written, where that was asked for. */
  readonly written?: WrittenWiring | undefined;
}

export interface WrittenWiring extends EditedFile {
  readonly target: WriteTarget;
  /** How it is used from now on. */
  readonly next: string;
  readonly undo: string;
}

/** How to use an image from the programs that start Julia; or tells one of them by itself. */
export function use(request: UseRequest, context: CommandContext): Promise<CommandResult<UseOutcome>> {
  return withExistingStore(context, async (store) => {
    const image = imageAt(request.sysimage);
    if (!image.ok && image.error.code !== unstamped) return failed(image.error);
    const found = await withKnownToolchain(context, request.julia);
    if (!found.ok) return found;
    const made = image.ok ? image.value.stamp.package : undefined;
    if (image.ok && made !== undefined) {
      const trouble = notFresh(image.value.path, judge(image.value, found.value, store));
      if (trouble !== undefined) warn(context, { ...trouble, severity: "warning" });
      return usePackage(image.value, made, request, found.value, context);
    }
    const wiring = wiringOf(request, image.ok ? image.value.stamp.project : undefined, found.value);
    if (!wiring.ok) return failed(wiring.error);
    const trouble = image.ok ? notFresh(image.value.path, judge(image.value, found.value, store)) : image.error;
    if (trouble?.code === unfit && request.write !== undefined) return failed(trouble);
    if (trouble !== undefined) warn(context, { ...trouble, severity: "warning" });
    const snippets = snippetsFor(wiring.value);
    if (request.write === undefined) return ok({ snippets });
    const written = write(request.write, wiring.value, context);
    return written.ok ? ok({ snippets, written: written.value }) : failed(written.error);
  });
}

function wiringOf(
  { project, name, sysimage }: UseRequest,
  bakedWith: string | undefined,
  { julia, version }: Toolchain,
): Result<Wiring, Diagnostic> {
  const folder = project === undefined ? bakedWith : projectFolder(project);
  if (project !== undefined && folder === undefined) return err(noProject(project));
  return ok({
    julia: resolve(julia),
    juliaVersion: version.text,
    sysimage: resolve(sysimage),
    project: folder,
    name: name ?? wiringName(sysimage),
    kernelFile: findKernelFile(),
  });
}

function write(target: WriteTarget, wiring: Wiring, context: CommandContext): Result<WrittenWiring, Diagnostic> {
  if (target === "startup" || target === "project") {
    return err(
      errorDiagnostic("PI936", `a sysimage is not written for \`${target}\`: Julia has to start on it`, [
        "`--write` takes vscode, ijulia and alias for a sysimage",
      ]),
    );
  }
  const file = { vscode: vscodeFile, ijulia: kernelFile, alias: aliasFile }[target](wiring, context);
  if (!file.ok) return file;
  const { path, text, next, undo } = file.value;
  try {
    const edited = editFile(path, text);
    return ok({ target, ...edited, next, undo });
  } catch (error) {
    return err(
      errorDiagnostic("PI455", `\`${path}\` cannot be written: ${fileErrorText(error)}`, [
        "paste what `preimage use` prints",
      ]),
    );
  }
}

type FileToBe = Pick<WrittenWiring, "path" | "next" | "undo"> & { readonly text: string };

function vscodeFile(wiring: Wiring, context: CommandContext): Result<FileToBe, Diagnostic> {
  const path = resolve(join(".vscode", "settings.json"));
  const before = textOf(path);
  const edited = withSysimage(before, wiring);
  if (!edited.ok) {
    const { detail, offset } = edited.error;
    const line = before.slice(0, offset).split("\n").length;
    const unreadable = errorDiagnostic("PI982", `VS Code's settings cannot be edited: ${detail}`, ["mend the file"]);
    return err({ ...unreadable, at: { file: path, line } });
  }
  const { text, otherJulia } = edited.value;
  if (otherJulia !== undefined) {
    warn(context, {
      ...errorDiagnostic(
        "PI456",
        `the settings name the Julia \`${otherJulia}\`, and the sysimage is for \`${wiring.julia}\``,
        ["set `julia.executablePath` to that one, or leave it out"],
      ),
      severity: "warning",
    });
  }
  return ok({
    path,
    text,
    next: "restart Julia in VS Code (`Julia: Restart REPL`)",
    undo: `take \`--sysimage=${wiring.sysimage}\` out of \`julia.additionalArgs\` there`,
  });
}

function kernelFile(wiring: Wiring): Result<FileToBe, Diagnostic> {
  const text = kernelSpec(wiring);
  if (text === undefined) {
    return err(
      errorDiagnostic("PI457", "no IJulia was found, neither among Jupyter's kernels nor in Julia's depots", [
        'add it with `using Pkg; Pkg.add("IJulia")`, or paste what `preimage use` prints where it is',
      ]),
    );
  }
  return ok({
    path: kernelPath(wiring),
    text,
    next: `choose the kernel \`Julia ${wiring.juliaVersion} (${wiring.name})\``,
    undo: `jupyter kernelspec remove ${wiring.name}`,
  });
}

function aliasFile(wiring: Wiring): Result<FileToBe, Diagnostic> {
  const file = shellFile();
  if (file === undefined) {
    const named = process.env.SHELL ? `the shell \`${process.env.SHELL}\` is` : "no shell is named by SHELL, or";
    return err(
      errorDiagnostic("PI458", `${named} none of bash, zsh and fish`, [
        "paste what `preimage use` prints where your shell reads it",
      ]),
    );
  }
  const { shell, path } = file;
  const body = shell === "fish" ? fishAliasText(wiring) : aliasText(wiring);
  return ok({
    path,
    text: withBlock(textOf(path), wiring.name, body),
    next: `start a new ${shell} and type \`${wiring.name}\``,
    undo: `remove the lines from \`# >>> preimage ${wiring.name} >>>\` to \`# <<< preimage ${wiring.name} <<<\` there`,
  });
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
