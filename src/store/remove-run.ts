import type Database from "better-sqlite3";
import type { RunId } from "../statement/provenance.ts";
import { type KnownLine, keptLines } from "./known-lines.ts";
import { removing } from "./queries.ts";
import { forgetTraits } from "./statement-traits.ts";

/** Removes a run and what only it has seen, inside one transaction. False: there is no such run. */
export function removeRun(db: Database.Database, run: RunId): boolean {
  const candidates = db.prepare<[number], KnownLine>(removing.candidates).all(run);
  db.prepare(removing.sightings).run(run);
  if (db.prepare(removing.run).run(run).changes === 0) return false;
  const isSeen = db.prepare(removing.isSeen);
  const gone = candidates.filter(({ statement, spelling }) => isSeen.get(statement, spelling) === undefined);
  const removeSpelling = db.prepare(removing.spelling);
  for (const { statement, spelling } of gone) removeSpelling.run(statement, spelling);
  removeStatements(db, new Set(gone.map(({ statement }) => statement)));
  forgetLines(db, gone);
  db.prepare(removing.count).run();
  return true;
}

function removeStatements(db: Database.Database, statements: ReadonlySet<number>): void {
  const isNeeded = db.prepare(removing.isNeeded);
  const removeDigest = db.prepare(removing.digest);
  const removeStatement = db.prepare(removing.statement);
  const removed = new Set<number>();
  for (const statement of statements) {
    if (isNeeded.get({ statement }) !== undefined) continue;
    removeDigest.run(statement);
    removeStatement.run(statement);
    removed.add(statement);
  }
  forgetTraits(db, removed);
}

function forgetLines(db: Database.Database, gone: readonly KnownLine[]): void {
  const nameOf = ({ statement, spelling }: KnownLine): string => `${statement} ${spelling}`;
  const names = new Set(gone.map(nameOf));
  const keep = db.prepare(removing.keepKnownLines);
  for (const { id, lines } of db.prepare<[], { id: number; lines: Buffer }>(removing.knownLines).all()) {
    const kept = keptLines(lines, (line) => !names.has(nameOf(line)));
    if (kept.length < lines.length) keep.run(kept, id);
  }
}
