import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { readStamp, type Stamp } from "../build/stamp.ts";
import { startOn } from "../build/tool-commands.ts";
import { type Ending, type Verification, verify } from "../build/verify.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { manifestDigest } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { ok } from "../support/result.ts";
import { runTool } from "../support/run-tool.ts";
import { toolFailureText } from "../support/tool-failure-text.ts";
import { availableKinds, type WorkloadStreams } from "../trace/run-workload.ts";
import type { Workload } from "../trace/traced-process.ts";
import {
  beginStep,
  type CommandContext,
  type CommandResult,
  failed,
  interrupted,
  warn,
  withToolchain,
} from "./context.ts";
import { checkWorkload } from "./trace.ts";

export type VerifyStreams = Exclude<WorkloadStreams, "inherit">;

export interface VerifyRequest {
  readonly sysimage: string;
  readonly workload: Workload & { kind: "script" };
  readonly julia?: string | undefined;
  readonly baseSysimage?: string | undefined;
  readonly repeat: number;
  /** Undefined: as in the runs behind the list. */
  readonly streams?: VerifyStreams | undefined;
}

export async function verifySysimage(
  request: VerifyRequest,
  context: CommandContext,
): Promise<CommandResult<Verification>> {
  if (!existsSync(request.sysimage)) {
    return failed(
      errorDiagnostic("PI924", `the sysimage \`${request.sysimage}\` does not exist`, [
        "bake one with `preimage build SET -o FILE`",
      ]),
    );
  }
  const stamp = readStamp(request.sysimage);
  if (stamp === undefined) {
    warn(context, {
      code: "PI411",
      severity: "warning",
      message: `no readable stamp of preimage stands beside \`${request.sysimage}\`: what its list held is not known`,
      hints: [],
    });
  }
  const workload = { ...request.workload, project: request.workload.project ?? stamp?.project };
  const unfit = checkWorkload(workload);
  if (unfit !== undefined) return failed(unfit);
  const toolchain = await withToolchain(context, request.julia);
  if (!toolchain.ok) return toolchain;
  const unusable = await checkSysimage(request.sysimage, toolchain.value, context);
  return unusable === undefined
    ? verifyOn({ ...request, workload }, stamp, context, toolchain.value)
    : failed(unusable);
}

/** The same, with the stamp read, the toolchain found, and an image that Julia has started on. */
export async function verifyOn(
  request: VerifyRequest,
  stamp: Stamp | undefined,
  context: CommandContext,
  toolchain: Toolchain,
): Promise<CommandResult<Verification>> {
  warnOfManifest(request.workload.project, stamp, context);
  const streams = request.streams ?? streamsOf(stamp);
  const verified = await verify(
    {
      toolchain,
      workload: request.workload,
      sysimage: resolve(request.sysimage),
      baseSysimage: request.baseSysimage ?? toolchain.baseSysimage,
      stamp,
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

async function checkSysimage(
  sysimage: string,
  toolchain: Toolchain,
  context: CommandContext,
): Promise<Diagnostic | undefined> {
  const command = startOn(toolchain.julia, resolve(sysimage));
  const run = await runTool(command, { streams: { kind: "capture" }, abort: context.abort });
  if (run.ok) return undefined;
  return errorDiagnostic("PI416", `Julia does not start on \`${sysimage}\`: ${toolFailureText(run.error)}`, [
    "bake the sysimage anew, with this Julia",
  ]);
}

/** Packages are locked into the image as they were. */
function warnOfManifest(project: string | undefined, stamp: Stamp | undefined, context: CommandContext): void {
  if (project === undefined || stamp?.manifestDigest === undefined || manifestDigest(project) === stamp.manifestDigest)
    return;
  warn(context, {
    code: "PI417",
    severity: "warning",
    message: "the project's Manifest is not the one that the sysimage was baked with: the image keeps its own versions",
    hints: ["bake the sysimage anew"],
  });
}

/** What the workload met when it was traced, so that the IO types are the same. */
function streamsOf(stamp: Stamp | undefined): VerifyStreams {
  const kinds = stamp?.ioKinds ?? [];
  return availableKinds().find((kind) => kinds.includes(kind)) ?? "pipe";
}

/** Whatever a run that ended otherwise did not compile proves nothing. */
function warnOfEndings({ exits: [before, after] }: Verification, context: CommandContext): Diagnostic | undefined {
  const how = ({ status, signal }: Ending): string => (signal === null ? `status ${status}` : signal);
  if (how(before) !== how(after)) {
    return errorDiagnostic(
      "PI413",
      `the workload ends with ${how(before)} on the base sysimage and with ${how(after)} on the new one`,
      ["do not use the sysimage before you know why"],
    );
  }
  if (how(before) !== "status 0") {
    warn(context, {
      code: "PI414",
      severity: "warning",
      message: `the workload ends with ${how(before)} on both sysimages`,
      hints: ["check the workload's arguments and `--project`"],
    });
  }
  return undefined;
}
