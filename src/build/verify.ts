import { mkdirSync } from "node:fs";
import type { Residual, ResidualContext } from "../analysis/residual-cause.ts";
import { residualOf, streamBlindText } from "../analysis/residual-cause.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { Statement, StatementDigest } from "../statement/statement.ts";
import { err, ok, type Result } from "../support/result.ts";
import type { ToolCommand, ToolExit, ToolFailure } from "../support/run-tool.ts";
import { Scratch } from "../support/scratch.ts";
import { collecting } from "../trace/collecting.ts";
import { cutRecorder } from "../trace/cut-recorder.ts";
import { ingest } from "../trace/ingest.ts";
import { runWorkload, type Streams } from "../trace/run-workload.ts";
import { plainCommand, tracedCommand, type Workload } from "../trace/traced-process.ts";
import { loadedPackages, tracedProcesses } from "../trace/traced-processes.ts";
import { type Rehearsed, rehearse } from "./rehearse.ts";
import type { Stamp } from "./stamp.ts";

/** Whole process, from start to end, in milliseconds. */
export interface Latency {
  readonly medianMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly runs: number;
}

export interface Verification {
  /** Distinct statements that the workload compiles on the base sysimage. */
  readonly traced: number;
  /** How many of those it no longer compiles. */
  readonly absorbed: number;
  readonly residual: readonly Residual[];
  /** What a rehearsal of the list had said would still compile; undefined where there was none. */
  readonly predicted?: readonly string[] | undefined;
  readonly before: Latency;
  readonly after: Latency;
  readonly streams: Streams;
  readonly as: VerifiedImage["as"];
  /** How the workload ended, on the base sysimage and on the new one. */
  readonly exits: readonly [before: Ending, after: Ending];
}

export interface Ending {
  readonly status: number | null;
  readonly signal: string | null;
}

export interface VerifyRequest {
  readonly toolchain: Toolchain;
  readonly workload: Workload & { kind: "script" };
  readonly image: VerifiedImage;
  readonly baseSysimage: string;
  readonly stamp: Stamp | undefined;
  /** What a rehearsal said would still compile, as statements; undefined where there was none. */
  readonly predicted: readonly string[] | undefined;
  /** Timed runs on each image. */
  readonly repeat: number;
  readonly streams: Streams;
}

/** What is verified: a sysimage to start on, or what is loaded into a Julia on the base sysimage, with `-L`. */
export type VerifiedImage =
  | { readonly as: "sysimage"; readonly sysimage: string }
  | { readonly as: "package"; readonly load: string };

export type VerifyStep = "trace on base sysimage" | "trace on new sysimage" | "trace with package" | "time both";

/** Runs the workload on both images: traced once, then timed in turn, so that both meet the same noise. */
export async function verify(
  request: VerifyRequest,
  onStep: (step: VerifyStep) => () => void,
  abort?: AbortSignal,
): Promise<Result<Verification, ToolFailure>> {
  const scratch = new Scratch("verify");
  try {
    const [without, within] = sidesOf(request);
    const base = await stepped(onStep, "trace on base sysimage", () =>
      traceOn(request, without, scratch, "base", abort),
    );
    if (!base.ok) return base;
    const step = request.image.as === "package" ? "trace with package" : "trace on new sysimage";
    const baked = await stepped(onStep, step, () => traceOn(request, within, scratch, "new", abort));
    if (!baked.ok) return baked;
    const times = await stepped(onStep, "time both", () => timeBoth(request, scratch, abort));
    if (!times.ok) return times;
    const still = [...baked.value.statements.values()];
    const invalidated = await invalidatedOn(request, still, abort);
    if (!invalidated.ok) return invalidated;
    const context = contextOf(request.stamp, baked.value.packages, invalidated.value);
    return ok({
      traced: base.value.statements.size,
      absorbed: [...base.value.statements.keys()].filter((digest) => !baked.value.statements.has(digest)).length,
      residual: still.map((statement) => residualOf(statement, context)),
      predicted: request.predicted,
      before: latencyOf(times.value.before),
      after: latencyOf(times.value.after),
      streams: request.streams,
      as: request.image.as,
      exits: [base.value.ending, baked.value.ending],
    });
  } finally {
    scratch.remove();
  }
}

/** What is run where. */
interface Side {
  readonly workload: VerifyRequest["workload"];
  readonly sysimage: string;
}

function sidesOf({ workload, image, baseSysimage }: VerifyRequest): readonly [without: Side, within: Side] {
  const without = { workload, sysimage: baseSysimage };
  return image.as === "sysimage"
    ? [without, { workload, sysimage: image.sysimage }]
    : [without, { ...without, workload: { ...workload, load: image.load } }];
}

async function stepped<T>(
  onStep: (step: VerifyStep) => () => void,
  step: VerifyStep,
  work: () => Promise<T>,
): Promise<T> {
  const done = onStep(step);
  try {
    return await work();
  } finally {
    done();
  }
}

interface TracedOn {
  readonly statements: ReadonlyMap<StatementDigest, Statement>;
  readonly packages: ReadonlySet<string> | undefined;
  readonly ending: Ending;
}

async function traceOn(
  request: VerifyRequest,
  { workload, sysimage }: Side,
  scratch: Scratch,
  name: string,
  abort: AbortSignal | undefined,
): Promise<Result<TracedOn, ToolFailure>> {
  const folder = scratch.file(name);
  mkdirSync(folder);
  const command = tracedCommand(workload, request.toolchain, { folder, sysimage, workers: false });
  const run = await runWorkload(command, request.streams, {
    outputFile: scratch.file("output"),
    abort,
    onAbort: "end",
  });
  if (!run.ok) return run;
  const { traceFiles, records } = tracedProcesses(folder);
  const statements = new Map<StatementDigest, Statement>();
  ingest(traceFiles, collecting(statements), { cutting: cutRecorder });
  return ok({ statements, packages: loadedPackages(records), ending: endingOf(run.value) });
}

const endingOf = ({ status, signal }: ToolExit): Ending => ({ status, signal });

/** Of what the bake compiled and the workload compiles again: what was made invalid. Asked of a Julia on the image. */
async function invalidatedOn(
  { toolchain, workload, image, stamp, streams }: VerifyRequest,
  still: readonly Statement[],
  abort: AbortSignal | undefined,
): Promise<Result<Rehearsed["invalidated"], ToolFailure>> {
  const compiled = new Set(
    stamp?.statements.filter(({ verdict }) => verdict === "compiled").map(({ digest }) => digest),
  );
  const again = still.filter(({ digest }) => compiled.has(digest));
  // What a package holds is loaded in front of a program, and no rehearsal starts with it.
  if (again.length === 0 || image.as === "package") return ok(new Map());
  const plan = { toolchain, workload, packages: [], baseSysimage: image.sysimage, streams, limits: {} };
  const asked = await rehearse({ ...plan, statements: again }, abort);
  if (asked.ok) return ok(asked.value.invalidated);
  return asked.error.reason === "interrupted" ? err(asked.error) : ok(new Map());
}

function contextOf(
  stamp: Stamp | undefined,
  loadedPackages: ReadonlySet<string> | undefined,
  invalidated: Rehearsed["invalidated"],
): ResidualContext {
  const listed = new Map(
    stamp?.statements.map(({ digest, verdict, reason }) => [digest, { verdict, reason: reason ?? "" }]),
  );
  const blind = new Set(stamp?.statements.flatMap(({ streamBlind }) => streamBlind ?? []));
  return {
    verdictOf: (statement) => listed.get(statement.digest),
    listedForOtherStream: (statement) => blind.has(streamBlindText(statement.canonical)),
    loadedPackages,
    asPackage: stamp?.as === "package",
    invalidatedOf: ({ digest }) => invalidated.get(digest),
  };
}

async function timeBoth(
  request: VerifyRequest,
  scratch: Scratch,
  abort: AbortSignal | undefined,
): Promise<Result<{ before: number[]; after: number[] }, ToolFailure>> {
  const before: number[] = [];
  const after: number[] = [];
  const [without, within] = sidesOf(request);
  const sides: readonly (readonly [Side, number[]])[] = [
    [without, before],
    [within, after],
  ];
  // The traced runs have warmed the disk cache for both.
  for (let round = 0; round < request.repeat; round += 1) {
    for (const [{ workload, sysimage }, times] of sides) {
      const command: ToolCommand = plainCommand(workload, request.toolchain.julia, sysimage);
      const run = await runWorkload(command, request.streams, {
        outputFile: scratch.file("output"),
        abort,
        onAbort: "end",
      });
      if (!run.ok) return err(run.error);
      times.push(run.value.durationMs);
    }
  }
  return ok({ before, after });
}

export function latencyOf(times: readonly number[]): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return { medianMs: median, minMs: sorted[0] ?? 0, maxMs: sorted.at(-1) ?? 0, runs: sorted.length };
}
