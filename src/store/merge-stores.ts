import { processNumbers } from "../statement/process-numbers.ts";
import type { RunFacts, SightingSink, TraceRun } from "../statement/provenance.ts";
import { type CanonicalText, digestOf, type StatementDigest, statementOf } from "../statement/statement.ts";
import type { VerificationFacts } from "../statement/verdict.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import type { StoredBake } from "./findings.ts";
import { renewedStatement } from "./renewed-statement.ts";
import type { StatementStore, WholeSighting } from "./statement-store.ts";
import type { StoredStatement } from "./stored-statement.ts";

/** What a store brought. */
export interface MergedCounts {
  readonly runs: number;
  /** Runs that were there already. */
  readonly known: number;
  readonly newStatements: number;
  readonly bakes: number;
  /** Verdicts of rehearsals, of statements that none judged here or that were judged later there. */
  readonly rehearsed: number;
}

interface Restated {
  readonly stated: StoredStatement;
  /** By which whoever wrote the text knows it, this version or another. */
  readonly written: StatementDigest;
}

/** Not all of the source can be read; what of it can is whole, and was taken. */
export class DamagedSource extends Error {
  readonly merged: MergedCounts;

  constructor(detail: string, merged: MergedCounts) {
    super(detail);
    this.merged = merged;
  }
}

/**
 * Takes what other stores recorded into one, run by run, each whole or not at all, with where it comes from. A run is
 * known by when, where and how it was started and what it gave, an imported file by its content and what was said of it:
 * taken twice, or by way of a third store, it is there once. What another program, or another version of this one, wrote
 * is read anew.
 */
export class StoreMerger {
  readonly #target: StatementStore;
  readonly #runs: Set<string>;
  readonly #bakes: Set<string>;
  readonly #verifications: Set<string>;
  /** What the texts of the sources state; most stores hold much the same. */
  readonly #stated = new Map<string, Restated>();

  constructor(target: StatementStore) {
    this.#target = target;
    this.#runs = new Set(target.runs().map(runKey));
    this.#bakes = new Set(target.findings.bakes().map(bakeKey));
    this.#verifications = new Set(target.findings.verifications().map(verificationKey));
  }

  /**
   * `source`: a copy, as its statements are written anew where an older version of this program wrote them. Throws
   * `DamagedSource`, and SQLite's errors where the target cannot be written.
   */
  take(source: StatementStore): MergedCounts {
    const counts = { runs: 0, known: 0, newStatements: 0, bakes: 0, rehearsed: 0 };
    const damages: string[] = [];
    const leftOut: string[] = [];
    /** What of the source cannot be read is left out, and the rest is taken. */
    const part = (name: string, work: () => void): void => {
      try {
        work();
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        damages.push(error.message);
        leftOut.push(name);
      }
    };
    part("statements", () => read(() => source.renew(renewedStatement)));
    part("runs", () => {
      // Oldest first, so that they get their ids in the order in which they were recorded.
      for (const run of read(() => source.runs()).reverse()) {
        if (this.#knows(run)) counts.known += 1;
        else
          part(`run ${run.id} (${run.name})`, () => {
            counts.newStatements += this.#takeRun(run, source);
            counts.runs += 1;
          });
      }
    });
    part("bakes", () => {
      for (const bake of read(() => source.findings.bakes())) {
        if (this.#bakes.has(bakeKey(bake))) continue;
        part(`the bake of ${bake.sysimage}`, () => {
          this.#takeBake(bake, source);
          counts.bakes += 1;
        });
      }
    });
    part("rehearsals", () => {
      const found = read(() => source.findings.rehearsedStatements().map((each) => ({ ...each, ...this.#read(each) })));
      counts.rehearsed = this.#target.findings.takeRehearsed(found);
    });
    part("verifications", () => {
      for (const verification of read(() => source.findings.verifications())) {
        if (this.#verifications.has(verificationKey(verification))) continue;
        this.#target.findings.recordVerification(verification);
        this.#verifications.add(verificationKey(verification));
      }
    });
    const [damage] = damages;
    if (damage !== undefined) throw new DamagedSource(`${damage}, in ${someOf(leftOut)}`, counts);
    return counts;
  }

  /** Gives how many of its statements are new. */
  #takeRun(run: TraceRun, source: StatementStore): number {
    const processes = read(() => source.processesOf(run.id));
    const facts: RunFacts = { ...factsOf(run), processes, packages: read(() => source.packagesOf(run.id)) };
    const seen = read(() => Array.from(source.wholeSightingsIn(run.id), (sighting) => this.#restated(sighting)));
    const damage = read(() => source.damageOf(run.id));
    const { newStatements } = this.#target.recordRun(facts, (sink) => {
      replay(seen, sink);
      for (const line of damage) sink.damage(line);
      for (const { number, lines } of processes) sink.processEnds?.(number, lines);
      return run.lines;
    });
    this.#runs.add(runKey(run));
    return newStatements;
  }

  #takeBake(bake: StoredBake, source: StatementStore): void {
    const verdicts = read(() =>
      source.findings.verdictsIn(bake).map((verdict) => ({ ...verdict, ...this.#read(verdict) })),
    );
    const { id: _id, ...facts } = bake;
    // How long the steps took says nothing of this machine. Two texts may have turned out to be one statement.
    const judged = new Map(verdicts.map((verdict) => [verdict.digest, verdict]));
    this.#target.findings.recordBake({ ...facts, steps: {} }, judged.values());
    this.#bakes.add(bakeKey(bake));
  }

  #knows(run: TraceRun): boolean {
    if (this.#runs.has(runKey(run))) return true;
    return run.sourceDigest !== undefined && this.#target.runOfSource(run.sourceDigest) !== undefined;
  }

  #restated(sighting: WholeSighting): WholeSighting {
    return { ...sighting, ...this.#read(sighting), spelling: sighting.spelling ?? sighting.canonical };
  }

  #read({ digest, canonical }: StoredStatement): StoredStatement {
    const { stated, written } = this.#stated.get(canonical) ?? this.#state(canonical);
    if (written !== digest) throw new NoStatement("it holds a text that is not the one that was stored");
    return stated;
  }

  #state(canonical: CanonicalText): Restated {
    const { tree } = parseStatement(canonical);
    if (tree === undefined) throw new NoStatement("it holds a text that is no statement");
    const statement = statementOf(tree);
    const stated = { digest: statement.digest, canonical: statement.canonical };
    // Another version alone writes another text.
    const restated = { stated, written: stated.canonical === canonical ? stated.digest : digestOf(canonical) };
    this.#stated.set(canonical, restated);
    return restated;
  }
}

/** The source cannot be read here. */
class Unreadable extends Error {}

/** Reads from the source: what it throws tells whose trouble it is. */
function read<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!tellsDamage(error)) throw error;
    throw new Unreadable(error.message);
  }
}

const shownParts = 5;

function someOf(names: readonly string[]): string {
  const more = names.length - shownParts;
  return names.slice(0, shownParts).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

class NoStatement extends Error {}

/** A run's sightings, as a reader of its trace would tell them. */
function replay(seen: readonly WholeSighting[], sink: SightingSink): void {
  let lineKey = 0;
  const tell = (sighting: WholeSighting, recompile: boolean, count: number): void => {
    if (count < 1) return;
    const { digest, canonical, line, compileMs } = sighting;
    const spelling = sighting.spelling ?? canonical;
    sink.sighting({ lineKey, digest, canonical, spelling, line, compileMs: compileMs ?? undefined, recompile });
    if (count > 1) sink.repeated(lineKey, count);
    for (const process of processNumbers(sighting.processes ?? "")) sink.writtenBy?.(lineKey, process);
    lineKey += 1;
  };
  for (const sighting of seen) {
    tell(sighting, true, sighting.recompiles);
    tell(sighting, false, sighting.count - sighting.recompiles);
  }
}

/** Without what the store that recorded it made of it. */
function factsOf(run: TraceRun): RunFacts {
  const { id: _id, lines: _lines, statements: _statements, newStatements: _new, damaged: _damaged, ...facts } = run;
  return facts;
}

function runKey({ kind, name, command, folder, startedAt, durationMs, exitStatus, lines, statements }: TraceRun) {
  const told = [kind, name, command, folder, startedAt, durationMs, exitStatus, lines, statements];
  return JSON.stringify(told.map((value) => value ?? null));
}

const bakeKey = ({ sysimage, juliaVersion, juliaCommit, bakedAt }: StoredBake): string =>
  JSON.stringify([sysimage, juliaVersion, juliaCommit, bakedAt]);

const verificationKey = ({ sysimage, workload, verifiedAt }: VerificationFacts): string =>
  JSON.stringify([sysimage, workload, verifiedAt]);

/** The database, or what it holds, and not we. */
function tellsDamage(error: unknown): error is Error {
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string" && code.startsWith("SQLITE_")) return true;
  return error instanceof NoStatement || error instanceof SyntaxError;
}
