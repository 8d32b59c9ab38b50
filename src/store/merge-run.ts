import type Database from "better-sqlite3";
import type { DamagedLine, RunId } from "../statement/provenance.ts";
import { BulkInsert } from "./bulk-insert.ts";
import { PackedLines } from "./known-lines.ts";
import type { ProcessSets } from "./process-sets.ts";
import { merging } from "./queries.ts";
import type { StagedRun } from "./staged-run.ts";

export interface Merged {
  readonly statements: number;
  readonly newStatements: number;
  /** Sightings that tell a time, or that it was not the first. */
  readonly measured: number;
  /** By the numbers of the run's processes; empty where it has no two. */
  readonly statementsOfProcess: ReadonlyMap<number, number>;
}

/** Writes what a run saw, inside the run's one transaction. */
export function mergeRun(db: Database.Database, run: RunId, staged: StagedRun): Merged {
  const { ids, added } = statementIds(
    db,
    staged.statementCount,
    (index) => staged.digestAt(index),
    (index) => staged.canonicalAt(index),
  );
  staged.countForms();
  const numbers = spellingNumbers(db, staged, ids, added);
  addKnownLines(db, staged, ids, numbers);
  const counts = addSightings(db, run, staged, ids, numbers);
  addDamage(db, run, staged.damages);
  return { ...counts, newStatements: added.size };
}

interface Numbered {
  /** The statements' ids, in their order. */
  readonly ids: Int32Array;
  /** The ids that were not there before. */
  readonly added: ReadonlySet<number>;
}

/** Finds statements by their digests and adds those that are new, with ids in their order. No digest may come twice. */
export function statementIds(
  db: Database.Database,
  count: number,
  digestAt: (index: number) => Buffer,
  canonicalAt: (index: number) => string,
): Numbered {
  const find = db.prepare<[Buffer], number>(merging.statementOf).pluck();
  const last = db.prepare<[], number>(merging.lastStatement).pluck().get() ?? 0;
  const statements = new BulkInsert(db, "statement", ["id", "digest", "canonical"]);
  const ids = new Int32Array(count);
  const added: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const digest = digestAt(index);
    const known = last === 0 ? undefined : find.get(digest);
    if (known === undefined) {
      added.push(index);
      statements.add(last + added.length, digest, canonicalAt(index));
    }
    ids[index] = known ?? last + added.length;
  }
  statements.end();
  const digests = new BulkInsert(db, "statement_digest", ["digest", "statement"]);
  for (const index of inOrderOf(added, (each) => digestAt(each).readUIntBE(0, 3)))
    digests.add(digestAt(index), ids[index]);
  digests.end();
  return { ids, added: new Set(added.map((index) => ids[index] ?? 0)) };
}

/** Sorted by a key of at most 24 bits, without an object for each. */
function inOrderOf(indexes: readonly number[], keyOf: (index: number) => number): number[] {
  const size = (indexes.at(-1) ?? 0) + 1;
  return Array.from(Float64Array.from(indexes, (index) => keyOf(index) * size + index).sort(), (key) => key % size);
}

/** The number of each form's spelling within its statement; 0 for the canonical text. Adds those that are new. */
function spellingNumbers(
  db: Database.Database,
  staged: StagedRun,
  ids: Int32Array,
  added: ReadonlySet<number>,
): Int32Array {
  const stored = db.prepare<[number], { number: number; text: string }>(merging.spellingsOf);
  const spellings = new BulkInsert(db, "spelling", ["statement", "number", "text"]);
  const numbers = new Int32Array(staged.formCount);
  /** Of each statement: the highest number so far. */
  const last = new Map<number, number>();
  for (let form = 0; form < numbers.length; form += 1) {
    const { statement, text } = staged.formAt(form);
    if (text === null) continue;
    const id = ids[statement] ?? 0;
    // Forms of one run differ, so only what other runs left can be there.
    const before = added.has(id) ? [] : stored.all(id);
    const known = before.find((row) => row.text === text)?.number;
    const next = (last.get(id) ?? before.at(-1)?.number ?? 0) + 1;
    if (known === undefined) {
      last.set(id, next);
      spellings.add(id, next, text);
    }
    numbers[form] = known ?? next;
  }
  spellings.end();
  return numbers;
}

function addKnownLines(db: Database.Database, staged: StagedRun, ids: Int32Array, numbers: Int32Array): void {
  const lines = new PackedLines(numbers.length);
  for (let form = 0; form < numbers.length; form += 1) {
    if (staged.isLine(form))
      lines.add(ids[staged.statementOfForm(form)] ?? 0, numbers[form] ?? 0, (lane) => staged.lineHashAt(form, lane));
  }
  if (lines.bytes.length > 0) db.prepare(merging.addKnownLines).run(lines.bytes);
}

/** A row of the table. */
interface SightingRow {
  readonly statement: number;
  readonly spelling: number;
  readonly line: number;
  readonly count: number;
  readonly compileMs: number | null;
  readonly recompiles: number;
  /** Of the run's `processSets`. */
  readonly processes: number;
}

/** Gives the number of distinct statements, also by process. */
function addSightings(
  db: Database.Database,
  run: RunId,
  staged: StagedRun,
  ids: Int32Array,
  numbers: Int32Array,
): Omit<Merged, "newStatements"> {
  const rowAt = (index: number): SightingRow => {
    if (index < numbers.length) {
      const { statement, text: _text, ...form } = staged.formAt(index);
      return { ...form, statement: ids[statement] ?? 0, spelling: numbers[index] ?? 0 };
    }
    return { ...staged.knownAt(index - numbers.length), compileMs: null, recompiles: 0 };
  };
  const columns = ["statement", "spelling", "line", "count"];
  const plain = new BulkInsert(db, "sighting", columns, { run, recompiles: 0 });
  const measuring = new BulkInsert(db, "sighting", [...columns, "compile_ms", "recompiles", "processes"], { run });
  const sets = staged.processSets;
  let measured = 0;
  const write = ({ statement, spelling, line, count, compileMs, recompiles, processes }: SightingRow): void => {
    const isMeasured = compileMs !== null || recompiles > 0;
    if (isMeasured) measured += 1;
    if (!isMeasured && processes === 0) plain.add(statement, spelling, line, count);
    else measuring.add(statement, spelling, line, count, compileMs, recompiles, sets.text(processes));
  };
  /** Of the statement at hand. */
  let writers = 0;
  const ofProcess = new Map<number, number>();
  const countWriters = (): void => {
    for (const process of sets.members(writers)) ofProcess.set(process, (ofProcess.get(process) ?? 0) + 1);
    writers = 0;
  };
  let statements = 0;
  let last: SightingRow | undefined;
  const keyAt = (index: number): number =>
    index < numbers.length
      ? tableKey(ids[staged.statementOfForm(index)] ?? 0, numbers[index] ?? 0)
      : tableKey(staged.knownStatementAt(index - numbers.length), staged.knownSpellingAt(index - numbers.length));
  for (const index of inOrderOfKeys(numbers.length + staged.knownCount, keyAt)) {
    const row = rowAt(index);
    if (last?.statement !== row.statement) {
      statements += 1;
      countWriters();
    }
    if (row.processes !== 0) writers = sets.union(writers, row.processes);
    if (last?.statement === row.statement && last.spelling === row.spelling) last = joined(last, row, sets);
    else {
      if (last !== undefined) write(last);
      last = row;
    }
  }
  if (last !== undefined) write(last);
  plain.end();
  measuring.end();
  countWriters();
  return { statements, measured, statementsOfProcess: ofProcess };
}

/** The order of the table: rows in it are appended. No statement has four million spellings. */
function tableKey(statement: number, spelling: number): number {
  return statement * 2 ** 22 + spelling;
}

function inOrderOfKeys(count: number, keyAt: (index: number) => number): Uint32Array {
  const keys = new Float64Array(count);
  let sorted = true;
  for (let index = 0; index < count; index += 1) {
    keys[index] = keyAt(index);
    sorted &&= (keys[index - 1] ?? 0) <= (keys[index] ?? 0);
  }
  const order = Uint32Array.from(keys, (_, index) => index);
  return sorted ? order : order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
}

/** A line that is known and one that was read may hold the same. */
function joined(one: SightingRow, other: SightingRow, sets: ProcessSets): SightingRow {
  const times = [one.compileMs, other.compileMs].filter((ms) => ms !== null);
  return {
    ...one,
    line: Math.min(one.line, other.line),
    count: one.count + other.count,
    compileMs: times.length === 0 ? null : Math.max(...times),
    recompiles: one.recompiles + other.recompiles,
    processes: sets.union(one.processes, other.processes),
  };
}

function addDamage(db: Database.Database, run: RunId, damages: readonly DamagedLine[]): void {
  const add = db.prepare(merging.addDamage);
  const inOrder = [...damages].sort((a, b) => a.line - b.line);
  for (const { line, code, message, start = null, text } of inOrder) add.run(run, line, code, message, start, text);
}
