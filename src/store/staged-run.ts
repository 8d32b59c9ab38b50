import type {
  DamagedLine,
  DistinctLine,
  LineHash,
  Sighting,
  SightingSink,
  StatedLine,
} from "../statement/provenance.ts";
import { hashText } from "../trace/line-hash.ts";
import { LineTable } from "../trace/line-table.ts";
import type { KnownLines } from "./known-lines.ts";
import { NumberList } from "./number-list.ts";
import { ProcessSets } from "./process-sets.ts";
import { TextList } from "./text-list.ts";

/** What a run saw of one spelling of a statement. */
export interface StagedForm {
  /** The statement's number in the run, from 0 on. */
  readonly statement: number;
  /** Null: the canonical text. */
  readonly text: string | null;
  /** Of the first time. */
  readonly line: number;
  readonly count: number;
  readonly recompiles: number;
  readonly compileMs: number | null;
  /** Of the run's `processSets`. */
  readonly processes: number;
}

/** A line met in an earlier run, by the numbers of the store. */
export interface StagedKnownLine {
  readonly statement: number;
  readonly spelling: number;
  readonly line: number;
  readonly count: number;
  readonly processes: number;
}

/**
 * A run's sightings until it is whole: each statement and each of its spellings once. They stand outside the heap, as the
 * garbage collector would go through them again and again while the rest of the trace is read.
 */
export class StagedRun implements SightingSink {
  readonly damages: DamagedLine[] = [];
  readonly #knownLines: () => KnownLines | undefined;
  readonly #digests = new LineTable();
  readonly #canonicals = new TextList();
  /** By statement: its form that is the canonical text, counted from 1 on. */
  readonly #canonicalForms = new NumberList();
  /** The other forms by digest and text, as keys into `#otherForms`. */
  readonly #names = new LineTable();
  readonly #otherForms = new NumberList();
  readonly #form = {
    statement: new NumberList(),
    /** The text's place among `texts`, from 1 on. */
    text: new NumberList(),
    line: new NumberList(),
    /** NaN: not told. */
    compileMs: new NumberList(),
    /** 1: some line is this and nothing else; `hash` has its four words. */
    isLine: new NumberList(),
    hash: new NumberList(),
    count: new NumberList(),
    recompiles: new NumberList(),
    processes: new NumberList(),
  };
  readonly #texts = new TextList();
  /** Each distinct line that was read, once for each of its statements. */
  readonly #read = { lineKey: new NumberList(), form: new NumberList(), recompile: new NumberList() };
  readonly #known = {
    lineKey: new NumberList(),
    statement: new NumberList(),
    spelling: new NumberList(),
    line: new NumberList(),
  };
  /** By line key; 0: once. */
  readonly #counts = new NumberList();
  /** Those of the run's processes; what they wrote, by line key. */
  readonly processSets = new ProcessSets();
  readonly #writers = new NumberList();
  /** By the number of the process. */
  readonly linesOfProcess = new Map<number, number>();

  /** `knownLines` is asked when there is a line to look up. */
  constructor(knownLines: () => KnownLines | undefined) {
    this.#knownLines = knownLines;
  }

  isKnown(lineKey: number, hash: LineHash, line: number): boolean {
    const found = this.#knownLines()?.find(hash);
    if (found === undefined) return false;
    this.#known.lineKey.push(lineKey);
    this.#known.statement.push(found.statement);
    this.#known.spelling.push(found.spelling);
    this.#known.line.push(line);
    return true;
  }

  stated({ key, hash, number, text }: DistinctLine, { digest, canonical, isCanonical }: StatedLine): void {
    const statement = this.#digests.add(digest);
    if (statement === this.#canonicals.length) this.#canonicals.pushBytes(canonical);
    const form = isCanonical
      ? this.#canonicalForm(statement, number)
      : this.#otherForm(statement, named(digest, hash), number, () => this.#texts.pushBytes(text));
    this.#saw(form, number, hash, key, 0);
  }

  sighting({ lineKey, digest, canonical, spelling, lineHash, line, compileMs, recompile }: Sighting): void {
    const words = wordsOf(digest);
    const statement = this.#digests.add(words);
    if (statement === this.#canonicals.length) this.#canonicals.push(canonical);
    const form =
      spelling === canonical
        ? this.#canonicalForm(statement, line)
        : this.#otherForm(statement, named(words, hashText(spelling)), line, () => this.#texts.push(spelling));
    if (compileMs !== undefined) {
      const { compileMs: column } = this.#form;
      const longest = column.at(form);
      column.set(form, Number.isNaN(longest) ? compileMs : Math.max(longest, compileMs));
    }
    this.#saw(form, line, lineHash, lineKey, recompile ? 1 : 0);
  }

  #saw(form: number, line: number, lineHash: LineHash | undefined, lineKey: number, recompile: number): void {
    const column = this.#form;
    column.line.set(form, Math.min(column.line.at(form), line));
    if (lineHash !== undefined) {
      column.isLine.set(form, 1);
      for (let lane = 0; lane < 4; lane += 1) column.hash.set(form * 4 + lane, lineHash[lane] ?? 0);
    }
    this.#read.lineKey.push(lineKey);
    this.#read.form.push(form);
    this.#read.recompile.push(recompile);
  }

  damage(damage: DamagedLine): void {
    this.damages.push(damage);
  }

  writtenBy(lineKey: number, process: number): void {
    this.#writers.set(lineKey, this.processSets.with(this.#writers.at(lineKey), process));
  }

  processEnds(process: number, lines: number): void {
    this.linesOfProcess.set(process, lines);
  }

  repeated(lineKey: number, count: number): void {
    this.#counts.set(lineKey, count);
  }

  get statementCount(): number {
    return this.#canonicals.length;
  }

  digestAt(statement: number): Buffer {
    const words = this.#digests.hashAt(statement);
    return Buffer.from(words.buffer, words.byteOffset, words.byteLength);
  }

  canonicalAt(statement: number): string {
    return this.#canonicals.at(statement);
  }

  get formCount(): number {
    return this.#form.statement.length;
  }

  /** To be asked when everything was staged, after `countForms`. */
  formAt(form: number): StagedForm {
    const { statement, text, line, compileMs, count, recompiles, processes } = this.#form;
    return {
      statement: statement.at(form),
      text: text.at(form) === 0 ? null : this.#texts.at(text.at(form) - 1),
      line: line.at(form),
      compileMs: Number.isNaN(compileMs.at(form)) ? null : compileMs.at(form),
      count: count.at(form),
      recompiles: recompiles.at(form),
      processes: processes.at(form),
    };
  }

  statementOfForm(form: number): number {
    return this.#form.statement.at(form);
  }

  /** Whether some line is this form and nothing else. */
  isLine(form: number): boolean {
    return this.#form.isLine.at(form) !== 0;
  }

  /** A word of such a line's hash. */
  lineHashAt(form: number, lane: number): number {
    return this.#form.hash.at(form * 4 + lane);
  }

  get knownCount(): number {
    return this.#known.lineKey.length;
  }

  knownAt(index: number): StagedKnownLine {
    const { lineKey, statement, spelling, line } = this.#known;
    return {
      statement: statement.at(index),
      spelling: spelling.at(index),
      line: line.at(index),
      count: this.#countOf(lineKey.at(index)),
      processes: this.#writers.at(lineKey.at(index)),
    };
  }

  knownStatementAt(index: number): number {
    return this.#known.statement.at(index);
  }

  knownSpellingAt(index: number): number {
    return this.#known.spelling.at(index);
  }

  /** How many distinct lines were read, each once for each of its statements. */
  get readCount(): number {
    return this.#read.form.length;
  }

  /** Makes the forms' counts from those of the lines, which are known last. */
  countForms(): void {
    const { count, recompiles, processes } = this.#form;
    for (let index = 0; index < this.readCount; index += 1) {
      const form = this.#read.form.at(index);
      const lineKey = this.#read.lineKey.at(index);
      const times = this.#countOf(lineKey);
      const writers = this.#writers.at(lineKey);
      if (writers !== 0) processes.set(form, this.processSets.union(processes.at(form), writers));
      count.set(form, count.at(form) + times);
      recompiles.set(form, recompiles.at(form) + times * this.#read.recompile.at(index));
    }
  }

  #countOf(lineKey: number): number {
    return this.#counts.at(lineKey) || 1;
  }

  #canonicalForm(statement: number, line: number): number {
    const known = this.#canonicalForms.at(statement);
    if (known > 0) return known - 1;
    this.#canonicalForms.set(statement, this.formCount + 1);
    return this.#addForm(statement, 0, line);
  }

  #otherForm(statement: number, name: LineHash, line: number, addText: () => void): number {
    const key = this.#names.add(name);
    if (key < this.#otherForms.length) return this.#otherForms.at(key);
    this.#otherForms.push(this.formCount);
    addText();
    return this.#addForm(statement, this.#texts.length, line);
  }

  #addForm(statement: number, text: number, line: number): number {
    this.#form.statement.push(statement);
    this.#form.text.push(text);
    this.#form.line.push(line);
    this.#form.compileMs.push(Number.NaN);
    return this.formCount - 1;
  }
}

/** One for all, as a million small buffers cost more than what is done with them. */
const bytes = Buffer.alloc(16);
const words = new Int32Array(bytes.buffer, bytes.byteOffset, 4);

const name = new Int32Array(4);

/** A text as the spelling of a statement, by the hashes of both; only good until the next is asked for. */
function named(digest: LineHash, text: LineHash): LineHash {
  for (let lane = 0; lane < 4; lane += 1) name[lane] = (digest[lane] ?? 0) ^ (text[lane] ?? 0);
  return name;
}

/** 32 hex digits as four words, which are only good until the next are asked for. */
function wordsOf(hex: string): LineHash {
  bytes.write(hex, "hex");
  return words;
}
