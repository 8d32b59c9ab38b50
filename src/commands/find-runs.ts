import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { RunId, TraceRun } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";

/** By id, or by name: then all the runs that have it, newest first. */
export function findRuns(store: StatementStore, reference: string): TraceRun[] {
  const byId = /^\d+$/.test(reference) ? store.run(Number(reference) as RunId) : undefined;
  return byId === undefined ? store.runsNamed(reference) : [byId];
}

export function unknownRun(reference: string): Diagnostic {
  return errorDiagnostic("PI910", `no run is called \`${reference}\``, ["list the runs with `preimage runs`"]);
}
