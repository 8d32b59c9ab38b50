import { mkdirSync } from "node:fs";
import type { Residual, ResidualContext } from "../analysis/residual-cause.ts";
import { residualOf, streamBlindText } from "../analysis/residual-cause.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { SightingSink } from "../statement/provenance.ts";
import { type Statement, type StatementDigest, statementOf } from "../statement/statement.ts";
import { err, ok, type Result } from "../support/result.ts";
import type { ToolCommand, ToolExit, ToolFailure } from "../support/run-tool.ts";
import { Scratch } from "../support/scratch.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { ingest } from "../trace/ingest.ts";
import { runWorkload, type WorkloadStreams } from "../trace/run-workload.ts";
import { cutRecorder, plainCommand, tracedCommand, tracedProcesses, type Workload } from "../trace/traced-process.ts";
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
  readonly before: Latency;
  readonly after: Latency;
  readonly streams: WorkloadStreams;
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
  readonly sysimage: string;
  readonly baseSysimage: string;
  readonly stamp: Stamp | undefined;
  /** Timed runs on each image. */
  readonly repeat: number;
  readonly streams: Exclude<WorkloadStreams, "inherit">;
}

export type VerifyStep = "trace on base sysimage" | "trace on new sysimage" | "time both";

/** Runs the workload on both images: traced once, then timed in turn, so that both meet the same noise. */
export async function verify(
  request: VerifyRequest,
  onStep: (step: VerifyStep) => () => void,
  abort?: AbortSignal,
): Promise<Result<Verification, ToolFailure>> {
  const scratch = new Scratch("verify");
  try {
    const base = await stepped(onStep, "trace on base sysimage", () =>
      traceOn(request, request.baseSysimage, scratch, "base", abort),
    );
    if (!base.ok) return base;
    const baked = await stepped(onStep, "trace on new sysimage", () =>
      traceOn(request, request.sysimage, scratch, "new", abort),
    );
    if (!baked.ok) return baked;
    const times = await stepped(onStep, "time both", () => timeBoth(request, scratch, abort));
    if (!times.ok) return times;
    const context = contextOf(request.stamp, baked.value.packages);
    const still = [...baked.value.statements.values()];
    return ok({
      traced: base.value.statements.size,
      absorbed: [...base.value.statements.keys()].filter((digest) => !baked.value.statements.has(digest)).length,
      residual: still.map((statement) => residualOf(statement, context)),
      before: latencyOf(times.value.before),
      after: latencyOf(times.value.after),
      streams: request.streams,
      exits: [base.value.ending, baked.value.ending],
    });
  } finally {
    scratch.remove();
  }
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
  sysimage: string,
  scratch: Scratch,
  name: string,
  abort: AbortSignal | undefined,
): Promise<Result<TracedOn, ToolFailure>> {
  const folder = scratch.file(name);
  mkdirSync(folder);
  const command = tracedCommand(request.workload, request.toolchain, folder, sysimage);
  const run = await runWorkload(command, request.streams, {
    outputFile: scratch.file("output"),
    abort,
    onAbort: "end",
  });
  if (!run.ok) return run;
  const { traceFiles, records } = tracedProcesses(folder);
  const statements = new Map<StatementDigest, Statement>();
  ingest(traceFiles, collecting(statements), cutRecorder);
  const packages =
    records.length === 0 ? undefined : new Set(records.flatMap((record) => record.packages.map((pack) => pack.name)));
  return ok({ statements, packages, ending: endingOf(run.value) });
}

const endingOf = ({ status, signal }: ToolExit): Ending => ({ status, signal });

/** A sink for what need not be stored. */
function collecting(statements: Map<StatementDigest, Statement>): SightingSink {
  return {
    sighting: ({ digest, canonical }) => {
      if (statements.has(digest)) return;
      const { tree } = parseStatement(canonical);
      if (tree !== undefined) statements.set(digest, statementOf(tree));
    },
    damage: () => {},
    repeated: () => {},
  };
}

function contextOf(stamp: Stamp | undefined, loadedPackages: ReadonlySet<string> | undefined): ResidualContext {
  const listed = new Map(
    stamp?.statements.map(({ digest, verdict, reason }) => [digest, { verdict, reason: reason ?? "" }]),
  );
  const blind = new Set(stamp?.statements.flatMap(({ streamBlind }) => streamBlind ?? []));
  return {
    verdictOf: (statement) => listed.get(statement.digest),
    listedForOtherStream: (statement) => blind.has(streamBlindText(statement.canonical)),
    loadedPackages,
  };
}

async function timeBoth(
  request: VerifyRequest,
  scratch: Scratch,
  abort: AbortSignal | undefined,
): Promise<Result<{ before: number[]; after: number[] }, ToolFailure>> {
  const before: number[] = [];
  const after: number[] = [];
  const images: readonly (readonly [string, number[]])[] = [
    [request.baseSysimage, before],
    [request.sysimage, after],
  ];
  // The traced runs have warmed the disk cache for both.
  for (let round = 0; round < request.repeat; round += 1) {
    for (const [sysimage, times] of images) {
      const command: ToolCommand = plainCommand(request.workload, request.toolchain.julia, sysimage);
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
