import type Database from "better-sqlite3";
import { counting, merging } from "./queries.ts";

/** So many statements have their traits' numbers in one row, 32 bits each in the order of all machines that Node runs on. */
const pageSize = 2 ** 14;

/** Says of a canonical text what many statements share. */
export type TraitsOf = (canonical: string) => string;

/** The traits of all statements. */
export interface StatementTraits {
  /** By statement the number of its traits, from 1 on; 0: no such statement. */
  readonly numbers: Int32Array;
  /** By number. */
  readonly texts: readonly string[];
}

/** Traits, some of which the store does not remember. */
export interface FoundTraits extends StatementTraits {
  /** The pages on which something was found; none: the store remembers all. */
  readonly changed: readonly number[];
  /** What the store remembered when it was asked. */
  readonly before: Remembered;
}

interface Remembered {
  readonly version: number;
  readonly texts: number;
  readonly removals: number;
}

/**
 * Finds the traits of all statements. To be called inside a transaction, which writes nothing. `version`: what is remembered
 * under another does not count.
 */
export function findTraits(db: Database.Database, traitsOf: TraitsOf, version: number): FoundTraits {
  const before = remembered(db);
  const isCurrent = before.version === version;
  const texts = ["", ...(isCurrent ? db.prepare<[], string>(counting.traits).pluck().all() : [])];
  const numbersOf = new Map(texts.map((text, number) => [text, number]));
  const numberOf = (text: string): number => {
    let number = numbersOf.get(text);
    if (number === undefined) {
      number = texts.push(text) - 1;
      numbersOf.set(text, number);
    }
    return number;
  };
  const last = db.prepare<[], number | null>(merging.lastStatement).pluck().get() ?? 0;
  const pages = Math.floor(last / pageSize) + 1;
  const numbers = new Int32Array(pages * pageSize);
  for (const { page, numbers: packed } of isCurrent ? db.prepare<[], Page>(counting.pages).all() : [])
    numbers.set(unpacked(packed), page * pageSize);
  const between = db.prepare<[number, number], [number, string]>(counting.statementsBetween).raw();
  const changed: number[] = [];
  for (let page = 0; page < pages; page += 1) {
    const [from, to] = [Math.max(page * pageSize, 1), Math.min((page + 1) * pageSize - 1, last)];
    if (!numbers.subarray(from, to + 1).includes(0)) continue;
    const missing = between.all(from, to).filter(([statement]) => numbers[statement] === 0);
    for (const [statement, canonical] of missing) numbers[statement] = numberOf(traitsOf(canonical));
    if (missing.length > 0) changed.push(page);
  }
  return { numbers, texts, changed, before };
}

/** Keeps what was found, inside a transaction; not where another process has changed meanwhile what it stands on. */
export function rememberTraits(db: Database.Database, found: FoundTraits, version: number): void {
  const { numbers, texts, changed, before } = found;
  const now = remembered(db);
  if (now.version !== before.version || now.texts !== before.texts || now.removals !== before.removals) return;
  const isCurrent = before.version === version;
  if (!isCurrent) {
    forgetAllTraits(db);
    db.prepare(counting.setTraitsVersion).run(version);
  }
  const known = isCurrent ? before.texts : 0;
  const add = db.prepare(counting.addTraits);
  for (const [number, text] of texts.entries()) if (number > known) add.run(number, text);
  const write = db.prepare(counting.writePage);
  for (const page of changed) write.run(page, packedOf(numbers.subarray(page * pageSize, (page + 1) * pageSize)));
}

const remembered = (db: Database.Database): Remembered =>
  db.prepare<[], Remembered>(counting.remembered).get() as Remembered;

/** To be called for statements that are removed: their numbers may be given to others. */
export function forgetTraits(db: Database.Database, statements: ReadonlySet<number>): void {
  const pageAt = db.prepare<[number], Buffer>(counting.pageAt).pluck();
  const write = db.prepare(counting.writePage);
  for (const page of new Set(Array.from(statements, (statement) => Math.floor(statement / pageSize)))) {
    const packed = pageAt.get(page);
    if (packed === undefined) continue;
    const numbers = unpacked(packed);
    for (const statement of statements) {
      if (Math.floor(statement / pageSize) === page) numbers[statement % pageSize] = 0;
    }
    write.run(page, packedOf(numbers));
  }
}

export function forgetAllTraits(db: Database.Database): void {
  db.exec(counting.forgetAll);
}

interface Page {
  readonly page: number;
  readonly numbers: Buffer;
}

function packedOf(numbers: Int32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** A copy, as a row's bytes may stand anywhere. */
function unpacked(packed: Buffer): Int32Array {
  return new Int32Array(new Uint8Array(packed).buffer);
}
