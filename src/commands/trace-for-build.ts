import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import type { Workload } from "../trace/traced-process.ts";
import { type CommandContext, type CommandResult, failed, interrupted } from "./context.ts";
import { checkWorkload, type TraceRequest, traceOn } from "./trace.ts";

export interface ImageWorkloads extends Partial<Pick<TraceRequest, "name" | "tags">> {
  readonly workloads: readonly (Workload & { readonly kind: "script" })[];
  /** Each workload is traced with each of them. */
  readonly streams: TraceRequest["streams"];
  /** What is said where one fails: then nothing is baked. */
  readonly failing: (script: string, run: TraceRun) => Diagnostic;
}

/** Traces workloads of an image that is to be baked, on Julia's own sysimage. */
export async function traceForBuild(
  { workloads, name, tags = {}, streams, failing }: ImageWorkloads,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<readonly TraceRun[]>> {
  const unfit = workloads.map(checkWorkload).find((diagnostic) => diagnostic !== undefined);
  if (unfit !== undefined) return failed(unfit);
  const runs: TraceRun[] = [];
  for (const workload of workloads) {
    const request = {
      workload,
      name,
      tags,
      repeat: 1,
      untilFailure: true,
      warm: true,
      streams,
      sysimage: "base",
    } as const;
    const traced = await traceOn(request, context, store, toolchain);
    if (!traced.ok) return traced;
    if (context.abort.aborted) return failed(interrupted("the workload was traced"));
    const broken = traced.value.runs.find(({ exitStatus }) => exitStatus !== 0);
    if (broken !== undefined) return failed(failing(workload.script, broken));
    runs.push(...traced.value.runs);
  }
  return ok(runs);
}

/** As names of sets. */
export const setsOf = (runs: readonly Pick<TraceRun, "id">[]): readonly string[] => runs.map(({ id }) => `run:${id}`);
