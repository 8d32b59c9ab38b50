import { resolve } from "node:path";
import { printCuratedList } from "../analysis/curated-list.ts";
import { type PortabilityFilter, statementOfText } from "../analysis/prune.ts";
import { byText, type StatementSet } from "../analysis/statement-set.ts";
import { buildDiagnostic } from "../build/build-diagnostic.ts";
import { unwritable } from "../build/preflight.ts";
import { readStamp } from "../build/stamp.ts";
import type { Verification } from "../build/verify.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { Statement } from "../statement/statement.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import type { WorkloadStreams } from "../trace/run-workload.ts";
import type { Workload } from "../trace/traced-process.ts";
import { type BuildOutcome, buildStatements } from "./build.ts";
import type { BuildRequest, BuildTarget } from "./build-request.ts";
import { chooseTarget, type TargetChoice } from "./choose-target.ts";
import { type CommandContext, type CommandResult, failed, withStore, withToolchain } from "./context.ts";
import { withEditorTask } from "./editor-task.ts";
import { type OptimizeOutcome, type OptimizeRequest, optimizationDigest, optimizeSet } from "./optimize.ts";
import { unfitJulia } from "./prepared-build.ts";
import { type PruneOutcome, pruneSet, writeList } from "./prune.ts";
import { recordResidual } from "./record-residual.ts";
import { rehearsalBase } from "./rehearsal-request.ts";
import { resolveSets } from "./resolve-set.ts";
import { checkWorkload } from "./trace.ts";
import { setsOf, traceForBuild } from "./trace-for-build.ts";
import { verifyOn } from "./verify.ts";

export interface BakeRequest
  extends Pick<BuildRequest, "target" | "packages" | "transitive" | "julia" | "juliaArgs" | "force" | "unchecked"> {
  readonly workload: Workload & { kind: "script" };
  readonly name?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Undefined: only what belongs to the script goes, as the image is used with the Julia that traced. */
  readonly portable?: PortabilityFilter | undefined;
  /** Where the curated list is written as well. */
  readonly list?: string | undefined;
  readonly streams: readonly WorkloadStreams[];
  /** Search a better list by rehearsals before minutes are spent on it. */
  readonly optimize: boolean;
  /** How often to bake: each time with what still compiled before. */
  readonly rounds: number;
  /** Timed runs on each image. */
  readonly repeat: number;
  /** False: `.vscode/JuliaSysimage.toml` of the project is left alone. */
  readonly editorTask: boolean;
}

export interface BakeOutcome {
  readonly request: BakeRequest;
  /** The Julia to start the program with, as the user would type it. */
  readonly julia: string;
  readonly runs: readonly TraceRun[];
  readonly pruned: PruneOutcome;
  /** Undefined: the pruned list was baked as it was. */
  readonly optimized?: OptimizeOutcome | undefined;
  readonly built: BuildOutcome;
  readonly verified: Verification;
}

/** A request that may leave it to Julia's version what is made. */
export interface AskedBake extends Omit<BakeRequest, "target"> {
  readonly choice: TargetChoice;
}

/** Trace, prune, build, verify. */
export async function bake(asked: AskedBake, context: CommandContext): Promise<CommandResult<BakeOutcome>> {
  const unfit = checkWorkload(asked.workload);
  if (unfit !== undefined) return failed(unfit);
  return withStore(context, async (store) => {
    const found = await withToolchain(context, asked.julia);
    if (!found.ok) return found;
    const toolchain = found.value;
    const target = targetOf(asked.choice, toolchain, context);
    if (!target.ok) return target;
    const request: BakeRequest = { ...asked, target: target.value };
    const unplaced = target.value.as === "sysimage" ? unwritable(resolve(target.value.output)) : undefined;
    if (unplaced !== undefined) return failed(buildDiagnostic(unplaced));

    const { workload, name, tags, streams } = request;
    const failing = (_script: string, run: TraceRun) => workloadFails(run);
    const workloads = { workloads: [workload], name, tags, streams, failing };
    const traced = await traceForBuild(workloads, context, store, toolchain);
    if (!traced.ok) return traced;
    const runs = traced.value;

    const inRounds = async (names: readonly string[], round: number): Promise<CommandResult<BakedOnce>> => {
      const baked = await bakeOnce(names, request, context, store, toolchain);
      if (!baked.ok) return baked;
      const { built, verified } = baked.value;
      const run = recordResidual(verified, built.output, built.stamp, workload, toolchain, store);
      if (run === undefined || round >= request.rounds) return baked;
      context.notify({ kind: "note", text: `round ${round}: run ${run} has what still compiles; it is baked as well` });
      return inRounds([...names, `run:${run}`], round + 1);
    };
    const baked = await inRounds(setsOf(runs), 1);
    if (!baked.ok) return baked;
    return ok({
      request,
      julia: toolchain.foundBy === "PATH" ? "julia" : toolchain.julia,
      runs,
      ...baked.value,
    });
  });
}

function targetOf(choice: TargetChoice, toolchain: Toolchain, context: CommandContext): CommandResult<BuildTarget> {
  const chosen = chooseTarget(choice, toolchain);
  if (!chosen.ok) return chosen;
  const { target, why } = chosen.value;
  const unfit = unfitJulia(target, toolchain);
  if (unfit !== undefined) return failed(unfit);
  if (why !== undefined) context.notify({ kind: "note", text: `this bakes ${why}` });
  return ok(target);
}

/** What the image holds in Main, where it is of a kind that can. */
const definitionsIn = (target: BuildTarget): string | undefined =>
  target.as === "sysimage" ? target.definitions : undefined;

type BakedOnce = Pick<BakeOutcome, "pruned" | "optimized" | "built" | "verified">;

/** Prune, optimize, build, verify. */
async function bakeOnce(
  names: readonly string[],
  asked: BakeRequest,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<BakedOnce>> {
  const { workload } = asked;
  const resolved = await resolveSets(context, store, names);
  if (!resolved.ok) return resolved;
  const editor = { ...asked, project: asked.workload.project };
  const taken = await withEditorTask(resolved.value, editor, context, store, toolchain);
  if (!taken.ok) return taken;
  const { set, packages } = taken.value;
  const request = { ...asked, packages };
  const dropMain = definitionsIn(request.target) === undefined;
  const filters = { portable: request.portable, dropMain };
  const flags = [dropMain && "--drop-main", request.portable && `--portable=${request.portable}`];
  const filterText = flags.filter((flag) => typeof flag === "string").join(" ");
  const output = request.optimize ? undefined : request.list;
  const pruned = pruneSet(set, { filters, filterText, output }, context, store);
  const list = await listToBake(set, pruned, request, context, store, toolchain);
  if (!list.ok) return list;
  const { statements, optimized, optimizedOf, text } = list.value;
  const unwritten = request.list === undefined ? undefined : writeList(request.list, text);
  if (unwritten !== undefined) return failed(unwritten);

  const build = {
    ...request,
    sets: [],
    executeTrace: [],
    project: workload.project,
    failOn: [],
    includeQuarantined: false,
    optimizedOf,
  };
  const built = await buildStatements(statements, set, build, context, store, toolchain);
  if (!built.ok) return built;
  const verified = await verifyOn(
    { image: built.value.output, workload, repeat: request.repeat },
    built.value.stamp,
    context,
    store,
    toolchain,
  );
  return verified.ok ? ok({ pruned, optimized, built: built.value, verified: verified.value }) : verified;
}

interface ListToBake {
  readonly statements: readonly Statement[];
  /** The curated list. */
  readonly text: string;
  readonly optimized?: OptimizeOutcome;
  /** Where it was optimized, now or for the image that stands there. */
  readonly optimizedOf?: string;
}

async function listToBake(
  set: StatementSet,
  { pruned, text }: PruneOutcome,
  request: BakeRequest,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<ListToBake>> {
  if (!request.optimize) return ok({ statements: pruned.kept, text });
  const asked = optimizeRequest(request);
  const base = rehearsalBase(asked, set, store, toolchain);
  if (!base.ok) return failed(base.error);
  const start = { set, toolchain, base: base.value, store };
  const optimizedOf = optimizationDigest(start, asked, context);
  const before = request.force ? undefined : listInImage(request.target.output, optimizedOf, store);
  if (before !== undefined) {
    context.notify({ kind: "note", text: "the image's list was optimized of the same statements, and is taken again" });
    const kept = before.toSorted(byText);
    return ok({
      statements: before,
      text: printCuratedList(context.tool, set, { kept, dropped: [] }, ""),
      optimizedOf,
    });
  }
  const optimized = await optimizeSet(start, asked, context);
  if (!optimized.ok) return failed(optimized.error);
  const statements = optimized.value.kept.map(({ statement }) => statement);
  return ok({ statements, text: optimized.value.text, optimized: optimized.value, optimizedOf });
}

/** What the image that stands there was baked of, where its list was optimized of the same. */
function listInImage(output: string, optimizedOf: string, store: StatementStore): readonly Statement[] | undefined {
  const stamp = readStamp(output);
  if (stamp?.optimizedOf !== optimizedOf) return undefined;
  const known = stamp.statements.flatMap(({ digest }) => store.statementsByDigest(digest));
  if (known.length < stamp.statements.length) return undefined;
  return known.map(({ canonical }) => statementOfText(canonical));
}

/** Of one rehearsal; a workload that takes this long to start is no workload to bake for. */
const timeLimit = 600;

function optimizeRequest({
  workload,
  packages,
  transitive,
  julia,
  portable,
  target,
  list,
}: BakeRequest): OptimizeRequest {
  const { script, args } = workload;
  return {
    sets: [],
    workloads: [{ words: [script, ...args], weight: 1 }],
    packages,
    transitive,
    project: workload.project,
    julia,
    portable,
    definitions: definitionsIn(target),
    timeLimit,
    keepRedundant: false,
    includeQuarantined: false,
    budget: {},
    output: list,
  };
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
