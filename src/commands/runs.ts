import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { DamagedLine, LoadedPackage, TraceRun } from "../statement/provenance.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, failed, withStore } from "./context.ts";
import { findRuns, unknownRun } from "./find-runs.ts";

export interface RunsOutcome {
  /** Newest first. */
  readonly runs: readonly TraceRun[];
}

export function listRuns(context: CommandContext): Promise<CommandResult<RunsOutcome>> {
  return withStore(context, (store) => ok({ runs: store.runs() }));
}

export interface RunDetails {
  readonly run: TraceRun;
  readonly packages: readonly LoadedPackage[] | undefined;
  readonly damage: readonly DamagedLine[];
}

export function showRun(reference: string, context: CommandContext): Promise<CommandResult<RunDetails>> {
  return withStore(context, (store) => {
    const [run] = findRuns(store, bare(reference));
    if (run === undefined) return failed(unknownRun(reference));
    return ok({ run, packages: store.packagesOf(run.id), damage: store.damageOf(run.id) });
  });
}

export interface RemovedRun {
  readonly removed: TraceRun;
}

/** A name that several runs have is refused: a slip must not cost all of them. */
export function removeRun(reference: string, context: CommandContext): Promise<CommandResult<RemovedRun>> {
  return withStore(context, (store) => {
    const [run, ...others] = findRuns(store, bare(reference));
    if (run === undefined) return failed(unknownRun(reference));
    if (others.length > 0) {
      const ids = [run, ...others].map(({ id }) => id).join(", ");
      return failed(
        errorDiagnostic("PI914", `\`${reference}\` names ${others.length + 1} runs`, [`name one by its id: ${ids}`]),
      );
    }
    store.removeRun(run.id);
    return ok({ removed: run });
  });
}

const bare = (reference: string): string => reference.replace(/^run:/, "");
