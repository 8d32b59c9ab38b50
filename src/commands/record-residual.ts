import { basename } from "node:path";
import { statementOfText } from "../analysis/prune.ts";
import type { Stamp } from "../build/stamp.ts";
import type { Verification } from "../build/verify.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { RunId } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import type { Workload } from "../trace/traced-process.ts";
import { wordsOf } from "./run-facts.ts";

/** The tag of the runs that `verify` and `bake` record. */
export const residualTag = "residual";

/**
 * Records how far the prediction was right; and as a run, so that the next bake can take it in, what still compiled and was
 * not in the image's list. Undefined where there is nothing of that kind; what the script itself defines is none.
 */
export function recordResidual(
  { residual, predicted, streams, traced, before, after }: Verification,
  sysimage: string,
  stamp: Stamp | undefined,
  workload: Workload & { kind: "script" },
  toolchain: Toolchain,
  store: StatementStore,
): RunId | undefined {
  store.findings.recordVerification({
    sysimage,
    workload: JSON.stringify([streams, ...wordsOf(workload)]),
    predicted,
    residual: residual.map(({ statement }) => statement),
    traced,
    beforeMs: before.medianMs,
    afterMs: after.medianMs,
    verifiedAt: new Date().toISOString(),
  });
  const listed = new Set(stamp?.statements.map(({ digest }) => digest));
  const fresh = residual
    .filter(({ cause }) => cause !== "belongs to the script")
    .map(({ statement }) => statementOfText(statement))
    .filter(({ digest }) => !listed.has(digest));
  if (fresh.length === 0) return undefined;
  const facts = {
    name: `${basename(workload.script).replace(/\.jl$/, "")}-${residualTag}`,
    kind: "trace",
    command: wordsOf(workload),
    folder: process.cwd(),
    juliaVersion: toolchain.version.text,
    juliaCommit: toolchain.commit,
    os: toolchain.os,
    arch: toolchain.arch,
    sysimage,
    project: workload.project,
    ioKind: streams,
    startedAt: new Date().toISOString(),
    tags: { [residualTag]: basename(sysimage) },
  } as const;
  return store.recordRun(facts, (sink) => {
    for (const [index, { digest, canonical }] of fresh.entries()) {
      sink.sighting({ lineKey: index, digest, canonical, spelling: canonical, line: index + 1, recompile: false });
    }
    return fresh.length;
  }).id;
}
