import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { replayFile } from "../julia/replay.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { RepairsOff } from "../statement/repair.ts";
import type { Statement, StatementDigest } from "../statement/statement.ts";
import { err, ok, type Result } from "../support/result.ts";
import type { ToolExit, ToolFailure } from "../support/run-tool.ts";
import { Scratch } from "../support/scratch.ts";
import type { ToolLimits } from "../support/tool-limits.ts";
import { collecting } from "../trace/collecting.ts";
import { cutRecorder } from "../trace/cut-recorder.ts";
import { ingest, type LineFilter } from "../trace/ingest.ts";
import { runWorkload, type Streams } from "../trace/run-workload.ts";
import { tracedCommand, type Workload } from "../trace/traced-process.ts";
import { loadedPackages, tracedProcesses } from "../trace/traced-processes.ts";
import type { PackageName } from "./build-plan.ts";
import { packageEntries, writePlan } from "./plan-file.ts";
import { type JudgedStatement, readVerdicts, type StatementFile, writeStatementFile } from "./statement-file.ts";
import type { MacroCalls } from "./witness.ts";

const rehearseFile = fileURLToPath(new URL("rehearse.jl", import.meta.url));

/** Everything a rehearsal reads. */
export interface RehearsalPlan {
  readonly toolchain: Toolchain;
  readonly workload: Workload & { readonly kind: "script" };
  readonly packages: readonly PackageName[];
  readonly statements: readonly Statement[];
  readonly repairsOff?: RepairsOff | undefined;
  /** Julia file that is included into Main in front of the replay. */
  readonly definitions?: string | undefined;
  readonly baseSysimage: string;
  readonly streams: Streams;
  readonly limits: ToolLimits;
}

export interface Rehearsed {
  /** A verdict for every statement of the list, those that ended the process with `crashed`. */
  readonly judged: readonly JudgedStatement[];
  /** What the workload compiled behind the replay, and what Julia compiled to start that was not in the list. */
  readonly compiled: ReadonlyMap<StatementDigest, Statement>;
  /** What was compiled in front of the replay: to start Julia and to load packages. On an image it is needed all the same. */
  readonly startup: ReadonlySet<StatementDigest>;
  /** Statements of the list whose code something that was defined later made invalid. */
  readonly invalidated: ReadonlyMap<StatementDigest, Invalidated>;
  readonly called: MacroCalls;
  /** What was loaded when the workload ended; undefined where it could not say. */
  readonly packages: ReadonlySet<string> | undefined;
  /** How the process ended, with the workload in it. */
  readonly exit: ToolExit;
  /** Whole, restarts included, in milliseconds. */
  readonly durationMs: number;
}

/** Since when: since the workload ran, or, on an image that has the code, since packages were loaded. */
export type Invalidated = "by the workload" | "before it";

export type RehearsalFailure =
  | ToolFailure
  /** Julia ended before it had replayed anything: the packages do not load. */
  | { readonly reason: "no-replay"; readonly exit: ToolExit }
  /** The time was up while a statement was replayed. */
  | { readonly reason: "endless-statement"; readonly statement: Statement; readonly timeMs: number }
  | { readonly reason: "too-many-crashes"; readonly culprits: readonly Statement[] };

/** So many statements may end the process; more of them have another cause. */
const mostCrashes = 16;

/**
 * Replays a list in one ordinary Julia on the base sysimage and runs the workload behind it. A statement that ends the
 * process is left out, and everything starts again.
 */
export async function rehearse(plan: RehearsalPlan, abort?: AbortSignal): Promise<Result<Rehearsed, RehearsalFailure>> {
  const startedAt = performance.now();
  const crashed: JudgedStatement[] = [];
  let statements = plan.statements;
  for (;;) {
    const once = await rehearseOnce({ ...plan, statements }, abort);
    if (!once.ok) return once;
    const { culprit, judged, ...rest } = once.value;
    if (culprit === undefined) {
      const durationMs = Math.round(performance.now() - startedAt);
      return ok({ ...rest, judged: [...judged, ...crashed], durationMs });
    }
    crashed.push({ statement: culprit, verdict: "crashed", reason: endText(rest.exit) });
    if (crashed.length > mostCrashes) {
      return err({ reason: "too-many-crashes", culprits: crashed.map(({ statement }) => statement) });
    }
    statements = statements.filter(({ digest }) => digest !== culprit.digest);
  }
}

const endText = ({ status, signal }: ToolExit): string =>
  signal === null ? `Julia exited with status ${status} while it compiled this` : `${signal} while it was compiled`;

interface Once extends Omit<Rehearsed, "durationMs"> {
  /** The statement at hand when the process ended before the workload began. */
  readonly culprit?: Statement | undefined;
}

async function rehearseOnce(
  plan: RehearsalPlan,
  abort: AbortSignal | undefined,
): Promise<Result<Once, RehearsalFailure>> {
  const scratch = new Scratch("rehearsal");
  try {
    const folder = scratch.file("trace");
    mkdirSync(folder);
    const verdictsFile = scratch.file("verdicts.tsv");
    const invalidFile = scratch.file("invalid.tsv");
    const calledFile = scratch.file("called.tsv");
    const statementsFile = scratch.file("statements.txt");
    const file = writeStatementFile(statementsFile, plan.statements, plan.repairsOff);
    const planFile = scratch.file("plan.tsv");
    writePlan(planFile, [
      ["replay", replayFile],
      ...packageEntries(plan.packages),
      ["statements", statementsFile],
      ["verdicts", verdictsFile],
      ["invalid", invalidFile],
      ["called", calledFile],
      ...(plan.definitions === undefined ? [] : [["definitions", plan.definitions]]),
    ]);
    const traced = tracedCommand({ ...plan.workload, load: rehearseFile }, plan.toolchain, {
      folder,
      sysimage: plan.baseSysimage,
      workers: false,
    });
    const command = { ...traced, env: { ...traced.env, PREIMAGE_REHEARSAL: planFile } };
    const run = await runWorkload(command, plan.streams, {
      outputFile: scratch.file("output"),
      abort,
      onAbort: "end",
      limits: plan.limits,
    });
    if (!run.ok) return endlessStatement(run.error, file, verdictsFile) ?? run;
    return readOnce(run.value, file, { verdictsFile, invalidFile, calledFile, folder });
  } finally {
    scratch.remove();
  }
}

function endlessStatement(
  failure: ToolFailure,
  file: StatementFile,
  verdictsFile: string,
): Result<Once, RehearsalFailure> | undefined {
  if (failure.reason !== "over-limit" || failure.over.limit !== "time" || !existsSync(verdictsFile)) return undefined;
  const statement = file.printed[readVerdicts(verdictsFile, file).length];
  return statement && err({ reason: "endless-statement", statement, timeMs: failure.over.timeMs });
}

type WrittenFile = "verdictsFile" | "invalidFile" | "calledFile" | "folder";

function readOnce(
  exit: ToolExit,
  file: StatementFile,
  { verdictsFile, invalidFile, calledFile, folder }: Readonly<Record<WrittenFile, string>>,
): Result<Once, RehearsalFailure> {
  const { traceFiles, records } = tracedProcesses(folder);
  const compiledIn = (phase: () => LineFilter): ReadonlyMap<StatementDigest, Statement> => {
    const statements = new Map<StatementDigest, Statement>();
    const cutting = (): LineFilter => {
      const filters = [cutRecorder(), cutChecking(), phase()];
      return (line) => filters.map((keep) => keep(line)).every(Boolean);
    };
    // Of the script's process: what others compile, they compile on their own sysimage.
    ingest(traceFiles.slice(0, 1), collecting(statements), { cutting });
    return statements;
  };
  let began = false;
  const started = compiledIn(() => between(undefined, "rehearsal_begins"));
  const loaded = compiledIn(() => between("loading_begins", "replay_begins"));
  const ran = compiledIn(() => between("workload_begins", undefined, () => (began = true)));
  const replayed = readVerdicts(verdictsFile, file);
  const invalidated = readInvalid(invalidFile, file);
  const called = readCalled(calledFile, file);
  const judged = [...replayed, ...file.unprintable];
  const packages = loadedPackages(records);
  const served = new Set(
    judged.filter(({ verdict }) => verdict === "compiled").map(({ statement }) => statement.digest),
  );
  const compiled = new Map([...[...started].filter(([digest]) => !served.has(digest)), ...ran]);
  const startup = new Set([...started.keys(), ...loaded.keys()]);
  if (began) return ok({ judged, compiled, startup, invalidated, called, packages, exit });
  const culprit = file.printed[replayed.length];
  return culprit === undefined || !existsSync(verdictsFile)
    ? err({ reason: "no-replay", exit })
    : ok({ judged, compiled, startup, invalidated, called, packages, exit, culprit });
}

/** `number<TAB>times before the workload<TAB>times behind it` lines. */
function readInvalid(path: string, { printed }: StatementFile): ReadonlyMap<StatementDigest, Invalidated> {
  const found = new Map<StatementDigest, Invalidated>();
  for (const line of existsSync(path) ? readFileSync(path, "utf8").split("\n") : []) {
    const [number, before, after] = line.split("\t").map(Number);
    const statement = printed[(number ?? 0) - 1];
    if (statement === undefined || before === undefined || after === undefined) continue;
    found.set(statement.digest, after > before ? "by the workload" : "before it");
  }
  return found;
}

/** `number<TAB>signature` lines. */
function readCalled(path: string, { printed }: StatementFile): MacroCalls {
  const found = new Map<StatementDigest, string[]>();
  for (const line of existsSync(path) ? readFileSync(path, "utf8").split("\n") : []) {
    const [number, signature] = line.split("\t");
    const digest = printed[Number(number) - 1]?.digest;
    if (digest === undefined || signature === undefined) continue;
    found.set(digest, [...(found.get(digest) ?? []), signature]);
  }
  return found;
}

/** Cuts out what `rehearse.jl` compiles for itself when the workload has ended. */
function cutChecking(): LineFilter {
  const checking = between("checking_begins", "checking_ends");
  return (line) => !checking(line);
}

/** Keeps what stands between two marks of `rehearse.jl`. */
function between(from: string | undefined, to: string | undefined, onBegin?: () => void): LineFilter {
  const mark = "PreimageRehearsal.";
  let within = from === undefined;
  return (line) => {
    if (!line.includes(mark)) return within;
    if (from !== undefined && line.includes(mark + from)) {
      within = true;
      onBegin?.();
    } else if (to !== undefined && line.includes(mark + to)) within = false;
    return false;
  };
}
