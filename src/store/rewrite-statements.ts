import type Database from "better-sqlite3";
import { processNumbers } from "../statement/process-numbers.ts";
import type { RunId } from "../statement/provenance.ts";
import type { CanonicalText } from "../statement/statement.ts";
import type { RehearsedStatement } from "./findings.ts";
import { mergeRun, statementIds } from "./merge-run.ts";
import { queries, rewriting } from "./queries.ts";
import { countProcesses } from "./run-processes.ts";
import { StagedRun } from "./staged-run.ts";
import { forgetAllTraits } from "./statement-traits.ts";
import type { StoredStatement } from "./stored-statement.ts";

/** Says what a statement is now, by its old canonical text and how it was spelled (null: as that text). */
export type Renewal = (canonical: CanonicalText, spelling: string | null) => StoredStatement | undefined;

interface OldSighting extends StoredStatement {
  readonly statement: number;
  readonly spelling: number;
  readonly text: string | null;
  readonly line: number;
  readonly count: number;
  readonly compileMs: number | null;
  readonly recompiles: number;
  readonly processes: string | null;
}

interface OldVerdict extends StoredStatement {
  readonly bake: number;
  readonly verdict: string;
  readonly reason: string;
}

/**
 * Writes all statements anew, inside one transaction: every sighting with its spelling, lines, counts and times, and every
 * verdict of bakes and rehearsals, at what `renewed` makes of its statement. Known lines are forgotten, so that each is read once more.
 */
export function rewriteStatements(db: Database.Database, renewed: Renewal): void {
  db.exec(rewriting.putAside);
  forgetAllTraits(db);
  const identities = new Map<string, StoredStatement>();
  const identityOf = (old: StoredStatement, name: string, text: string | null): StoredStatement => {
    const known = identities.get(name) ?? renewed(old.canonical, text) ?? old;
    identities.set(name, known);
    return known;
  };
  const count = db.prepare(rewriting.count);
  const sightingsOf = db.prepare<[number], OldSighting>(rewriting.sightingsOf);
  for (const run of db.prepare<[], RunId>(rewriting.runs).pluck().all()) {
    const staged = new StagedRun(() => undefined);
    for (const old of sightingsOf.all(run)) {
      const { digest, canonical } = identityOf(old, `${old.statement} ${old.spelling}`, old.text);
      stage(staged, old, { digest, canonical });
    }
    const merged = mergeRun(db, run, staged);
    count.run(merged.statements, merged.measured, run);
    countProcesses(db, run, merged);
  }
  const judged = db
    .prepare<[], OldVerdict & { statement: number }>(rewriting.verdicts)
    .all()
    .map((old) => ({ old, now: identityOf(old, `${old.statement} 0`, null) }));
  const statements = [...new Map(judged.map(({ now }) => [now.digest, now])).values()];
  const { ids } = statementIds(
    db,
    statements.length,
    (index) => Buffer.from(statements[index]?.digest ?? "", "hex"),
    (index) => statements[index]?.canonical ?? "",
  );
  const idOf = new Map(statements.map(({ digest }, index) => [digest, ids[index]]));
  const addVerdict = db.prepare(queries.addVerdict);
  for (const { old, now } of judged) {
    const { bake, verdict, reason } = old;
    addVerdict.run({ statement: idOf.get(now.digest), bake, verdict, reason });
  }
  db.exec(rewriting.dropOld);
  renewRehearsed(db, renewed);
}

function renewRehearsed(db: Database.Database, renewed: Renewal): void {
  const renew = db.prepare(rewriting.renewRehearsed);
  for (const old of db.prepare<[], RehearsedStatement>(queries.rehearsedStatements).all()) {
    const now = renewed(old.canonical, null);
    if (now === undefined || now.digest === old.digest) continue;
    const [before, digest] = [old.digest, now.digest].map((hex) => Buffer.from(hex, "hex"));
    const { environment } = old;
    renew.run({ environment, old: before, digest, canonical: now.canonical });
  }
}

/** A sighting stands for several lines: those that were compiled once, and those compiled again. */
function stage(staged: StagedRun, old: OldSighting, now: StoredStatement): void {
  const { line, count, recompiles } = old;
  const spelling = old.text ?? old.canonical;
  for (const [times, recompile] of [[count - recompiles, false] as const, [recompiles, true] as const]) {
    if (times === 0) continue;
    const lineKey = staged.readCount;
    staged.sighting({ lineKey, ...now, spelling, line, compileMs: old.compileMs ?? undefined, recompile });
    staged.repeated(lineKey, times);
    for (const process of processNumbers(old.processes ?? "")) staged.writtenBy(lineKey, process);
  }
}
