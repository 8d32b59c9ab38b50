import { existsSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { atLeast } from "../../julia/julia-version.ts";
import { replayFile } from "../../julia/replay.ts";
import { objectFileName, thriftyEnv } from "../../julia/versions.ts";
import type { Statement } from "../../statement/statement.ts";
import { err, ok, type Result } from "../../support/result.ts";
import type { ToolCommand, ToolFailure } from "../../support/run-tool.ts";
import { bisect } from "../bisect.ts";
import type { BuildFailure, StepFailure } from "../build-failure.ts";
import type { ObjectFile, Sysimage, SysimagePlan } from "../build-plan.ts";
import { packageEntries, writePlan } from "../plan-file.ts";
import { rehearse } from "../rehearse.ts";
import { ShrinkingList } from "../shrinking-list.ts";
import { type JudgedStatement, readVerdicts, type StatementFile, writeStatementFile } from "../statement-file.ts";
import { startOn } from "../tool-commands.ts";
import type { Workshop } from "../workshop.ts";
import { type StagingWants, stageScript, stagingScript } from "./staging-steps.ts";
import { emitObject, linkSysimage } from "./sysimage-commands.ts";

const julia = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface Emitted {
  readonly object: ObjectFile;
  /** A verdict for every statement, those that ended Julia with `crashed`. */
  readonly judged: readonly JudgedStatement[];
}

/** What is done otherwise when emission has failed. Each is tried once. */
interface Measures {
  readonly preinfer: boolean;
  readonly thrifty: boolean;
}

/**
 * Emits the object file, by all means: a statement that ends Julia is left out, what is known to make emission fail is
 * met with the next measure, and where nothing helps, the statement to blame is looked for by halving the list.
 */
export async function emit(
  plan: SysimagePlan,
  thrifty: boolean,
  workshop: Workshop,
): Promise<Result<Emitted, BuildFailure>> {
  const list = new ShrinkingList(plan.statements);
  let measures: Measures = { preinfer: false, thrifty };
  let searched = false;
  for (;;) {
    const tried = await emitOnce(plan, list.statements, measures, workshop);
    const { failure, judged, staged } = tried;
    if (failure === undefined) return ok({ object: tried.object, judged: list.judged(judged) });
    if (!isCrash(failure) || list.isExhausted) return err(failure);
    if (tried.culprit !== undefined && !wasKilled(failure)) {
      list.leaveOut(tried.culprit, `${endText(failure)} while it was compiled`, workshop);
      continue;
    }
    if (!staged && !wasKilled(failure)) return err(failure);
    if (await isWhole(plan, tried.object, workshop)) {
      workshop.note(`${endText(failure)} behind the object file, which is whole: it links, and Julia starts on it`);
      return ok({ object: tried.object, judged: list.judged(judged) });
    }
    const next = nextMeasure(measures, failure, plan);
    if (next !== undefined) {
      workshop.note(`${endText(failure)} while it emitted the object file; once more, ${next.what}`);
      measures = { ...measures, ...next.measure };
      continue;
    }
    if (searched || wasKilled(failure)) return err(failure);
    searched = true;
    const culprit = await findCulprit(plan, list.statements, measures, workshop);
    if (culprit === undefined) return err(failure);
    list.leaveOut(culprit, `${endText(failure)} while its code was emitted`, workshop);
  }
}

interface Try {
  readonly failure?: StepFailure | undefined;
  readonly object: ObjectFile;
  readonly judged: readonly JudgedStatement[];
  /** The script came to its end: what failed is emission. */
  readonly staged: boolean;
  /** At hand when Julia ended while it replayed the list. */
  readonly culprit?: Statement | undefined;
}

async function emitOnce(
  plan: SysimagePlan,
  statements: readonly Statement[],
  measures: Measures,
  workshop: Workshop,
): Promise<Try> {
  const { scratch } = workshop;
  const object = scratch.file(objectFileName(plan.toolchain.version)) as ObjectFile;
  const verdictsFile = scratch.file("verdicts.tsv");
  const endFile = scratch.file("staged");
  for (const old of [object, verdictsFile, endFile]) scratch.forget(old);
  const file = stage(plan, statements, measures, { verdictsFile, endFile }, workshop);
  const command = emitObject(plan, scratch.file("stage.jl"), scratch.file("plan.tsv"), object, measures.thrifty);
  const failed = await workshop.run("emit object file", command);
  const replayed = readVerdicts(verdictsFile, file);
  const staged = existsSync(endFile);
  // A statement that calls `exit` ends Julia without a failure, and what was emitted lacks all behind it.
  const failure = failed ?? (staged ? undefined : workshop.failure("emit object file", endedEarly(command)));
  const culprit = !staged && existsSync(verdictsFile) ? file.printed[replayed.length] : undefined;
  return { failure, object, judged: [...replayed, ...file.unprintable], staged, culprit };
}

/** Everything Julia is told goes by file. */
function stage(
  plan: SysimagePlan,
  statements: readonly Statement[],
  { preinfer }: Measures,
  { verdictsFile, endFile }: { readonly verdictsFile: string; readonly endFile: string },
  { scratch }: Workshop,
): StatementFile {
  const statementsFile = scratch.file("statements.txt");
  const file = writeStatementFile(statementsFile, statements, plan.repairsOff);
  writeFileSync(scratch.file("stage.jl"), stageScript);
  writeFileSync(scratch.file("staging.jl"), stagingScript(plan.toolchain.version, wantsOf(plan, preinfer)));
  writePlan(scratch.file("plan.tsv"), [
    ["stdlib", plan.toolchain.stdlib],
    ["replay", replayFile],
    ["execution", julia("execution.jl")],
    ["preinfer", julia("preinfer.jl")],
    ...(plan.project === undefined ? [] : [["project", plan.project]]),
    ...packageEntries(plan.packages),
    ["statements", statementsFile],
    ["verdicts", verdictsFile],
    ["staged", endFile],
    ...(plan.definitions === undefined ? [] : [["definitions", plan.definitions]]),
    ...(plan.execute === undefined ? [] : [["execute", ...plan.execute]]),
    ...(plan.script === undefined ? [] : [["script", plan.script]]),
  ]);
  return file;
}

function wantsOf(plan: SysimagePlan, preinfer: boolean): StagingWants {
  return {
    importIntoMain: plan.importIntoMain,
    definitions: plan.definitions !== undefined,
    execute: plan.execute !== undefined,
    script: plan.script !== undefined,
    stripMetadata: plan.juliaArgs.includes("--strip-metadata"),
    preinfer,
  };
}

const endedEarly = (command: ToolCommand): ToolFailure => ({ reason: "exit-status", command, status: 0, output: "" });

/** From outside, and most often for the memory it took: no statement is to blame. */
const wasKilled = ({ failure }: StepFailure): boolean => failure.reason === "signal" && failure.signal === "SIGKILL";

/** Julia itself ended; not we, and not the user, ended it. */
const isCrash = ({ failure }: StepFailure): boolean => failure.reason === "signal" || failure.reason === "exit-status";

function endText({ failure }: StepFailure): string {
  if (failure.reason === "signal") return `Julia was stopped by ${failure.signal}`;
  return failure.reason === "exit-status" ? `Julia ended with status ${failure.status}` : "Julia ended";
}

/** An exit status is no proof: emission can abort behind a whole file, and a file can be whole in name only. */
async function isWhole(plan: SysimagePlan, object: ObjectFile, workshop: Workshop): Promise<boolean> {
  if (!existsSync(object) || statSync(object).size === 0) return false;
  const image = workshop.scratch.file("trial.so") as Sysimage;
  const failure =
    (await workshop.run("link sysimage", linkSysimage(plan, object, image))) ??
    (await workshop.run("start on sysimage", startOn(plan.toolchain.julia, image)));
  workshop.scratch.forget(image);
  return failure === undefined;
}

interface Measure {
  readonly what: string;
  readonly measure: Partial<Measures>;
}

/** The next thing that may help against a failure like this, which has not been tried. */
function nextMeasure(tried: Measures, failure: StepFailure, plan: SysimagePlan): Measure | undefined {
  const { version } = plan.toolchain;
  if (wasKilled(failure)) {
    return tried.thrifty || Object.keys(thriftyEnv(version)).length === 0
      ? undefined
      : { what: "with one thread for LLVM, which takes less memory", measure: { thrifty: true } };
  }
  return tried.preinfer || atLeast(version, 1, 6)
    ? undefined
    : { what: "with all code inferred before", measure: { preinfer: true } };
}

/** Seconds of rehearsal first: what ends an ordinary Julia need not be looked for by emitting. */
async function findCulprit(
  plan: SysimagePlan,
  statements: readonly Statement[],
  measures: Measures,
  workshop: Workshop,
): Promise<Statement | undefined> {
  workshop.note("looking for the statement to blame: the list is rehearsed first, then halved");
  const nothing = workshop.scratch.file("nothing.jl");
  writeFileSync(nothing, "");
  const rehearsed = await rehearse(
    {
      ...plan,
      statements,
      workload: { kind: "script", script: nothing, args: [], project: plan.project },
      streams: "pipe",
      limits: {},
    },
    workshop.abort,
  );
  const crashed = rehearsed.ok ? rehearsed.value.judged.find(({ verdict }) => verdict === "crashed") : undefined;
  if (crashed !== undefined) return crashed.statement;
  return bisect(statements, async (some) => {
    if (workshop.abort?.aborted) return false;
    const { failure } = await emitOnce(plan, some, measures, workshop);
    return failure !== undefined && isCrash(failure);
  });
}
