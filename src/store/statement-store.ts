import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { languageVersion } from "../statement/language-version.ts";
import { processNumbers } from "../statement/process-numbers.ts";
import {
  type DamagedLine,
  isDamaged,
  type LoadedPackage,
  type RecordedProcess,
  type RunFacts,
  type RunId,
  type RunSummary,
  type SightingSink,
  type TraceRun,
} from "../statement/provenance.ts";
import type { CanonicalText, StatementDigest } from "../statement/statement.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { type FileState, fileState } from "../support/file-state.ts";
import type { ContentDigest } from "../support/hashing.ts";
import { makeFolder } from "../support/make-folder.ts";
import { err, ok, type Result } from "../support/result.ts";
import { Findings } from "./findings.ts";
import { KnownLines } from "./known-lines.ts";
import { mergeRun } from "./merge-run.ts";
import { openDatabase } from "./open-database.ts";
import { merging, Queries, queries, rewriting } from "./queries.ts";
import { removeRun } from "./remove-run.ts";
import { type Renewal, rewriteStatements } from "./rewrite-statements.ts";
import { addProcesses, processesOf } from "./run-processes.ts";
import { type RunRow, runOf, runParameters, type TagRow } from "./run-rows.ts";
import { RunStatements } from "./run-statements.ts";
import { applicationId, schema, schemaVersion } from "./schema.ts";
import { StagedRun } from "./staged-run.ts";
import type { StoredStatement } from "./stored-statement.ts";
import { upgraded } from "./upgrade.ts";

export type StoreFailure =
  | { readonly reason: "not-a-store"; readonly path: string }
  | { readonly reason: "other-version"; readonly path: string; readonly version: number }
  | { readonly reason: "newer-language"; readonly path: string }
  | { readonly reason: "empty"; readonly path: string }
  | { readonly reason: "damaged" | "not-writable"; readonly path: string; readonly detail: string };

/** A statement as one run saw it. */
export interface SeenStatement extends StoredStatement {
  readonly run: RunId;
  /** Null: the canonical text. */
  readonly spelling: string | null;
  readonly compileMs: number | null;
  readonly recompiles: number;
}

/** The same without how. */
export interface SeenText {
  readonly canonical: CanonicalText;
  readonly runs: readonly RunId[];
}

/** All that is kept of it. */
export interface WholeSighting extends SeenStatement {
  /** Of the first time in this run. */
  readonly line: number;
  readonly count: number;
  /** As `processText` writes them; null where the run has no two. */
  readonly processes: string | null;
}

export interface StoredSighting {
  readonly run: RunId;
  readonly name: string;
  readonly line: number;
  readonly count: number;
  readonly compileMs: number | null;
  readonly recompiles: number;
  /** Those that compiled it, by their numbers in the run; undefined where it has no two. */
  readonly processes?: readonly number[];
}

/** What reading a trace for the store gives. */
export interface ReadTrace {
  readonly lines: number;
  /** Of an imported file: the same content is recorded once. */
  readonly sourceDigest?: string;
}

export interface RecordedRun {
  readonly run: TraceRun;
  /** The same content was recorded before: this is that run. */
  readonly known: boolean;
}

/** How long one process waits for another that is recording a run. */
const busyTimeoutMs = 60_000;
/** What SQLite calls a database without a file. */
const nowhere = ":memory:";

/** Thrown and caught where a store is opened. */
const notAStore = new Error("the database of another program");

/** The SQLite file in which all runs meet. It knows no policy: facts in, facts out. */
export class StatementStore {
  readonly path: string;
  /** What bakes, rehearsals and verifications found. */
  readonly findings: Findings;
  readonly #db: Database.Database;
  readonly #queries: Queries;

  private constructor(path: string, db: Database.Database) {
    this.path = path;
    this.#db = db;
    this.#queries = new Queries(db);
    this.findings = new Findings(db, this.#queries);
  }

  /** Opens the store, or makes an empty one where there is none. Errors: all of `StoreFailure`. */
  static open(path: string): Result<StatementStore, StoreFailure> {
    let db: Database.Database | undefined;
    try {
      makeFolder(dirname(path));
      db = openDatabase(path, { timeout: busyTimeoutMs });
      if (db.pragma("application_id", { simple: true }) !== applicationId) createTables(db);
      const version = upgraded(db);
      if (version !== schemaVersion) {
        db.close();
        return err({ reason: "other-version", path, version });
      }
      db.pragma("foreign_keys = on");
      const store = new StatementStore(path, db);
      if (store.#languageVersion() <= languageVersion) return ok(store);
      db.close();
      return err({ reason: "newer-language", path });
    } catch (error) {
      db?.close();
      const code = (error as { code?: string }).code ?? "";
      if (error === notAStore || code === "SQLITE_NOTADB") return err({ reason: "not-a-store", path });
      return err({ reason: "not-writable", path, detail: fileErrorText(error) });
    }
  }

  /** Why nothing can be recorded in it, told before there is something to record; undefined where it can. */
  whyNotWritable(): StoreFailure | undefined {
    try {
      // SQLite writes beside the file as well.
      for (const path of [this.path, dirname(this.path)]) accessSync(path, constants.W_OK);
      return undefined;
    } catch (error) {
      return { reason: "not-writable", path: this.path, detail: fileErrorText(error) };
    }
  }

  /** A store with nothing in it, that is nowhere: for what only reads, where there is none. */
  static empty(): StatementStore {
    const db = openDatabase(nowhere);
    createTables(db);
    return new StatementStore(nowhere, db);
  }

  /** There is no file of it. */
  get isNowhere(): boolean {
    return this.path === nowhere;
  }

  close(): void {
    this.#db.close();
  }

  /** What `work` records stays as a whole, or not at all where it throws. */
  atOnce<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }

  /** Its statements were written by an older preimage: they have to be written anew before anything is asked or added. */
  get isOutdated(): boolean {
    return this.#languageVersion() < languageVersion;
  }

  /** Writes the statements of an older preimage anew: all or none. Another process may have done it meanwhile. */
  renew(renewed: Renewal): void {
    this.#db
      .transaction(() => {
        if (!this.isOutdated) return;
        rewriteStatements(this.#db, renewed);
        this.#queries.of(rewriting.setLanguageVersion).run(languageVersion);
      })
      .immediate();
  }

  #languageVersion(): number {
    return this.#queries.of(rewriting.languageVersion).pluck().get() as number;
  }

  /**
   * Records a run whole, or not at all: `read` stages its sightings in memory, and one short transaction merges them, so
   * that other processes wait for the merge and not for the reading. `read` returns how many lines there were. Throws
   * what `read` throws, and SQLite's error when the disk is full.
   */
  recordRun(facts: RunFacts, read: (sink: SightingSink) => number): TraceRun {
    return this.#record(facts, (sink) => ({ lines: read(sink) })).run;
  }

  /** The same for a file that may have been imported before; nobody knows until it is read. */
  recordImport(facts: RunFacts, read: (sink: SightingSink) => ReadTrace): RecordedRun {
    return this.#record(facts, read);
  }

  #record(facts: RunFacts, read: (sink: SightingSink) => ReadTrace): RecordedRun {
    const removals = this.#removals();
    let knownLines: KnownLines | undefined;
    const staged = new StagedRun(() => {
      knownLines ??= this.#knownLines();
      return knownLines;
    });
    const recorded = this.#merge(facts, read(staged), staged, removals);
    if (recorded !== undefined) return recorded;
    const allRead = new StagedRun(() => undefined);
    const again = this.#merge(facts, read(allRead), allRead);
    if (again === undefined) throw new Error("a run without known lines cannot be out of date");
    return again;
  }

  /** Undefined where a line was known when it was read, and another process has removed a run since. */
  #merge(
    facts: RunFacts,
    { lines, sourceDigest = facts.sourceDigest }: ReadTrace,
    staged: StagedRun,
    removals?: number,
  ): RecordedRun | undefined {
    return this.#db
      .transaction(() => {
        const before = sourceDigest === undefined ? undefined : this.runOfSource(sourceDigest);
        if (before !== undefined) return { run: before, known: true };
        if (staged.knownCount > 0 && this.#removals() !== removals) return undefined;
        const added = this.#queries.of(queries.addRun).run(runParameters({ ...facts, sourceDigest }));
        const run = Number(added.lastInsertRowid) as RunId;
        for (const [key, value] of Object.entries(facts.tags)) this.#queries.of(queries.addTag).run(run, key, value);
        for (const { name, uuid } of facts.packages ?? []) this.#queries.of(queries.addPackage).run(run, name, uuid);
        const merged = mergeRun(this.#db, run, staged);
        const { statementsOfProcess: _, ...counts } = merged;
        this.#queries
          .of(merging.counts)
          .run({ run, ...counts, lines, damaged: staged.damages.filter(isDamaged).length });
        addProcesses(this.#db, run, facts.processes ?? [], staged, merged);
        return { run: this.#runOf(this.#queries.of(queries.runById).get(run) as RunRow), known: false };
      })
      .immediate();
  }

  #removals(): number {
    return (this.#queries.of(merging.removals).get() as { removals: number }).removals;
  }

  #knownLines(): KnownLines {
    return new KnownLines(
      this.#queries
        .of(merging.knownLines)
        .all()
        .map((row) => (row as { lines: Buffer }).lines),
    );
  }

  /** Newest first. */
  runs(): TraceRun[] {
    const tags = Map.groupBy(this.#queries.of(queries.allTags).all() as (TagRow & { run: number })[], ({ run }) => run);
    return (this.#queries.of(queries.runs).all() as RunRow[]).map((row) => runOf(row, tags.get(Number(row.id)) ?? []));
  }

  /** The newest `most`, of each what a list of them shows; 0: all. */
  runSummaries(most = 0): RunSummary[] {
    return this.#queries.of(queries.runSummaries).all(most === 0 ? -1 : most) as RunSummary[];
  }

  runCount(): number {
    return this.#queries.of(queries.runCount).pluck().get() as number;
  }

  /** `run:NAME` and `tag:KEY=VALUE` of all runs, each once; the names of the newest first. */
  setNames(): string[] {
    return this.#queries.of(queries.setNames).pluck().all() as string[];
  }

  /** The Julias of some runs, each once; null among them where one is not known. */
  juliaVersionsOf(runs: readonly RunId[]): (string | null)[] {
    return this.#queries.of(queries.juliaVersionsOf).pluck().all(JSON.stringify(runs)) as (string | null)[];
  }

  /** The names of what was loaded in some runs. Undefined where one of them cannot tell, or there are none. */
  packagesOfAll(runs: readonly RunId[]): ReadonlySet<string> | undefined {
    const query = this.#queries.of(queries.packagesOfAll).pluck();
    const names = query.all({ runs: JSON.stringify(runs) }) as (string | null)[];
    const known = names.filter((name) => name !== null);
    return known.length === 0 || known.length < names.length ? undefined : new Set(known);
  }

  run(id: RunId): TraceRun | undefined {
    const row = this.#queries.of(queries.runById).get(id) as RunRow | undefined;
    return row && this.#runOf(row);
  }

  runsNamed(name: string): TraceRun[] {
    return (this.#queries.of(queries.runsByName).all(name) as RunRow[]).map((row) => this.#runOf(row));
  }

  runsTagged(key: string, value: string): TraceRun[] {
    return (this.#queries.of(queries.runsByTag).all(key, value) as RunRow[]).map((row) => this.#runOf(row));
  }

  /** The run that an import of this very content made. */
  runOfSource(digest: string): TraceRun | undefined {
    const row = this.#queries.of(queries.runBySource).get(digest) as RunRow | undefined;
    return row && this.#runOf(row);
  }

  /** Undefined where the run did not end by itself, or was imported. */
  packagesOf(run: RunId): LoadedPackage[] | undefined {
    const rows = this.#queries.of(queries.packagesOf).all(run) as LoadedPackage[];
    return rows.length === 0 ? undefined : rows;
  }

  /** In the order in which they started; none where nobody knows them. */
  processesOf(run: RunId): RecordedProcess[] {
    return processesOf(this.#db, run);
  }

  damageOf(run: RunId): DamagedLine[] {
    return this.#queries.of(queries.damageOf).all(run) as DamagedLine[];
  }

  /** Removes a run, and the statements that no other run saw and no bake judged. */
  removeRun(id: RunId): boolean {
    return this.#db.transaction(() => removeRun(this.#db, id)).immediate();
  }

  /** What one run saw: a statement once for each of its spellings. */
  sightingsIn(run: RunId): Iterable<SeenStatement> {
    return this.#queries.of(queries.members).iterate(run) as Iterable<SeenStatement>;
  }

  /** What all runs saw, run by run. */
  allSightings(): Iterable<SeenStatement> {
    return this.#queries.of(queries.allMembers).iterate() as Iterable<SeenStatement>;
  }

  /** What runs saw, to be counted. */
  runStatements(): RunStatements {
    return new RunStatements(this.#db);
  }

  /** How many statements the runs saw, each counted once. */
  statementCount(runs: readonly RunId[]): number {
    const query = this.#queries.of(queries.statementCount);
    return query.pluck().get({ runs: JSON.stringify(runs) }) as number;
  }

  /** What some runs saw and others did not, by its text alone, each with those that did. */
  missingFrom(others: readonly RunId[], runs: readonly RunId[]): readonly SeenText[] {
    const [[run, ...more], [other, ...moreOthers]] = [runs, others];
    if (run !== undefined && other !== undefined && more.length + moreOthers.length === 0) {
      const texts = this.#queries.of(queries.textsMissingInRun).pluck().all({ run, other }) as CanonicalText[];
      const only = [run];
      return texts.map((canonical) => ({ canonical, runs: only }));
    }
    const asked = { runs: JSON.stringify(runs), others: JSON.stringify(others) };
    const rows = this.#queries.of(queries.textsMissing).all(asked) as { canonical: CanonicalText; runs: string }[];
    return rows.map((row) => ({ canonical: row.canonical, runs: JSON.parse(row.runs) }));
  }

  /** The same with all that is kept of each, in the order of the lines. */
  wholeSightingsIn(run: RunId): Iterable<WholeSighting> {
    return this.#queries.of(queries.wholeSightings).iterate(run) as Iterable<WholeSighting>;
  }

  /** At most 20, so that an ambiguous prefix can be shown as such. */
  statementsByDigest(prefix: string): StoredStatement[] {
    const [first, last] = ["0", "f"].map((digit) => Buffer.from(prefix.padEnd(32, digit), "hex"));
    return this.#queries.of(queries.byDigestRange).all({ first, last }) as StoredStatement[];
  }

  /** How Julia printed it: the canonical text first, where it did so too. */
  spellingsOf(digest: StatementDigest): string[] {
    const rows = this.#queries.about(digest, queries.spellingsOf) as { text: string }[];
    return rows.map((row) => row.text);
  }

  sightingsOf(digest: StatementDigest): StoredSighting[] {
    const rows = this.#queries.about(digest, queries.sightingsOf) as (StoredSighting & { processes: string | null })[];
    return rows.map(({ processes, ...row }) =>
      processes === null ? row : { ...row, processes: processNumbers(processes) },
    );
  }

  /** How long the same command in the same folder took last time, in milliseconds. */
  lastRunDuration(command: readonly string[], folder: string): number | undefined {
    const row = this.#queries.of(queries.lastRunDuration).get(JSON.stringify(command), folder);
    return (row as { durationMs: number | null } | undefined)?.durationMs ?? undefined;
  }

  /** The digest of a file that was remembered when the file was in this very state. */
  rememberedDigest(path: string, { text: state }: FileState): ContentDigest | undefined {
    return (this.#queries.of(queries.fileDigest).get({ path, state }) as { digest: ContentDigest } | undefined)?.digest;
  }

  /**
   * Remembers the digest of a file that was in the state `before` when reading began; not if it changed meanwhile, or
   * just before, as it could then change again within the clock's step. Throws what `stat` throws.
   */
  rememberDigest(path: string, before: FileState, digest: ContentDigest): void {
    const { text: state, isRacy } = fileState(path);
    if (state === before.text && !isRacy) this.#queries.of(queries.rememberFileDigest).run({ path, state, digest });
  }

  #runOf(row: RunRow): TraceRun {
    return runOf(row, this.#queries.of(queries.tagsOf).all(row.id) as TagRow[]);
  }
}

/**
 * Makes the tables of a new store. What is not ours is left as it is: not even its header changes. Two processes may
 * make the same new store at once: the second finds the tables there.
 */
function createTables(db: Database.Database): void {
  db.transaction(() => {
    if (db.pragma("application_id", { simple: true }) === applicationId) return;
    if (db.prepare(queries.anyTable).get() !== undefined) throw notAStore;
    db.exec(schema);
    db.prepare(queries.addState).run(languageVersion);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${schemaVersion}`);
  }).immediate();
}
