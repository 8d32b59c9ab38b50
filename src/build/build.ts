import { existsSync, readFileSync, renameSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { replayFile } from "../julia/replay.ts";
import { isSupported, objectFileName } from "../julia/versions.ts";
import { printForJulia } from "../statement/julia-text.ts";
import type { Statement } from "../statement/statement.ts";
import { type Verdict, verdicts } from "../statement/verdict.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { err, ok, type Result } from "../support/result.ts";
import { runTool, type ToolCommand, type ToolFailure } from "../support/run-tool.ts";
import { partialPath, Scratch } from "../support/scratch.ts";
import type { BuildPlan, ObjectFile, Sysimage } from "./build-plan.ts";
import { stampPath } from "./stamp.ts";
import { emitObject, ensureCompiled, linkSysimage, startOn, tryLinker } from "./tool-commands.ts";

export type BuildStep = "try linker" | "load packages" | "emit object file" | "link sysimage" | "start on sysimage";

export interface JudgedStatement {
  readonly statement: Statement;
  readonly verdict: Verdict;
  readonly reason: string;
}

export interface BuiltSysimage {
  readonly sysimage: Sysimage;
  readonly bytes: number;
  readonly judged: readonly JudgedStatement[];
  /** Milliseconds a step. */
  readonly steps: Readonly<Record<BuildStep, number>>;
}

export type BuildFailure =
  | { readonly reason: "unsupported-julia"; readonly version: string }
  | { readonly reason: "output-not-writable"; readonly path: string; readonly detail: string }
  | { readonly reason: "disk-full"; readonly folder: string; readonly freeBytes: number; readonly neededBytes: number }
  | StepFailure;

export interface StepFailure {
  readonly reason: "step";
  readonly step: BuildStep;
  readonly failure: ToolFailure;
  /** Where the logs of the failed bake stay. */
  readonly kept: string;
  readonly log: string;
  /** The statement at hand when Julia died while it replayed the list. */
  readonly culprit?: Statement | undefined;
}

/** Hears of each step as it begins; what it returns is called when the step has ended. */
export type StepListener = (step: BuildStep) => (failed: boolean) => void;

/**
 * Bakes a sysimage. It is made beside its place and renamed when Julia has started on it, so that a failure, or a kill
 * at any moment, leaves what was there before.
 */
export async function build(
  plan: BuildPlan,
  onStep: StepListener,
  abort?: AbortSignal,
): Promise<Result<BuiltSysimage, BuildFailure>> {
  const unfit = preflight(plan);
  if (unfit !== undefined) return err(unfit);
  const scratch = new Scratch("build");
  const partial = partialPath(plan.output) as Sysimage;
  const steps = {} as Record<BuildStep, number>;
  const staged = stage(plan, scratch);
  const object = scratch.file(objectFileName(plan.toolchain.version)) as ObjectFile;

  const run = async (step: BuildStep, command: ToolCommand): Promise<StepFailure | undefined> => {
    const done = onStep(step);
    const log = scratch.file(`${step.replaceAll(" ", "-")}.log`);
    const startedAt = performance.now();
    const result = await runTool(command, { streams: { kind: "file", path: log }, abort });
    steps[step] = Math.round(performance.now() - startedAt);
    done(!result.ok);
    if (result.ok) return undefined;
    const culprit = step === "emit object file" ? culpritOf(staged, result.error) : undefined;
    return { reason: "step", step, failure: result.error, kept: scratch.path, log: logEnd(log), culprit };
  };

  try {
    const failure =
      (await run("try linker", tryLinker(plan, scratch.file("nothing.so") as Sysimage))) ??
      (await run("load packages", ensureCompiled(plan))) ??
      (await run("emit object file", emitObject(plan, staged.planFile, object))) ??
      (await run("link sysimage", linkSysimage(plan, object, partial))) ??
      (await run("start on sysimage", startOn(plan.toolchain.julia, partial)));
    if (failure !== undefined) {
      // What took minutes to emit is kept where only linking it failed.
      if (failure.step !== "link sysimage") rmSync(object, { force: true });
      if (failure.failure.reason !== "interrupted") scratch.keep();
      return err(failure);
    }
    const judged = [...readVerdicts(staged), ...staged.unprintable];
    // A stamp never stands beside a sysimage that it does not describe.
    rmSync(stampPath(plan.output), { force: true });
    renameSync(partial, plan.output);
    return ok({ sysimage: plan.output, bytes: statSync(plan.output).size, judged, steps });
  } finally {
    rmSync(partial, { force: true });
    scratch.remove();
  }
}

/** What can be known before minutes are spent. */
function preflight(plan: BuildPlan): BuildFailure | undefined {
  const { version } = plan.toolchain;
  if (!isSupported(version)) return { reason: "unsupported-julia", version: version.text };
  const folder = dirname(plan.output);
  const unwritable = (detail: string): BuildFailure => ({ reason: "output-not-writable", path: plan.output, detail });
  if (statSync(plan.output, { throwIfNoEntry: false })?.isDirectory()) return unwritable("it is a folder");
  try {
    const probe = partialPath(plan.output);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    return unwritable(fileErrorText(error));
  }
  // An image of the base image's size, and in the scratch folder an object file a little larger.
  const neededBytes = 2 * statSync(plan.baseSysimage).size;
  const free = statfsSync(folder);
  const freeBytes = free.bavail * free.bsize;
  return freeBytes < neededBytes ? { reason: "disk-full", folder, freeBytes, neededBytes } : undefined;
}

interface Staged {
  readonly planFile: string;
  readonly verdictsFile: string;
  /** In the order of the statement file. */
  readonly printed: readonly Statement[];
  readonly unprintable: readonly JudgedStatement[];
}

/** Everything Julia is told goes by file; the statements are printed from their trees. */
function stage(plan: BuildPlan, scratch: Scratch): Staged {
  const printed: Statement[] = [];
  const unprintable: JudgedStatement[] = [];
  const lines: string[] = [];
  for (const statement of plan.statements) {
    const text = printForJulia(statement, plan.repairsOff);
    if (text.ok) {
      printed.push(statement);
      lines.push(text.value);
    } else unprintable.push({ statement, verdict: "unresolved", reason: text.error });
  }
  const planFile = scratch.file("plan.tsv");
  const statementsFile = scratch.file("statements.txt");
  const verdictsFile = scratch.file("verdicts.tsv");
  writeFileSync(statementsFile, lines.map((line) => `${line}\n`).join(""));
  const entries: readonly (readonly string[])[] = [
    ["stdlib", plan.toolchain.stdlib],
    ["replay", replayFile],
    ...(plan.project === undefined ? [] : [["project", plan.project]]),
    ...plan.packages.map((pack) => ["package", pack.name, pack.uuid ?? ""]),
    ["statements", statementsFile],
    ["verdicts", verdictsFile],
    ...(plan.script === undefined ? [] : [["script", plan.script]]),
  ];
  writeFileSync(planFile, entries.map((entry) => `${entry.join("\t")}\n`).join(""));
  return { planFile, verdictsFile, printed, unprintable };
}

function readVerdicts(staged: Staged): JudgedStatement[] {
  if (!existsSync(staged.verdictsFile)) return [];
  const judged: JudgedStatement[] = [];
  for (const line of readFileSync(staged.verdictsFile, "utf8").split("\n")) {
    const [number = "", said, reason = ""] = line.split("\t");
    const statement = staged.printed[Number(number) - 1];
    const verdict = verdicts.find((verdict) => verdict === said);
    if (statement !== undefined && verdict !== undefined) judged.push({ statement, verdict, reason });
  }
  return judged;
}

/** Verdicts are written one by one: where Julia died on a signal, the first statement without one was at hand. */
function culpritOf(staged: Staged, failure: ToolFailure): Statement | undefined {
  if (failure.reason !== "signal" || !existsSync(staged.verdictsFile)) return undefined;
  return staged.printed[readVerdicts(staged).length];
}

function logEnd(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n").slice(-12).join("\n") : "";
}
