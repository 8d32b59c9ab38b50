import type { PortabilityFilter } from "../analysis/prune.ts";
import type { Verification } from "../build/verify.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { TraceRun } from "../statement/provenance.ts";
import { ok } from "../support/result.ts";
import type { WorkloadStreams } from "../trace/run-workload.ts";
import type { Workload } from "../trace/traced-process.ts";
import { type BuildOutcome, buildStatements } from "./build.ts";
import { type CommandContext, type CommandResult, failed, interrupted, withStore, withToolchain } from "./context.ts";
import { type PruneOutcome, pruneSet, writeList } from "./prune.ts";
import { resolveSets } from "./resolve-set.ts";
import { checkWorkload, traceOn } from "./trace.ts";
import { verifyOn } from "./verify.ts";

export interface BakeRequest {
  readonly workload: Workload & { kind: "script" };
  readonly output: string;
  readonly packages: readonly string[];
  readonly name?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly julia?: string | undefined;
  readonly cpuTarget?: string | undefined;
  /** Undefined: only what belongs to the script goes, as the image is used with the Julia that traced. */
  readonly portable?: PortabilityFilter | undefined;
  /** Where the curated list is written as well. */
  readonly list?: string | undefined;
  readonly streams: readonly WorkloadStreams[];
  /** Timed runs on each image. */
  readonly repeat: number;
}

export interface BakeOutcome {
  readonly request: BakeRequest;
  /** The Julia to start the program with, as the user would type it. */
  readonly julia: string;
  readonly runs: readonly TraceRun[];
  readonly pruned: PruneOutcome;
  readonly built: BuildOutcome;
  readonly verified: Verification;
}

/** Trace, prune, build, verify. */
export async function bake(request: BakeRequest, context: CommandContext): Promise<CommandResult<BakeOutcome>> {
  const unfit = checkWorkload(request.workload);
  if (unfit !== undefined) return failed(unfit);
  return withStore(context, async (store) => {
    const found = await withToolchain(context, request.julia);
    if (!found.ok) return found;
    const toolchain = found.value;

    const { workload, name, tags, streams } = request;
    const traced = await traceOn(
      { workload, name, tags, repeat: 1, warm: true, streams, sysimage: "base" },
      context,
      store,
      toolchain,
    );
    if (!traced.ok) return traced;
    const { runs } = traced.value;
    if (context.abort.aborted) return failed(interrupted("the workload was traced"));
    const broken = runs.find((run) => run.exitStatus !== 0);
    if (broken !== undefined) return failed(workloadFails(broken));

    const names = runs.map((run) => `run:${run.id}`);
    const resolved = await resolveSets(context, store, names);
    if (!resolved.ok) return resolved;
    const set = resolved.value;
    const filters = { portable: request.portable, dropMain: true };
    const filterText = request.portable === undefined ? "--drop-main" : `--drop-main --portable=${request.portable}`;
    const pruned = pruneSet(set, { filters, filterText, output: request.list }, context, store);
    const unwritten = request.list === undefined ? undefined : writeList(request.list, pruned.text);
    if (unwritten !== undefined) return failed(unwritten);

    const build = { ...request, sets: [], project: workload.project, failOn: [] };
    const built = await buildStatements(pruned.pruned.kept, set, build, context, store, toolchain);
    if (!built.ok) return built;

    const verified = await verifyOn(
      { sysimage: built.value.sysimage, workload, repeat: request.repeat },
      built.value.stamp,
      context,
      toolchain,
    );
    return verified.ok
      ? ok({
          request,
          julia: toolchain.foundBy === "PATH" ? "julia" : toolchain.julia,
          runs,
          pruned,
          built: built.value,
          verified: verified.value,
        })
      : verified;
  });
}

/** Minutes of baking are not spent on a workload that does not do what it should. */
function workloadFails(run: TraceRun) {
  return errorDiagnostic(
    "PI415",
    `the workload fails, so nothing was baked; its statements are recorded as run ${run.id}`,
    [
      "mend the workload and bake again",
      `bake what it compiled until it failed with \`preimage build run:${run.id} -o FILE\``,
    ],
  );
}
