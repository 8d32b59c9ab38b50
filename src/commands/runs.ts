import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { DamagedLine, LoadedPackage, RecordedProcess, RunSummary, TraceRun } from "../statement/provenance.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, failed, withExistingStore, withStore } from "./context.ts";
import { findRuns, unknownRun } from "./find-runs.ts";

export interface RunsOutcome {
  /** Newest first. */
  readonly runs: readonly TraceRun[];
}

export interface RunListOutcome {
  /** Newest first. */
  readonly runs: readonly RunSummary[];
  /** How many older ones there are. */
  readonly more: number;
}

/** For a table, which shows a part of each. `top`: how many, the newest; 0: all. */
export function summarizeRuns(top: number, context: CommandContext): Promise<CommandResult<RunListOutcome>> {
  return withExistingStore(context, (store) => {
    const runs = store.runSummaries(top);
    return ok({ runs, more: top === 0 ? 0 : store.runCount() - runs.length });
  });
}

/** As what the runs can be named in the place of a set, for those who type one. */
export function setNames(context: CommandContext): Promise<CommandResult<readonly string[]>> {
  // What a shell takes as one word, whatever it is. Here, as V8 takes a while to look up the classes.
  const isWord = (name: string): boolean => /^[\p{L}\p{N}_.:=@%+,/~-]+$/u.test(name);
  return withExistingStore(context, (store) => ok(["store", ...store.setNames().filter(isWord)]));
}

/** `top`: how many, the newest; 0: all. */
export function listRuns(top: number, context: CommandContext): Promise<CommandResult<RunsOutcome>> {
  return withExistingStore(context, (store) => ok({ runs: top === 0 ? store.runs() : store.runs().slice(0, top) }));
}

export interface RunDetails {
  readonly run: TraceRun;
  readonly packages: readonly LoadedPackage[] | undefined;
  /** None where nobody knows them. */
  readonly processes: readonly RecordedProcess[];
  readonly damage: readonly DamagedLine[];
}

export function showRun(reference: string, context: CommandContext): Promise<CommandResult<RunDetails>> {
  return withExistingStore(context, (store) => {
    const [run] = findRuns(store, bare(reference));
    if (run === undefined) return failed(unknownRun(reference));
    return ok({
      run,
      packages: store.packagesOf(run.id),
      processes: store.processesOf(run.id),
      damage: store.damageOf(run.id),
    });
  });
}

export interface RemovedRuns {
  readonly removed: readonly TraceRun[];
}

/** All or none. A name that several runs have is refused: a slip must not cost all of them. */
export function removeRuns(
  references: readonly string[],
  context: CommandContext,
): Promise<CommandResult<RemovedRuns>> {
  return withStore(context, (store) => {
    const removed: TraceRun[] = [];
    for (const reference of references) {
      const [run, ...others] = findRuns(store, bare(reference));
      if (run === undefined) return failed(unknownRun(reference));
      if (others.length > 0) {
        const ids = [run, ...others].map(({ id }) => id).join(" ");
        return failed(
          errorDiagnostic("PI914", `\`${reference}\` names ${others.length + 1} runs`, [
            `name those you mean by their ids: \`preimage runs rm ${ids}\``,
          ]),
        );
      }
      if (!removed.some(({ id }) => id === run.id)) removed.push(run);
    }
    for (const { id } of removed) store.removeRun(id);
    return ok({ removed });
  });
}

const bare = (reference: string): string => reference.replace(/^run:/, "");
