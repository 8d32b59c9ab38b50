import { type Budget, type CutPoint, cutCurve, cutPoint, type Weighed, withinBudget } from "../analysis/budget.ts";
import { printCuratedList } from "../analysis/curated-list.ts";
import { type Dropped, type PruneFilters, prune } from "../analysis/prune.ts";
import { type Residual, residualOf, streamBlindText } from "../analysis/residual-cause.ts";
import type { StatementSet } from "../analysis/statement-set.ts";
import { optimize } from "../build/optimize.ts";
import type { KeptStatement, Optimized, Round, WeightedWorkload } from "../build/search.ts";
import type { JudgedStatement } from "../build/statement-file.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Statement, StatementDigest } from "../statement/statement.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { digestText } from "../support/hashing.ts";
import { err, ok, type Result } from "../support/result.ts";
import type { Streams } from "../trace/run-workload.ts";
import { beginStep, type CommandContext, type CommandResult, failed } from "./context.ts";
import { recordPrediction, workloadKey } from "./predictions.ts";
import { packagesOf, writeList } from "./prune.ts";
import { withoutQuarantined } from "./quarantine.ts";
import {
  type RehearsalBase,
  type RehearsalRequest,
  type RehearsalStart,
  rehearsalDiagnostic,
  streamsOfRuns,
  withRehearsal,
  workloadIn,
} from "./rehearsal-request.ts";
import { recordRehearsal, warnOfExit } from "./rehearse.ts";
import { checkWorkload, warmCaches } from "./trace.ts";

export interface AskedWorkload {
  /** A Julia file and its arguments. */
  readonly words: readonly string[];
  readonly weight: number;
}

export interface OptimizeRequest extends RehearsalRequest {
  readonly sets: readonly string[];
  readonly workloads: readonly AskedWorkload[];
  /** Undefined: what the runs behind the statements had. */
  readonly streams?: readonly Streams[] | undefined;
  readonly portable?: PruneFilters["portable"];
  readonly keepRedundant: boolean;
  readonly includeQuarantined: boolean;
  readonly budget: Budget;
  readonly output?: string | undefined;
}

export interface OptimizeOutcome {
  readonly kept: readonly KeptStatement[];
  readonly dropped: readonly JudgedStatement[];
  /** What went because of the budget. */
  readonly cut: readonly KeptStatement[];
  /** What a cut costs; only where there is a budget. */
  readonly cost?: CutCost | undefined;
  readonly rounds: readonly Round[];
  /** What still compiles without the budget's cut, and why it cannot be helped. */
  readonly residual: readonly Residual[];
  /** The curated list. */
  readonly text: string;
  readonly output?: string | undefined;
  readonly durationMs: number;
}

export interface CutCost {
  /** What the best of the statements save, more and more of them. */
  readonly curve: readonly CutPoint[];
  /** What the budget keeps. */
  readonly kept: CutPoint;
  /** How many of the sizes are estimated from the instructions that Julia counts, and how many from compile times. */
  readonly sizeFrom: { readonly instructions: number; readonly compileTime: number };
}

/** Searches the list that leaves least to be compiled, and writes it. */
export function optimizeSets(
  request: OptimizeRequest,
  context: CommandContext,
): Promise<CommandResult<OptimizeOutcome>> {
  return withRehearsal(request, context, async (start) => {
    const { toolchain, base } = start;
    const workloads = workloadsIn(request, base).map(({ workload }) => workload);
    for (const workload of workloads) {
      const unfit = checkWorkload(workload);
      if (unfit !== undefined) return failed(unfit);
    }
    for (const workload of new Map(workloads.map((each) => [each.script, each])).values())
      await warmCaches(workload, toolchain, context);
    const outcome = await optimizeSet(start, request, context);
    if (!outcome.ok) return failed(outcome.error);
    const unwritten = request.output === undefined ? undefined : writeList(request.output, outcome.value.text);
    return unwritten === undefined ? ok(outcome.value) : failed(unwritten);
  });
}

const workloadsIn = ({ workloads }: OptimizeRequest, base: RehearsalBase): readonly WeightedWorkload[] =>
  workloads.map(({ words, weight }) => ({ workload: workloadIn(words, base), weight }));

/**
 * Digest of all that an optimized list comes of. How long a statement takes to compile, which decides whether it stays, is
 * measured anew each time: the same need not give the same list.
 */
export function optimizationDigest(
  { set, base }: RehearsalStart,
  request: OptimizeRequest,
  context: CommandContext,
): string {
  const streams = request.streams ?? streamsOfRuns(set);
  const facts = [
    context.tool,
    base.environment,
    request.portable,
    request.budget,
    request.keepRedundant,
    request.includeQuarantined,
    request.workloads.map(({ words, weight }) => [weight, ...streams.map((kind) => workloadKey(kind, words))]),
    [...set.members.keys()].sort(),
  ];
  return digestText(JSON.stringify(facts));
}

/** The same for a set at hand and workloads whose packages are compiled; writes nothing. */
export async function optimizeSet(
  { set, toolchain, base, store }: RehearsalStart,
  request: OptimizeRequest,
  context: CommandContext,
): Promise<Result<OptimizeOutcome, Diagnostic>> {
  const startedAt = performance.now();
  const workloads = workloadsIn(request, base);
  const filters = { portable: request.portable, dropMain: request.definitions === undefined };
  const pruned = prune(set, filters, packagesOf(store));
  const statements = request.includeQuarantined
    ? pruned.kept
    : withoutQuarantined(pruned.kept, toolchain.version.text, store, context);
  const [firstStreams = "pipe", ...moreStreams] = request.streams ?? streamsOfRuns(set);

  const step = beginStep(context, "optimize the list");
  const found = await optimize(
    {
      ...base,
      statements,
      workloads,
      streams: [firstStreams, ...moreStreams],
      keepRedundant: request.keepRedundant,
    },
    (round, number) => context.notify({ kind: "note", text: roundText(round, number) }),
    context.abort,
  );
  step(!found.ok);
  if (!found.ok) return err(rehearsalDiagnostic(found.error, workloads[0]?.workload.script ?? ""));
  const [exit] = found.value.exits.filter(({ status }) => status !== 0);
  if (exit !== undefined) warnOfExit(exit, context);
  recordRehearsal([...found.value.kept, ...found.value.dropped], base, store);

  const hasBudget = Object.values(request.budget).some((limit) => limit !== undefined);
  const weighed = found.value.kept.map(weigh);
  const fitting = hasBudget ? withinBudget(weighed, request.budget) : weighed;
  const within = new Set(fitting.map(({ statement }) => statement.digest));
  const kept = found.value.kept.filter(({ statement }) => within.has(statement.digest));
  const cut = found.value.kept.filter(({ statement }) => !within.has(statement.digest));
  if (cut.length === 0) recordPredictions(found.value, workloads, [firstStreams, ...moreStreams], base, store);
  const outcome = {
    kept,
    dropped: found.value.dropped,
    cut,
    ...(hasBudget
      ? { cost: { curve: cutCurve(weighed, request.budget), kept: cutPoint(fitting), sizeFrom: sizeFrom(weighed) } }
      : {}),
    rounds: found.value.rounds,
    residual: residualsOf(found.value, statements),
    output: request.output,
    durationMs: Math.round(performance.now() - startedAt),
  };
  return ok({ ...outcome, text: listText(outcome, pruned.dropped, set, request, context) });
}

/** `round 2: 144 statements, residual 1, 0 ms still compiling`. */
function roundText({ statements, residual, residualMs, untimed }: Round, number: number): string {
  const unknown = untimed === 0 ? "" : ` and ${untimed} of unknown time`;
  return `round ${number}: ${statements} statements, residual ${residual}, ${Math.round(residualMs)} ms still compiling${unknown}`;
}

/**
 * Bytes of an image for an instruction of Julia's own code. Measured on 1.5.3: the image of my-linear-regression is 7.1 MB
 * larger with its list than without, for 9,051 instructions and 3.7 s of compiling. Where Julia does not count
 * instructions, milliseconds stand in.
 */
export const bytesOfInstruction = 780;
export const bytesOfMs = 1_900;

function weigh({ statement, compileMs = 0, instructions, weight }: KeptStatement): Weighed {
  const bytes = instructions === undefined ? compileMs * bytesOfMs : instructions * bytesOfInstruction;
  return {
    statement,
    compileMs,
    savedMs: compileMs * weight,
    bytes: Math.round(bytes),
    sizeFrom: instructions === undefined ? "compileTime" : "instructions",
  };
}

function sizeFrom(weighed: readonly Weighed[]): CutCost["sizeFrom"] {
  const instructions = weighed.filter(({ sizeFrom }) => sizeFrom === "instructions").length;
  return { instructions, compileTime: weighed.length - instructions };
}

function residualsOf(found: Optimized, statements: readonly Statement[]): readonly Residual[] {
  const blind = new Set(statements.map(({ canonical }) => streamBlindText(canonical)));
  return found.residual.map((statement) =>
    residualOf(statement, {
      verdictOf: ({ digest }) => found.verdictOf(digest),
      listedForOtherStream: ({ canonical }) => blind.has(streamBlindText(canonical)),
      loadedPackages: found.packages,
      invalidatedOf: ({ digest }) => found.invalidated.get(digest),
    }),
  );
}

/** For `verify`, where the list is baked as it is. */
function recordPredictions(
  { kept, residualOf }: Optimized,
  workloads: readonly WeightedWorkload[],
  kinds: readonly Streams[],
  { environment }: RehearsalBase,
  store: StatementStore,
): void {
  const listed = kept.map(({ statement }) => statement);
  for (const [index, { workload }] of workloads.entries()) {
    for (const streams of kinds) {
      const key = workloadKey(streams, [workload.script, ...workload.args]);
      recordPrediction(listed, residualOf[index] ?? [], environment, key, store);
    }
  }
}

/** The list, with what became of the statements of the set in its header. */
function listText(
  { kept, dropped, cut }: Pick<OptimizeOutcome, "kept" | "dropped" | "cut">,
  pruned: readonly Dropped[],
  set: StatementSet,
  request: OptimizeRequest,
  context: CommandContext,
): string {
  const droppedAs = (digest: StatementDigest, reason: string): Dropped[] => {
    const member = set.members.get(digest);
    return member === undefined ? [] : [{ member, reason }];
  };
  const all = [
    ...pruned,
    ...dropped.flatMap(({ statement, verdict }) => droppedAs(statement.digest, dropReasonOf(verdict))),
    ...cut.flatMap(({ statement }) => droppedAs(statement.digest, "over budget")),
  ];
  const workloads = request.workloads.map(({ words }) => words.join(" ")).join(", ");
  const filters = `optimized for ${workloads}`;
  return printCuratedList(context.tool, set, { kept: kept.map(({ statement }) => statement), dropped: all }, filters);
}

/** Why a statement of the list is not in the better one. */
export const dropReasonOf = (verdict: JudgedStatement["verdict"]): string =>
  verdict === "compiled" ? "covered by others" : verdict === "inferred" ? "too abstract, a witness serves" : verdict;
