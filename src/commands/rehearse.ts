import { statementOfMember } from "../analysis/prune.ts";
import { type Residual, residualOf, streamBlindText } from "../analysis/residual-cause.ts";
import { sortedMembers } from "../analysis/statement-set.ts";
import { type Rehearsed, rehearse } from "../build/rehearse.ts";
import type { JudgedStatement } from "../build/statement-file.ts";
import { holdsLookUp } from "../statement/look-up.ts";
import type { Statement } from "../statement/statement.ts";
import type { Prediction, Verdict } from "../statement/verdict.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import type { ToolExit } from "../support/run-tool.ts";
import type { Streams } from "../trace/run-workload.ts";
import { beginStep, type CommandContext, type CommandResult, failed, warn } from "./context.ts";
import { recordPrediction, workloadKey } from "./predictions.ts";
import {
  type RehearsalBase,
  type RehearsalRequest,
  rehearsalDiagnostic,
  streamsOfRuns,
  withRehearsal,
  workloadIn,
} from "./rehearsal-request.ts";
import { countVerdicts } from "./stamp-of.ts";
import { checkWorkload, warmCaches } from "./trace.ts";

export interface RehearseRequest extends RehearsalRequest {
  readonly sets: readonly string[];
  /** A Julia file and its arguments. */
  readonly workload: readonly string[];
  /** Undefined: what the runs behind the statements had. */
  readonly streams?: Streams | undefined;
  /** Replay what earlier rehearsals know, too. */
  readonly fresh: boolean;
}

export interface RehearseOutcome {
  readonly judged: readonly JudgedStatement[];
  readonly counts: Readonly<Record<Verdict, number>>;
  /** What the workload would still compile on an image of these statements. */
  readonly residual: readonly Residual[];
  /** What compiling the statements takes in all, in milliseconds. */
  readonly compileMs: number;
  /** How many of them an earlier rehearsal knew. */
  readonly known: number;
  readonly streams: Streams;
  readonly durationMs: number;
  /** The workload did not end with status 0. */
  readonly workloadFails: boolean;
}

/** Says in seconds what a bake of the sets would do: a verdict for each statement, and what would still compile. */
export function rehearseSets(
  request: RehearseRequest,
  context: CommandContext,
): Promise<CommandResult<RehearseOutcome>> {
  return withRehearsal(request, context, async ({ set, toolchain, base, store }) => {
    const workload = workloadIn(request.workload, base);
    const unfit = checkWorkload(workload);
    if (unfit !== undefined) return failed(unfit);

    const statements = sortedMembers(set).map((member) => statementOfMember(member));
    const streams = request.streams ?? streamsOfRuns(set)[0];
    const { environment } = base;
    const key = workloadKey(streams, request.workload);
    const before = usable(store.findings.predictionOf(environment, key), statements, request.fresh);
    const leftBefore = new Set(before?.residual);
    const found = request.fresh ? new Map() : store.findings.rehearsedIn(environment);
    const told = statements.flatMap((statement): JudgedStatement[] => {
      const known = found.get(statement.digest);
      // What ends Julia ends it again.
      const skipped = known !== undefined && (before !== undefined || known.verdict === "crashed");
      return skipped ? [{ statement, ...known, compileMs: known.compileMs ?? undefined }] : [];
    });
    const knownDigests = new Set(told.map(({ statement }) => statement.digest));
    const unknown = statements.filter(({ digest }) => !knownDigests.has(digest));
    await warmCaches(workload, toolchain, context);
    const done = beginStep(context, `rehearse (${streams})`, store.findings.lastStepDuration("rehearse"));
    const run = await rehearse({ ...base, workload, streams, statements: unknown }, context.abort);
    done(!run.ok);
    if (!run.ok) return failed(rehearsalDiagnostic(run.error, workload.script));
    warnOfExit(run.value.exit, context);

    const left = [...run.value.compiled.values()].filter(
      ({ canonical }) => before === undefined || leftBefore.has(canonical),
    );
    recordRehearsal(run.value.judged, base, store);
    recordPrediction(statements, left, environment, key, store);
    const judged = [...told, ...run.value.judged];
    return ok({
      judged,
      counts: countVerdicts(judged),
      residual: causesOf(left, run.value, judged, statements, streams),
      compileMs: judged.reduce((sum, { compileMs = 0 }) => sum + compileMs, 0),
      known: told.length,
      streams,
      durationMs: run.value.durationMs,
      workloadFails: run.value.exit.status !== 0,
    });
  });
}

/**
 * A rehearsal of the same workload whose list is a part of this one: then only what is new need be replayed, as a longer
 * list leaves no more. What known statements cover besides themselves, no other rehearsal tells.
 */
function usable(
  before: Prediction | undefined,
  statements: readonly Statement[],
  fresh: boolean,
): Prediction | undefined {
  const digests = new Set(statements.map(({ digest }) => digest));
  const isPart = before !== undefined && [...before.listed].every((digest) => digests.has(digest));
  return isPart && !fresh ? before : undefined;
}

function causesOf(
  left: readonly Statement[],
  { packages, invalidated }: Rehearsed,
  judged: readonly JudgedStatement[],
  statements: readonly Statement[],
  streams: Streams,
): readonly Residual[] {
  const verdicts = new Map(judged.map(({ statement, verdict, reason }) => [statement.digest, { verdict, reason }]));
  const blind = new Set(statements.map(({ canonical }) => streamBlindText(canonical)));
  const context = {
    verdictOf: ({ digest }: Statement) => verdicts.get(digest),
    streams,
    looksUp: statements.some(({ tree }) => holdsLookUp(tree.signature)),
    listedForOtherStream: ({ canonical }: Statement) => blind.has(streamBlindText(canonical)),
    loadedPackages: packages,
    invalidatedOf: ({ digest }: Statement) => invalidated.get(digest),
  };
  return left.map((statement) => residualOf(statement, context));
}

/** Keeps verdicts for later, also those of statements that ended Julia. */
export function recordRehearsal(
  judged: readonly JudgedStatement[],
  { environment, toolchain }: Pick<RehearsalBase, "environment" | "toolchain">,
  store: StatementStore,
): void {
  store.findings.recordRehearsal(
    { environment, juliaVersion: toolchain.version.text, at: new Date().toISOString() },
    judged.map(({ statement: { digest, canonical }, verdict, reason, compileMs = null }) => ({
      digest,
      canonical,
      verdict,
      reason,
      compileMs,
    })),
  );
}

/** What a workload that fails did not come to compile is not in the prediction. */
export function warnOfExit({ status, signal, stderr }: ToolExit, context: CommandContext): void {
  if (status === 0) return;
  const how = signal === null ? `ends with status ${status}` : `is stopped by ${signal}`;
  const lines = stderr.trimEnd().split("\n");
  // Julia says what is wrong first, and where at length behind it.
  const error = lines.findLastIndex((line) => line.startsWith("ERROR"));
  const said = (error < 0 ? lines.slice(-8) : lines.slice(error, error + 4)).join("\n    ");
  warn(context, {
    code: "PI435",
    severity: "warning",
    message: `the workload ${how}, so the prediction is of what it came to${said === "" ? "" : `\n    ${said}`}`,
    hints: ["check the workload's arguments and `--project`"],
  });
}
