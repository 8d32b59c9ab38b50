import type Database from "better-sqlite3";
import type { JuliaProcess, RecordedProcess, RunId } from "../statement/provenance.ts";
import type { Merged } from "./merge-run.ts";
import { merging, queries, rewriting } from "./queries.ts";
import { known } from "./run-rows.ts";
import type { StagedRun } from "./staged-run.ts";

/** Of which processes a run is: what is known of each, and what it brought. Inside the run's transaction. */
export function addProcesses(
  db: Database.Database,
  run: RunId,
  processes: readonly JuliaProcess[],
  staged: StagedRun,
  merged: Merged,
): void {
  const add = db.prepare(merging.addProcess);
  for (const [index, { kind, pid = null, program = null }] of processes.entries()) {
    const number = index + 1;
    const lines = staged.linesOfProcess.get(number) ?? 0;
    const statements = statementsOf(merged, number, processes.length);
    add.run({ run, number, kind, pid, program, lines, statements });
  }
}

/** The only process of a run saw all that the run has. */
const statementsOf = ({ statements, statementsOfProcess }: Merged, number: number, count: number): number =>
  count === 1 ? statements : (statementsOfProcess.get(number) ?? 0);

/** What two texts stated may have turned out to be one statement. */
export function countProcesses(db: Database.Database, run: RunId, merged: Merged): void {
  const count = db.prepare(rewriting.countOfProcess);
  const processes = processesOf(db, run);
  for (const { number } of processes) count.run(statementsOf(merged, number, processes.length), run, number);
}

/** In the order in which they started. */
export function processesOf(db: Database.Database, run: RunId): RecordedProcess[] {
  const rows = db.prepare<[RunId], Record<string, unknown>>(queries.processesOf).all(run);
  return rows.map((row) => known(row) as unknown as RecordedProcess);
}
