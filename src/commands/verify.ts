import { join, resolve } from "node:path";
import { loadPath } from "../build/package/package-files.ts";
import type { Stamp } from "../build/stamp.ts";
import { type Ending, type Verification, type VerifiedImage, verify } from "../build/verify.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { readManifest } from "../julia/manifest.ts";
import { differencesOf, factsNow } from "../julia/package-facts.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { toolFailureText } from "../support/tool-failure-text.ts";
import { availableKinds, type Streams } from "../trace/run-workload.ts";
import type { Workload } from "../trace/traced-process.ts";
import {
  beginStep,
  type CommandContext,
  type CommandResult,
  failed,
  interrupted,
  warn,
  withStore,
  withToolchain,
} from "./context.ts";
import { imageAt, unstamped } from "./find-image.ts";
import { differencesText } from "./fitness-text.ts";
import { foreseenFor, workloadKey } from "./predictions.ts";
import { recordResidual, residualTag } from "./record-residual.ts";
import { checkWorkload, warmCaches } from "./trace.ts";
import { whyNoStart, whyNotLoaded } from "./why-no-start.ts";

export interface VerifyRequest {
  /** A sysimage, or the folder of a package image. */
  readonly image: string;
  readonly workload: Workload & { kind: "script" };
  readonly julia?: string | undefined;
  readonly baseSysimage?: string | undefined;
  readonly repeat: number;
  /** Undefined: as in the runs behind the list. */
  readonly streams?: Streams | undefined;
}

export async function verifySysimage(
  request: VerifyRequest,
  context: CommandContext,
): Promise<CommandResult<Verification>> {
  const { image } = request;
  const read = stampAt(image, context);
  if (!read.ok) return read;
  const stamp = read.value;
  const workload = { ...request.workload, project: request.workload.project ?? stamp?.project };
  const unfit = checkWorkload(workload);
  if (unfit !== undefined) return failed(unfit);
  const toolchain = await withToolchain(context, request.julia);
  if (!toolchain.ok) return toolchain;
  const unusable =
    stamp?.package === undefined
      ? await whyNoStart(image, toolchain.value, context)
      : await whyNotLoaded(image, stamp.package, workload.project, toolchain.value, context);
  if (unusable !== undefined) return failed(unusable);
  return withStore(context, async (store) => {
    await warmCaches(workload, toolchain.value, context);
    const verified = await verifyOn({ ...request, workload }, stamp, context, store, toolchain.value);
    if (!verified.ok) return verified;
    const run = recordResidual(verified.value, resolve(image), stamp, workload, toolchain.value, store);
    if (run !== undefined) {
      context.notify({
        kind: "note",
        text: `what still compiles and was not in the list is recorded as run ${run}, tagged ${residualTag}`,
      });
    }
    return verified;
  });
}

/** Undefined: what stands there may be a sysimage all the same. */
function stampAt(image: string, context: CommandContext): CommandResult<Stamp | undefined> {
  const read = imageAt(image);
  if (read.ok) return ok(read.value.stamp);
  if (read.error.code !== unstamped) return failed(read.error);
  warn(context, {
    code: "PI411",
    severity: "warning",
    message: `no readable stamp of preimage stands beside \`${image}\`: what its list held is not known`,
    hints: [],
  });
  return ok(undefined);
}

function imageOf(image: string, stamp: Stamp | undefined): VerifiedImage {
  return stamp?.as === "package"
    ? { as: "package", load: join(resolve(image), loadPath) }
    : { as: "sysimage", sysimage: resolve(image) };
}

/** The same, with the stamp read, the toolchain found, and an image that Julia has started on. */
export async function verifyOn(
  request: VerifyRequest,
  stamp: Stamp | undefined,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<Verification>> {
  warnOfPackages(request.workload.project, stamp, context, toolchain);
  const streams = request.streams ?? streamsOf(stamp);
  const { workload } = request;
  const baseSysimage = request.baseSysimage ?? toolchain.baseSysimage;
  const key = workloadKey(streams, [workload.script, ...workload.args]);
  const verified = await verify(
    {
      toolchain,
      workload,
      image: imageOf(request.image, stamp),
      baseSysimage,
      stamp,
      predicted: foreseenFor(stamp, key, store),
      repeat: request.repeat,
      streams,
    },
    (step) => beginStep(context, step),
    context.abort,
  );
  if (!verified.ok) {
    if (verified.error.reason === "interrupted") return failed(interrupted("the workload was verified"));
    return failed(errorDiagnostic("PI412", `the workload could not be run: ${toolFailureText(verified.error)}`, []));
  }
  const broken = warnOfEndings(verified.value, context);
  return broken === undefined ? ok(verified.value) : failed(broken);
}

/** Packages are locked into the image as they were. */
function warnOfPackages(
  project: string | undefined,
  stamp: Stamp | undefined,
  context: CommandContext,
  { version }: Toolchain,
): void {
  const manifest = project === undefined || stamp === undefined ? undefined : readManifest(project, version);
  if (stamp === undefined || !manifest?.ok) return;
  const differences = differencesOf(stamp.packages, factsNow(stamp.packages, manifest.value));
  if (differences.length === 0) return;
  warn(context, {
    code: "PI417",
    severity: "warning",
    ...(stamp.as === "package"
      ? {
          message: `packages are no longer what the package image was baked with, so Julia makes it anew: ${differencesText(differences)}`,
          hints: ["bake it anew where the list should change as well", "see `preimage status`"],
        }
      : {
          message: `packages in the sysimage are no longer what the project has: ${differencesText(differences)}`,
          hints: ["bake the sysimage anew", "see `preimage status`"],
        }),
  });
}

/** What the workload met when it was traced, so that the IO types are the same. */
function streamsOf(stamp: Stamp | undefined): Streams {
  const kinds = stamp?.ioKinds ?? [];
  return availableKinds().find((kind) => kinds.includes(kind)) ?? "pipe";
}

/** Whatever a run that ended otherwise did not compile proves nothing. */
function warnOfEndings({ as, exits: [before, after] }: Verification, context: CommandContext): Diagnostic | undefined {
  const how = ({ status, signal }: Ending): string => (signal === null ? `status ${status}` : signal);
  if (how(before) !== how(after)) {
    return errorDiagnostic(
      "PI413",
      `the workload ends with ${how(before)} ${as === "package" ? `without the package image and with ${how(after)} with it` : `on the base sysimage and with ${how(after)} on the new one`}`,
      [`do not use the ${as === "package" ? "package image" : "sysimage"} before you know why`],
    );
  }
  if (how(before) !== "status 0") {
    warn(context, {
      code: "PI414",
      severity: "warning",
      message: `the workload ends with ${how(before)} ${as === "package" ? "without and with the package image" : "on both sysimages"}`,
      hints: ["check the workload's arguments and `--project`"],
    });
  }
  return undefined;
}
