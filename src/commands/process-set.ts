import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { processNumbers } from "../statement/process-numbers.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { StatementStore, WholeSighting } from "../store/statement-store.ts";
import { err, ok, type Result } from "../support/result.ts";
import { findRuns } from "./find-runs.ts";

export interface ProcessesNamed {
  /** Those that have such a process. */
  readonly runs: readonly TraceRun[];
  /** What it compiled, run by run. */
  readonly seen: Iterable<WholeSighting>;
}

/**
 * `3/2`, `app/worker`: what one of a run's processes compiled, by its number, or all of a kind. Undefined: no such run.
 * Errors: PI916 (no such process).
 */
export function processesNamed(
  store: StatementStore,
  reference: string,
): Result<ProcessesNamed, Diagnostic> | undefined {
  const [, of = "", which = ""] = /^(.+)\/([^/]+)$/.exec(reference) ?? [];
  const runs = findRuns(store, of);
  if (runs.length === 0) return undefined;
  const meant = runs.flatMap((run) => {
    const processes = store.processesOf(run.id);
    const numbers = processes.filter(({ number, kind }) => which === kind || which === String(number));
    return numbers.length === 0 ? [] : [{ run, numbers: new Set(numbers.map(({ number }) => number)) }];
  });
  if (meant.length === 0) {
    return err(
      errorDiagnostic("PI916", `no process of run \`${of}\` is \`${which}\``, [
        `see its processes with \`preimage runs show ${of}\`; a kind is julia, worker or python`,
      ]),
    );
  }
  return ok({ runs: meant.map(({ run }) => run), seen: seenIn(store, meant) });
}

/** Asked one run after the other. A run with one process does not say of each statement who compiled it. */
function* seenIn(
  store: StatementStore,
  meant: readonly { readonly run: TraceRun; readonly numbers: ReadonlySet<number> }[],
): Generator<WholeSighting> {
  for (const { run, numbers } of meant) {
    for (const sighting of store.wholeSightingsIn(run.id)) {
      if (sighting.processes === null || processNumbers(sighting.processes).some((number) => numbers.has(number)))
        yield sighting;
    }
  }
}
