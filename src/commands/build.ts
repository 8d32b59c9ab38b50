import { rmSync } from "node:fs";
import { baseModule, mainModule, packageOf } from "../analysis/package-of.ts";
import { statementOfMember } from "../analysis/prune.ts";
import { type StatementSet, sortedMembers } from "../analysis/statement-set.ts";
import type { Input } from "../build/back-end.ts";
import type { Built } from "../build/build.ts";
import { buildDiagnostic } from "../build/build-diagnostic.ts";
import { type Freshness, freshnessOf } from "../build/freshness.ts";
import { inputsDigest } from "../build/inputs.ts";
import { packageInput, packagesInside } from "../build/packages-inside.ts";
import { type Stamp, stampPath } from "../build/stamp.ts";
import type { JudgedStatement } from "../build/statement-file.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { osOf } from "../julia/versions.ts";
import type { Statement } from "../statement/statement.ts";
import type { Verdict } from "../statement/verdict.ts";
import { digestOf } from "../store/file-digest.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { writeWhole } from "../support/scratch.ts";
import { availableKinds } from "../trace/run-workload.ts";
import type { BuildRequest } from "./build-request.ts";
import {
  beginStep,
  type CommandContext,
  type CommandResult,
  failed,
  warn,
  withStore,
  withToolchain,
} from "./context.ts";
import { nothingToBake, withEditorTask } from "./editor-task.ts";
import { projectOfRuns } from "./environment.ts";
import { prepareBuild, unfitJulia } from "./prepared-build.ts";
import { quarantine, withoutQuarantined } from "./quarantine.ts";
import { resolveSets } from "./resolve-set.ts";
import { countVerdicts, stampOf, type Walked } from "./stamp-of.ts";
import { type ImageWorkloads, setsOf, traceForBuild } from "./trace-for-build.ts";

export interface BuildOutcome extends Built {
  /** What was made, as the user named it. */
  readonly named: string;
  readonly stamp: Stamp;
  readonly stampPath: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** How many statements have a verdict of `failOn`. */
  readonly failing: number;
  /** It stood there already, made from the same; nothing was done. */
  readonly fresh: boolean;
}

/** Why a bake would do something, or nothing. */
export interface BuildExplanation {
  readonly named: string;
  readonly inputs: readonly Input[];
  readonly freshness: Freshness;
}

/** Bakes the statements of the sets, and records each statement's verdict. */
export function buildSets(request: BuildRequest, context: CommandContext): Promise<CommandResult<BuildOutcome>> {
  return onSets(request, context, (statements, set, whole, store, toolchain) =>
    buildStatements(statements, set, whole, context, store, toolchain),
  );
}

/** Says what `buildSets` would do, and why; bakes nothing. */
export function explainBuild(request: BuildRequest, context: CommandContext): Promise<CommandResult<BuildExplanation>> {
  return onSets(request, context, async (statements, set, whole, store, toolchain) => {
    const walked = walk(statements, set, whole, context, store, toolchain);
    if (!walked.ok) return walked;
    const { inputs, prepared } = walked.value;
    return ok({ named: request.target.output, inputs, freshness: freshnessOf(prepared.output, inputs) });
  });
}

function onSets<T>(
  request: BuildRequest,
  context: CommandContext,
  work: (
    statements: readonly Statement[],
    set: StatementSet,
    /** With the packages that were chosen. */
    whole: BuildRequest,
    store: StatementStore,
    toolchain: Toolchain,
  ) => Promise<CommandResult<T>>,
): Promise<CommandResult<T>> {
  return withStore(context, async (store) => {
    const toolchain = await withToolchain(context, request.julia);
    if (!toolchain.ok) return toolchain;
    const unfit = unfitJulia(request.target, toolchain.value);
    if (unfit !== undefined) return failed(unfit);
    const traced = await traceForBuild(executed(request), context, store, toolchain.value);
    if (!traced.ok) return traced;
    const named = await resolveSets(context, store, [...request.sets, ...setsOf(traced.value)]);
    if (!named.ok) return named;
    const editor = { ...request, project: request.project ?? projectOfRuns(named.value.runs) };
    const taken = await withEditorTask(named.value, editor, context, store, toolchain.value);
    if (!taken.ok) return taken;
    const { set, packages } = taken.value;
    const isNamed = request.sets.length + request.executeTrace.length > 0;
    if (!isNamed && set.members.size === 0) return failed(nothingToBake);
    const statements = sortedMembers(set).map((member) => statementOfMember(member, request.repairsOff));
    return work(statements, set, { ...request, packages }, store, toolchain.value);
  });
}

/** The programs of `--execute-trace`, traced with every kind of standard output. */
const executed = ({ executeTrace, project }: BuildRequest): ImageWorkloads => ({
  workloads: executeTrace.map((words) => {
    const [script = "", ...args] = words.split(/\s+/).filter((word) => word !== "");
    return { kind: "script", script, args, project };
  }),
  streams: availableKinds(),
  failing: (script, { id }) =>
    errorDiagnostic("PI428", `\`${script}\` fails, so nothing was baked; run ${id} has its statements`, [
      "mend it and build again, or bake what it compiled until then as a set",
    ]),
});

function walk(
  statements: readonly Statement[],
  set: StatementSet,
  request: BuildRequest,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): CommandResult<Walked> {
  const baked = request.includeQuarantined
    ? statements
    : withoutQuarantined(statements, toolchain.version.text, store, context);
  const prepared = prepareBuild(baked, set, request, store, toolchain, context);
  if (!prepared.ok) return prepared;
  const { plan } = prepared.value;
  const baseSysimageDigest = digestOf(plan.baseSysimage, store);
  const packages = packagesInside(plan);
  const inputs = prepared.value.inputs({
    tool: context.tool,
    baseSysimageDigest,
    asked: statements,
    includeQuarantined: request.includeQuarantined,
    versions: packages.map(packageInput),
  });
  return ok({ prepared: prepared.value, inputs, packages, baseSysimageDigest });
}

/** The same for statements at hand; `set` tells which runs they come from. */
export async function buildStatements(
  statements: readonly Statement[],
  set: StatementSet,
  request: BuildRequest,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<BuildOutcome>> {
  const walked = walk(statements, set, request, context, store, toolchain);
  if (!walked.ok) return walked;
  const { prepared, inputs } = walked.value;
  const { output } = prepared;
  const freshness = freshnessOf(output, inputs);
  if (freshness.fresh && !request.force) return ok(freshOutcome(freshness.stamp, output, statements, request));
  warnOfOtherJulia(set, toolchain, context);
  warnOfList(statements, walked.value, context);
  const built = await prepared.build(inputsDigest(inputs), {
    listener: {
      onStep: (step) => beginStep(context, step, store.findings.lastStepDuration(step)),
      onNote: (text) => context.notify({ kind: "note", text }),
    },
    // A stamp never stands beside what it does not describe.
    beforePlace: () => rmSync(stampPath(output), { force: true }),
    abort: context.abort,
  });
  if (!built.ok) return failed(buildDiagnostic(built.error));
  const stamp = stampOf(walked.value, built.value, request, set, context);
  writeWhole(stampPath(output), `${JSON.stringify(stamp, null, 2)}\n`);
  recordBake(built.value, stamp, store);
  quarantine(built.value.judged, toolchain.version.text, store);
  const outcome = outcomeOf(built.value, stamp, request, false);
  warnOfFailing(outcome, request, context);
  warnOfSize(outcome, toolchain, context);
  return ok(outcome);
}

function outcomeOf(built: Built, stamp: Stamp, { failOn, target }: BuildRequest, fresh: boolean): BuildOutcome {
  const counts = countVerdicts(built.judged);
  const failing = failOn.reduce((sum, verdict) => sum + counts[verdict], 0);
  return { ...built, named: target.output, stamp, stampPath: stampPath(built.output), counts, failing, fresh };
}

/** What was made before from the same inputs, and so from these very statements. */
function freshOutcome(
  stamp: Stamp,
  output: string,
  statements: readonly Statement[],
  request: BuildRequest,
): BuildOutcome {
  const verdicts = new Map(stamp.statements.map((each) => [each.digest, each]));
  const judged = statements.flatMap((statement): JudgedStatement[] => {
    const known = verdicts.get(statement.digest);
    return known === undefined ? [] : [{ statement, verdict: known.verdict, reason: known.reason ?? "" }];
  });
  const cache = stamp.package?.cache;
  return outcomeOf({ output, bytes: stamp.bytes, cache, judged, steps: {} }, stamp, request, true);
}

function recordBake({ output, judged, steps }: Built, { julia, bakedAt }: Stamp, store: StatementStore): void {
  store.findings.recordBake(
    {
      sysimage: output,
      juliaVersion: julia.version,
      juliaCommit: julia.commit,
      bakedAt,
      steps: Object.fromEntries(Object.entries(steps).map(([step, { ms }]) => [step, ms])),
    },
    judged.map(({ statement: { digest, canonical }, verdict, reason }) => ({ digest, canonical, verdict, reason })),
  );
}

function warnOfFailing({ failing }: BuildOutcome, { failOn }: BuildRequest, context: CommandContext): void {
  if (failing === 0) return;
  warn(context, {
    code: "PI418",
    severity: "warning",
    message: `${failing} of the statements are ${failOn.join(" or ")}, which \`--fail-on\` asks about`,
    hints: [],
  });
}

/** The largest library that Windows loads, in bytes. */
const windowsLimit = 2 ** 31;

function warnOfSize({ named, bytes }: BuildOutcome, { os }: Toolchain, context: CommandContext): void {
  if (osOf(os) !== "Windows" || bytes < windowsLimit) return;
  warn(context, {
    code: "PI422",
    severity: "warning",
    message: `\`${named}\` has ${(bytes / 1e9).toFixed(1)} GB, and Windows loads no library from 2 GiB on`,
    hints: ["load fewer packages into it, or bake a shorter list: `preimage optimize --budget-size MB`"],
  });
}

/** A list does not say which project it is for. */
/** Known before minutes are spent. */
function warnOfList(statements: readonly Statement[], { prepared, packages }: Walked, context: CommandContext): void {
  if (statements.length === 0) {
    warn(context, {
      code: "PI423",
      severity: "warning",
      message: "there is no statement to bake: the image will hold what its packages are made of, and no more",
      hints: ["see what a list or a run holds with `preimage list SET`"],
    });
  }
  if (prepared.plan.project !== undefined) return;
  const loaded = new Set<string>([baseModule, mainModule, ...packages.map(({ name }) => name)]);
  const missing = [...new Set(statements.map(packageOf))].filter((name) => !loaded.has(name));
  if (missing.length === 0) return;
  const named = missing.slice(0, 3).join(", ") + (missing.length > 3 ? ", …" : "");
  warn(context, {
    code: "PI421",
    severity: "warning",
    message: `the statements name what nothing loads (${named}), and no project was given`,
    hints: ["name the project that has their packages with `--project DIR`"],
  });
}

/** Names and methods differ between versions; compiler-made names may even mean something else. */
function warnOfOtherJulia(set: StatementSet, toolchain: Toolchain, context: CommandContext): void {
  const others = new Set(set.runs.map((run) => run.juliaVersion ?? toolchain.version.text));
  others.delete(toolchain.version.text);
  if (others.size === 0) return;
  warn(context, {
    code: "PI419",
    severity: "warning",
    message: `some statements were traced on Julia ${[...others].sort().join(", ")}, and the image is for ${toolchain.version.text}`,
    hints: ["trace with the Julia that you bake for, or prune with `--portable`"],
  });
}
