import { statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import type { DamagedLine, LoadedPackage, RunFacts, RunId, SightingSink, TraceRun } from "../statement/provenance.ts";
import type { CanonicalText, StatementDigest } from "../statement/statement.ts";
import type { BakeFacts, StoredVerdict, Verdict } from "../statement/verdict.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { type ContentDigest, digestFile } from "../support/hashing.ts";
import { err, ok, type Result } from "../support/result.ts";
import { makeFolder } from "../support/scratch.ts";
import { merge, queries, staging, stagingTables } from "./queries.ts";
import { schema, schemaVersion } from "./schema.ts";

export type StoreFailure =
  | { readonly reason: "not-a-store"; readonly path: string }
  | { readonly reason: "newer"; readonly path: string; readonly version: number }
  | { readonly reason: "not-writable"; readonly path: string; readonly detail: string };

/** A statement as the store holds it. */
export interface StoredStatement {
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
}

/** A statement as one run saw it. */
export interface SeenStatement extends StoredStatement {
  readonly run: RunId;
  /** Null: the canonical text. */
  readonly spelling: string | null;
}

export interface StoredSighting {
  readonly run: RunId;
  readonly name: string;
  readonly line: number;
  readonly count: number;
  readonly compileMs: number | null;
  readonly recompiles: number;
}

/** A line met in an earlier run, by the ids of what it holds. */
interface KnownSighting {
  readonly statement: number;
  readonly spelling: number;
  readonly line: number;
  count: number;
}

/** How long one process waits for another that is recording a run. */
const busyTimeoutMs = 60_000;

/** Thrown and caught where a store is opened. */
const notAStore = new Error("the database of another program");

/** A file that changed less than this ago may change again without its time showing it. */
const racyMs = 2_000;

type Row = Record<string, unknown>;

/** The SQLite file in which all runs meet. It knows no policy: facts in, facts out. */
export class StatementStore {
  readonly path: string;
  readonly #db: Database.Database;
  readonly #prepared = new Map<string, Database.Statement<unknown[], unknown>>();

  private constructor(path: string, db: Database.Database) {
    this.path = path;
    this.#db = db;
  }

  /** Opens the store, or makes an empty one where there is none. Errors: `not-a-store`, `newer`, `not-writable`. */
  static open(path: string): Result<StatementStore, StoreFailure> {
    let db: Database.Database | undefined;
    try {
      makeFolder(dirname(path));
      db = new Database(path, { timeout: busyTimeoutMs });
      // What is not ours is left as it is: not even its journal changes.
      const tables = db.prepare(queries.tables).pluck().all();
      if (tables.length === 0) createTables(db);
      else if (!tables.includes("sighting")) throw notAStore;
      const version = Number(db.pragma("user_version", { simple: true }));
      if (version !== schemaVersion) {
        db.close();
        return err({ reason: "newer", path, version });
      }
      useWriteAheadLog(db);
      db.pragma("synchronous = normal");
      db.pragma("foreign_keys = on");
      return ok(new StatementStore(path, db));
    } catch (error) {
      db?.close();
      const code = (error as { code?: string }).code ?? "";
      if (error === notAStore || code === "SQLITE_NOTADB") return err({ reason: "not-a-store", path });
      return err({ reason: "not-writable", path, detail: fileErrorText(error) });
    }
  }

  /** A store with nothing in it, that is nowhere: for what only reads, where there is none. */
  static empty(): StatementStore {
    const db = new Database(":memory:");
    createTables(db);
    return new StatementStore(":memory:", db);
  }

  close(): void {
    this.#db.close();
  }

  /**
   * Records a run whole, or not at all: `read` stages its sightings in a temporary table, and one short transaction
   * merges them, so that other processes wait for the merge and not for the reading. `read` returns how many lines
   * there were. Throws what `read` throws, and SQLite's error when the disk is full.
   */
  recordRun(facts: RunFacts, read: (sink: SightingSink) => number): TraceRun {
    try {
      return this.#recordRun(facts, read, true);
    } catch (error) {
      // A line was known when it was read, and its statement was removed by another process before the merge.
      if ((error as { code?: string }).code !== "SQLITE_CONSTRAINT_FOREIGNKEY") throw error;
      return this.#recordRun(facts, read, false);
    }
  }

  #recordRun(facts: RunFacts, read: (sink: SightingSink) => number, trustKnownLines: boolean): TraceRun {
    this.#db.exec(stagingTables);
    const { sink, damaged, known } = this.#sink(trustKnownLines);
    const lines = this.#db.transaction(() => read(sink))();
    return this.#db
      .transaction(() => {
        const run = Number(this.#prepare(queries.addRun).run(runParameters(facts)).lastInsertRowid) as RunId;
        for (const [key, value] of Object.entries(facts.tags)) this.#prepare(queries.addTag).run(run, key, value);
        for (const { name, uuid } of facts.packages ?? []) this.#prepare(queries.addPackage).run(run, name, uuid);
        const newStatements = this.#prepare(merge.statements).run().changes;
        this.#prepare(merge.spellings).run();
        this.#prepare(merge.lines).run();
        this.#prepare(merge.sightings).run({ run });
        const addKnown = this.#prepare(merge.knownSighting);
        for (const { statement, spelling, line, count } of known.values())
          addKnown.run(run, statement, spelling, line, count);
        this.#prepare(merge.damage).run({ run });
        this.#prepare(merge.counts).run({ run, newStatements, lines, damaged: damaged() });
        return this.#runOf(this.#prepare(queries.runById).get(run) as Row);
      })
      .immediate();
  }

  #sink(trustKnownLines: boolean): { sink: SightingSink; damaged: () => number; known: Map<number, KnownSighting> } {
    const add = this.#prepare(staging.add);
    const find = this.#prepare(staging.known);
    const known = new Map<number, KnownSighting>();
    const addDamage = this.#prepare(staging.addDamage);
    const repeat = this.#prepare(staging.repeat);
    let damaged = 0;
    let indexed = false;
    const sink: SightingSink = {
      known: (lineKey, lineHash, line) => {
        if (!trustKnownLines) return false;
        const found = find.get(lineHash) as Pick<KnownSighting, "statement" | "spelling"> | undefined;
        if (found === undefined) return false;
        known.set(lineKey, { ...found, line, count: 1 });
        return true;
      },
      sighting: ({ lineKey, digest, canonical, spelling, lineHash, line, compileMs, recompile }) => {
        const own = spelling === canonical ? null : spelling;
        add.run(lineKey, digest, canonical, own, lineHash ?? null, line, compileMs ?? null, recompile ? 1 : 0);
      },
      damage: (damage) => {
        damaged += 1;
        addDamage.run({ ...damage, start: damage.start ?? null });
      },
      repeated: (lineKey, count) => {
        const seen = known.get(lineKey);
        if (seen !== undefined) {
          seen.count = count;
          return;
        }
        if (!indexed) this.#db.exec(staging.index);
        indexed = true;
        repeat.run(count, lineKey);
      },
    };
    return { sink, damaged: () => damaged, known };
  }

  /** Newest first. */
  runs(): TraceRun[] {
    return (this.#prepare(queries.runs).all() as Row[]).map((row) => this.#runOf(row));
  }

  run(id: RunId): TraceRun | undefined {
    const row = this.#prepare(queries.runById).get(id) as Row | undefined;
    return row && this.#runOf(row);
  }

  runsNamed(name: string): TraceRun[] {
    return (this.#prepare(queries.runsByName).all(name) as Row[]).map((row) => this.#runOf(row));
  }

  runsTagged(key: string, value: string): TraceRun[] {
    return (this.#prepare(queries.runsByTag).all(key, value) as Row[]).map((row) => this.#runOf(row));
  }

  /** The run that an import of this very content made. */
  runOfSource(digest: ContentDigest): TraceRun | undefined {
    const row = this.#prepare(queries.runBySource).get(digest) as Row | undefined;
    return row && this.#runOf(row);
  }

  /** Undefined where the run did not end by itself, or was imported. */
  packagesOf(run: RunId): LoadedPackage[] | undefined {
    const rows = this.#prepare(queries.packagesOf).all(run) as LoadedPackage[];
    return rows.length === 0 ? undefined : rows;
  }

  damageOf(run: RunId): DamagedLine[] {
    return this.#prepare(queries.damageOf).all(run) as DamagedLine[];
  }

  /** Removes a run, and the statements that no other run saw and no bake judged. */
  removeRun(id: RunId): boolean {
    return this.#db
      .transaction(() => {
        const removed = this.#prepare(queries.removeRun).run(id).changes > 0;
        this.#prepare(queries.removeOrphanLines).run();
        this.#prepare(queries.removeOrphanSpellings).run();
        this.#prepare(queries.removeOrphans).run();
        return removed;
      })
      .immediate();
  }

  /** What one run saw: a statement once for each of its spellings. */
  sightingsIn(run: RunId): Iterable<SeenStatement> {
    return this.#prepare(queries.members).iterate(run) as Iterable<SeenStatement>;
  }

  /** What all runs saw, statement by statement. */
  allSightings(): Iterable<SeenStatement> {
    return this.#prepare(queries.allMembers).iterate() as Iterable<SeenStatement>;
  }

  /** At most 20, so that an ambiguous prefix can be shown as such. */
  statementsByDigest(prefix: string): StoredStatement[] {
    return this.#prepare(queries.byDigestPrefix).all({ from: prefix, to: `${prefix}g` }) as StoredStatement[];
  }

  /** How Julia printed it: the canonical text first, where it did so too. */
  spellingsOf(digest: StatementDigest): string[] {
    const rows = this.#of(queries.spellingsOf, digest) as { text: string }[];
    return rows.map((row) => row.text);
  }

  sightingsOf(digest: StatementDigest): StoredSighting[] {
    return this.#of(queries.sightingsOf, digest) as StoredSighting[];
  }

  /** Newest bake first. */
  verdictsOf(digest: StatementDigest): StoredVerdict[] {
    return this.#of(queries.verdictsOf, digest) as StoredVerdict[];
  }

  #of(query: string, digest: StatementDigest): unknown[] {
    const row = this.#prepare(queries.byDigest).get(digest) as { id: number } | undefined;
    return row === undefined ? [] : this.#prepare(query).all(row.id);
  }

  /** Records a bake's verdicts. Statements that came from a file and no run has seen are stored with it. */
  recordBake(facts: BakeFacts, verdicts: Iterable<StoredStatement & { verdict: Verdict; reason: string }>): void {
    this.#db
      .transaction(() => {
        const bake = this.#prepare(queries.addBake).run({ ...facts, steps: null }).lastInsertRowid;
        for (const [step, ms] of Object.entries(facts.steps)) this.#prepare(queries.addBakeStep).run(bake, step, ms);
        for (const { digest, canonical, verdict, reason } of verdicts) {
          this.#prepare(queries.addStatement).run(digest, canonical);
          this.#prepare(queries.addVerdict).run({ digest, bake, verdict, reason });
        }
      })
      .immediate();
  }

  /** How long that step of a bake took last time, in milliseconds. */
  lastStepDuration(step: string): number | undefined {
    return (this.#prepare(queries.lastStepDuration).get(step) as { durationMs: number } | undefined)?.durationMs;
  }

  /** How long the same command in the same folder took last time, in milliseconds. */
  lastRunDuration(command: readonly string[], folder: string): number | undefined {
    const row = this.#prepare(queries.lastRunDuration).get(JSON.stringify(command), folder);
    return (row as { durationMs: number | null } | undefined)?.durationMs ?? undefined;
  }

  /**
   * SHA-256 of a file, remembered while its size and time stay the same; not of a file that was written just now, as it
   * could be written again within the clock's step. Throws what reading the file throws.
   */
  digestOf(path: string): ContentDigest {
    const { size, mtimeMs } = statSync(path);
    const known = this.#prepare(queries.fileDigest).get({ path, size, mtimeMs }) as
      | { digest: ContentDigest }
      | undefined;
    if (known !== undefined) return known.digest;
    const digest = digestFile(path);
    if (Date.now() - mtimeMs > racyMs) this.#prepare(queries.rememberFileDigest).run({ path, size, mtimeMs, digest });
    return digest;
  }

  #prepare(sql: string): Database.Statement<unknown[], unknown> {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare<unknown[], unknown>(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  #runOf(row: Row): TraceRun {
    const tags = this.#prepare(queries.tagsOf).all(row.id) as {
      key: string;
      value: string;
    }[];
    const known = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
    return {
      ...known,
      command: JSON.parse(String(row.command)),
      tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
    } as unknown as TraceRun;
  }
}

/** Of two processes that switch a new store at once SQLite refuses one without waiting, lest they wait for each other. */
function useWriteAheadLog(db: Database.Database): void {
  const until = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      db.pragma("journal_mode = wal");
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "SQLITE_BUSY" || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** Two processes may make the same new store at once: the second finds the tables there. */
function createTables(db: Database.Database): void {
  db.transaction(() => {
    if (db.pragma("user_version", { simple: true }) !== 0) return;
    db.exec(schema);
    db.pragma(`user_version = ${schemaVersion}`);
  }).immediate();
}

function runParameters(facts: RunFacts): Row {
  const { tags: _tags, packages: _packages, command, ...columns } = facts;
  const optional = [
    "juliaVersion",
    "juliaCommit",
    "os",
    "arch",
    "cpuTarget",
    "sysimage",
    "sysimageDigest",
    "project",
    "manifestDigest",
    "ioKind",
    "sourceDigest",
    "durationMs",
    "exitStatus",
    "exitSignal",
  ];
  const empty = Object.fromEntries(optional.map((name) => [name, null]));
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  return { ...empty, ...given, command: JSON.stringify(command) };
}
