import type Database from "better-sqlite3";
import type { StatementDigest } from "../statement/statement.ts";
import type {
  BakeFacts,
  Prediction,
  RehearsalFacts,
  RehearsedVerdict,
  StoredRehearsal,
  StoredVerdict,
  Verdict,
  VerificationFacts,
} from "../statement/verdict.ts";
import { statementIds } from "./merge-run.ts";
import { type Queries, queries } from "./queries.ts";
import type { StoredStatement } from "./stored-statement.ts";

/** A bake that was recorded, without how long its steps took. */
export interface StoredBake extends Omit<BakeFacts, "steps"> {
  readonly id: number;
}

/** What became of a statement in a bake. */
export type StatementVerdict = StoredStatement & { readonly verdict: Verdict; readonly reason: string };

/** What a rehearsal found of a statement, with what it holds for. */
export type RehearsedStatement = StoredStatement & RehearsedVerdict & RehearsalFacts;

type VerificationRow = Omit<VerificationFacts, "predicted" | "residual"> & {
  readonly predicted: string | null;
  readonly residual: string;
};

/** What bakes, rehearsals and verifications found of statements: the part of a store that no trace tells. */
export class Findings {
  readonly #db: Database.Database;
  readonly #queries: Queries;

  constructor(db: Database.Database, queries: Queries) {
    this.#db = db;
    this.#queries = queries;
  }

  /** Newest bake first. */
  verdictsOf(digest: StatementDigest): StoredVerdict[] {
    return this.#queries.about(digest, queries.verdictsOf) as StoredVerdict[];
  }

  /** Records a bake's verdicts. Statements that came from a file and no run has seen are stored with it. */
  recordBake(facts: BakeFacts, verdicts: Iterable<StatementVerdict>): void {
    const judged = [...verdicts];
    this.#db
      .transaction(() => {
        const bake = this.#queries.of(queries.addBake).run({ ...facts, steps: null }).lastInsertRowid;
        for (const [step, ms] of Object.entries(facts.steps)) this.#queries.of(queries.addBakeStep).run(bake, step, ms);
        const { ids } = statementIds(
          this.#db,
          judged.length,
          (index) => Buffer.from(judged[index]?.digest ?? "", "hex"),
          (index) => judged[index]?.canonical ?? "",
        );
        judged.forEach(({ verdict, reason }, index) => {
          this.#queries.of(queries.addVerdict).run({ statement: ids[index], bake, verdict, reason });
        });
      })
      .immediate();
  }

  /** What rehearsals found where the same Julia had the same packages. */
  rehearsedIn(environment: string): ReadonlyMap<StatementDigest, RehearsedVerdict> {
    const rows = this.#queries.of(queries.rehearsed).all(environment) as (RehearsedVerdict & {
      digest: StatementDigest;
    })[];
    return new Map(rows.map(({ digest, ...found }) => [digest, found]));
  }

  /** What rehearsals found of one statement, the newest first. */
  rehearsalsOf(digest: StatementDigest): StoredRehearsal[] {
    return this.#queries.of(queries.rehearsedOf).all(Buffer.from(digest, "hex")) as StoredRehearsal[];
  }

  /** What rehearsals found in all environments: of each statement the last verdict, and the longest time. */
  rehearsed(): ReadonlyMap<StatementDigest, RehearsedVerdict> {
    const rows = this.#queries.of(queries.allRehearsed).all() as (RehearsedVerdict & { digest: StatementDigest })[];
    const found = new Map<StatementDigest, RehearsedVerdict>();
    for (const { digest, verdict, reason, compileMs } of rows) {
      const longest = Math.max(compileMs ?? -1, found.get(digest)?.compileMs ?? -1);
      found.set(digest, { verdict, reason, compileMs: longest < 0 ? null : longest });
    }
    return found;
  }

  /** Keeps what a rehearsal found; what is known of the same statement in the same environment gives way. */
  recordRehearsal(facts: RehearsalFacts, found: readonly (StoredStatement & RehearsedVerdict)[]): void {
    this.#db
      .transaction(() => {
        for (const { digest, ...each } of found)
          this.#queries.of(queries.addRehearsed).run({ ...facts, ...each, digest: Buffer.from(digest, "hex") });
      })
      .immediate();
  }

  /** All that rehearsals found, for another store. */
  rehearsedStatements(): RehearsedStatement[] {
    return this.#queries.of(queries.rehearsedStatements).all() as RehearsedStatement[];
  }

  /** Keeps what another store's rehearsals found, where it is new or later than what is known; gives how many were. */
  takeRehearsed(found: readonly RehearsedStatement[]): number {
    const take = ({ digest, ...each }: RehearsedStatement): number =>
      this.#queries.of(queries.takeRehearsed).run({ ...each, digest: Buffer.from(digest, "hex") }).changes;
    return this.#db.transaction(() => found.reduce((taken, each) => taken + take(each), 0)).immediate();
  }

  /** What the last rehearsal of this workload said, where the same Julia had the same packages. */
  predictionOf(environment: string, workload: string): Prediction | undefined {
    const row = this.#queries.of(queries.prediction).get(environment, workload) as Record<string, string> | undefined;
    if (row === undefined) return undefined;
    const { listed = "", residual = "" } = row;
    return { listed: new Set(lines(listed) as StatementDigest[]), residual: lines(residual) };
  }

  recordPrediction(environment: string, workload: string, { listed, residual }: Prediction): void {
    const row = { environment, workload, listed: [...listed].join("\n"), residual: residual.join("\n") };
    this.#queries.of(queries.addPrediction).run(row);
  }

  /** Keeps how far a prediction was right. */
  recordVerification({ predicted, residual, ...facts }: VerificationFacts): void {
    const row = { ...facts, predicted: predicted?.join("\n") ?? null, residual: residual.join("\n") };
    this.#queries.of(queries.addVerification).run(row);
  }

  /** In the order in which they were recorded. */
  verifications(): VerificationFacts[] {
    const rows = this.#queries.of(queries.verifications).all() as VerificationRow[];
    return rows.map(({ predicted, residual, ...facts }) => ({
      ...facts,
      ...(predicted === null ? {} : { predicted: lines(predicted) }),
      residual: lines(residual),
    }));
  }

  /** Statements that ended a Julia of this version, wherever that was, with how. */
  quarantined(juliaVersion: string): (StoredStatement & { reason: string })[] {
    return this.#queries.of(queries.quarantined).all(juliaVersion) as (StoredStatement & { reason: string })[];
  }

  /** In the order in which they were recorded. */
  bakes(): StoredBake[] {
    return this.#queries.of(queries.bakes).all() as StoredBake[];
  }

  verdictsIn(bake: StoredBake): StatementVerdict[] {
    return this.#queries.of(queries.verdictsIn).all(bake.id) as StatementVerdict[];
  }

  /** How long that step of a bake took last time, in milliseconds. */
  lastStepDuration(step: string): number | undefined {
    return (this.#queries.of(queries.lastStepDuration).get(step) as { durationMs: number } | undefined)?.durationMs;
  }
}

const lines = (text: string | null | undefined): string[] => (text ? text.split("\n") : []);
