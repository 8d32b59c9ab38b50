import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { installDiagnostic } from "../build/install-diagnostic.ts";
import { installSysimage, restoreSysimage } from "../build/install-sysimage.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { backupPath } from "../julia/own-sysimage.ts";
import { packageOwner } from "../julia/package-owner.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { shellText } from "../support/shell-text.ts";
import {
  beginStep,
  type CommandContext,
  type CommandResult,
  failed,
  interrupted,
  warn,
  withExistingStore,
  withToolchain,
} from "./context.ts";
import { imageAt, unstamped } from "./find-image.ts";
import { notFresh, unfit } from "./fitness-text.ts";
import { judge } from "./known-images.ts";
import { whyNoStart } from "./why-no-start.ts";

export interface InstallRequest {
  readonly sysimage: string;
  readonly julia?: string | undefined;
  /** Also into a Julia of a package manager, and an image without a stamp. */
  readonly force: boolean;
}

export interface AskedInstall extends InstallRequest {
  /** Only find out whether it could be done. */
  readonly dryRun: boolean;
}

export interface InstallOutcome {
  /** Nothing was changed. */
  readonly dryRun?: true;
  /** What Julia starts on from now on when it is told nothing. */
  readonly sysimage: string;
  readonly julia: string;
  /** Where the sysimage that Julia came with is kept; undefined where it was put back. */
  readonly backup?: string | undefined;
  /** The command that undoes it. */
  readonly undo?: string | undefined;
}

/** Makes an image the one that Julia starts on when it is told nothing. */
export function install(request: AskedInstall, context: CommandContext): Promise<CommandResult<InstallOutcome>> {
  return withExistingStore<InstallOutcome>(context, async (store) => {
    const found = await withToolchain(context, request.julia);
    if (!found.ok) return found;
    const toolchain = found.value;
    const image = resolve(request.sysimage);
    const unfit =
      (await whyNotThis(request, toolchain, store, context)) ?? (await whyNotThere(request, toolchain, context));
    if (unfit !== undefined) return failed(unfit);
    const { julia, defaultSysimage, foundBy } = toolchain;
    if (request.dryRun)
      return ok({ sysimage: defaultSysimage, julia, backup: backupPath(defaultSysimage), dryRun: true });
    const done = beginStep(context, "replace Julia's sysimage");
    const installed = await installSysimage(image, toolchain, context.abort);
    done(!installed.ok);
    if (context.abort.aborted && !installed.ok)
      return failed(interrupted("Julia was tried; its own sysimage is back in its place"));
    if (!installed.ok) return failed(installDiagnostic(installed.error));
    const named = foundBy === "--julia" ? ["--julia", julia] : [];
    const undo = shellText({ program: "preimage", args: ["restore", ...named] });
    return ok({ sysimage: defaultSysimage, julia, backup: installed.value.backup, undo });
  });
}

/** The image must fit, and Julia start on it where it is. */
async function whyNotThis(
  { sysimage, force }: InstallRequest,
  toolchain: Toolchain,
  store: StatementStore,
  context: CommandContext,
): Promise<Diagnostic | undefined> {
  const image = imageAt(sysimage);
  if (image.ok && image.value.stamp.as === "package") {
    return errorDiagnostic("PI473", `\`${sysimage}\` is a package image, and Julia starts on sysimages only`, [
      "load it in every Julia with `preimage use DIR --write startup`",
    ]);
  }
  if (image.ok) {
    if (realpathSync(sysimage) === toolchain.defaultSysimage)
      return errorDiagnostic("PI326", `\`${sysimage}\` is what Julia starts on already`, []);
    const trouble = notFresh(image.value.path, judge(image.value, toolchain, store));
    if (trouble?.code === unfit) return trouble;
    if (trouble !== undefined) warn(context, { ...trouble, severity: "warning" });
  } else if (image.error.code !== unstamped) return image.error;
  else if (!force) {
    return { ...image.error, hints: [...image.error.hints, "install it all the same with `--force`"] };
  }
  return whyNoStart(sysimage, toolchain, context);
}

/** What a package manager installed it also updates, checks and removes. */
async function whyNotThere(
  { force }: InstallRequest,
  { defaultSysimage }: Toolchain,
  context: CommandContext,
): Promise<Diagnostic | undefined> {
  const owner = await packageOwner(defaultSysimage, context.abort);
  if (owner === undefined) return undefined;
  const owned = errorDiagnostic("PI327", `\`${defaultSysimage}\` belongs to a package of ${owner}`, [
    "start Julia with `preimage run`, or through an alias of `preimage use`, neither of which changes it",
    "replace it all the same with `--force`: the next update of that package takes it away again",
  ]);
  if (!force) return owned;
  warn(context, { ...owned, severity: "warning", hints: [] });
  return undefined;
}

export interface RestoreRequest {
  readonly julia?: string | undefined;
  /** Also where the image there is not known to be one that `install` put there. */
  readonly force: boolean;
}

/** Puts the sysimage that Julia came with back. */
export async function restore(
  { julia, force }: RestoreRequest,
  context: CommandContext,
): Promise<CommandResult<InstallOutcome>> {
  const found = await withToolchain(context, julia);
  if (!found.ok) {
    const [first, ...others] = found.error;
    // Who asks Julia where its sysimage is cannot mend a Julia that does not start.
    const byHand = "if it does not start on what was installed, rename `sys.so.backup`, beside it, to `sys.so`";
    return failed({ ...first, hints: [...first.hints, byHand] }, ...others);
  }
  const done = beginStep(context, "put Julia's own sysimage back");
  const restored = await restoreSysimage(found.value, force, context.abort);
  done(!restored.ok);
  if (!restored.ok) return failed(installDiagnostic(restored.error));
  return ok({ sysimage: restored.value.sysimage, julia: found.value.julia });
}
