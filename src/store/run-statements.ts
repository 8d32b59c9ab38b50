import type Database from "better-sqlite3";
import type { RunId } from "../statement/provenance.ts";
import type { CanonicalText, StatementDigest } from "../statement/statement.ts";
import { counting, merging } from "./queries.ts";
import { findTraits, rememberTraits, type StatementTraits, type TraitsOf } from "./statement-traits.ts";

/** What one run tells of a statement's compiling. */
export interface MeasuredSighting {
  readonly run: RunId;
  /** Its number. */
  readonly statement: number;
  readonly compileMs: number | null;
  readonly recompiles: number;
}

/** What runs saw, by the numbers that statements have in the store: for what counts a million of them and reads few. */
export class RunStatements {
  readonly #db: Database.Database;
  readonly #numberOf: Database.Statement<[Buffer], number>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#numberOf = db.prepare<[Buffer], number>(merging.statementOf).pluck();
  }

  /**
   * The traits of all statements of the store. What is found anew is remembered, where the store can be written.
   * `version`: of what `traitsOf` says.
   */
  traits(traitsOf: TraitsOf, version: number): StatementTraits {
    const found = this.#db.transaction(() => findTraits(this.#db, traitsOf, version)).deferred();
    if (found.changed.length === 0) return found;
    try {
      this.#db.transaction(() => rememberTraits(this.#db, found, version)).immediate();
    } catch (error) {
      // It is found again next time.
      if (!isNotWritable(error)) throw error;
    }
    return found;
  }

  /** What the run saw, each once. */
  seenBy(run: RunId): readonly number[] {
    return this.#db.prepare<[RunId], number>(counting.seenBy).pluck().all(run);
  }

  /** What no run saw, but a bake judged. */
  seenByNone(): readonly number[] {
    return this.#db.prepare<[], number>(counting.seenByNone).pluck().all();
  }

  /** What the runs measured: a statement once for each of its spellings, run by run. */
  measured(runs: readonly RunId[]): Iterable<MeasuredSighting> {
    return this.#db.prepare<[string], MeasuredSighting>(counting.measured).iterate(JSON.stringify(runs));
  }

  /** The texts of statements by their numbers, in the order of these. */
  canonicalsOf(statements: Iterable<number>): Iterable<CanonicalText> {
    const query = this.#db.prepare<[string], CanonicalText>(counting.canonicalsOf).pluck();
    return query.iterate(JSON.stringify([...statements]));
  }

  numberOf(digest: StatementDigest): number | undefined {
    return this.#numberOf.get(Buffer.from(digest, "hex"));
  }
}

const isNotWritable = (error: unknown): boolean =>
  /^SQLITE_(?:READONLY|BUSY|FULL)/.test(String((error as { readonly code?: unknown }).code));
