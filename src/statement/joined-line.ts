import { hash } from "node:crypto";
import { closing, opening } from "../syntax/split-arguments.ts";
import { byteParts, splitBytes } from "../syntax/split-bytes.ts";
import { ArgumentTable, unknownArgument } from "./argument-table.ts";
import { mayRelate, stayApart, together } from "./canonical.ts";
import { headOf, newCanonicalOf } from "./joined-statement.ts";
import type { ByteText, StatedLine } from "./provenance.ts";
import { writtenOutLimit } from "./tuple-run.ts";

const openingBytes = Buffer.from(opening);
const closingBytes = Buffer.from(closing);
/** Beyond, what was read is forgotten: a hostile trace has a new argument at every turn. */
const mostBytes = 48_000_000;

let table = new ArgumentTable();
/** Of the parts that are split, at their places. */
const entries = new Int32Array(byteParts.starts.length);
const digest = Buffer.alloc(16);
const digestWords = new Int32Array(digest.buffer, digest.byteOffset, 4);

/**
 * What a line states that is a directive and nothing else: the same as `joinedStatement` says of its text, found without
 * making a string of what was read before. Good until the next line is asked for. Undefined where the line is anything else,
 * or its text has to be read.
 */
export function joinedLine(line: ByteText): StatedLine | undefined {
  const { chunk, start, end } = line;
  if (!holds(chunk, start, openingBytes) || !holds(chunk, end - closing.length, closingBytes)) return undefined;
  if (table.bytes > mostBytes) table = new ArgumentTable();
  const joined = joinedBraces(chunk, start + opening.length, end - 1, "Tuple", "Tuple");
  if (joined === undefined) return undefined;
  const canonical = joined === "same" ? line : written(opening, joined, closing);
  digest.write(hash("sha256", canonical.chunk.subarray(canonical.start, canonical.end), "hex"), 0, 16, "hex");
  return { digest: digestWords, canonical, isCanonical: joined === "same" };
}

function holds(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  for (let at = 0; at < wanted.length; at += 1) if (bytes[start + at] !== wanted[at]) return false;
  return true;
}

/** What stands in braces that were joined, in front of the closing one: all as it was, or the canonical texts. */
type Joined = "same" | string;

/**
 * The canonical text between the braces behind `name`, whose canonical text is `head`; `start` is behind the opening one, and
 * the closing one has to be the last byte in front of `end`.
 */
function joinedBraces(chunk: Buffer, start: number, end: number, name: string, head: string): Joined | undefined {
  const base = byteParts.top;
  const isWhole = splitBytes(chunk, start, end) === end - 1;
  const { top, evenlySpaced } = byteParts;
  let isSame = evenlySpaced && name === head;
  let isRelated = false;
  let isKnown = isWhole;
  for (let part = base; part < top && isKnown; part += 1) {
    const entry = entryOf(chunk, part);
    entries[part] = entry;
    isKnown = table.isKnown(entry);
    isSame &&= table.isCanonical(entry);
    isRelated ||= table.isRelated(entry);
  }
  byteParts.top = base;
  if (!isKnown) return undefined;
  const count = top - base;
  const apart = head === "Tuple" ? !isRelated && !mayEndInRun(base, top) : staysApart(head, count);
  if (apart && isSame) return "same";
  const texts = Array.from(entries.subarray(base, top), (entry) => table.textOf(entry));
  const related = apart ? texts : together(head, texts);
  return isSame && related === texts ? "same" : related?.join(", ");
}

/** A run of one type is long, and its last two texts are. */
function mayEndInRun(base: number, top: number): boolean {
  const before = entries[top - 2] ?? 0;
  const last = entries[top - 1] ?? 0;
  const size = table.endOf(last) - table.startOf(last);
  return (
    top - base > 1 && size * (top - base) > writtenOutLimit && size === table.endOf(before) - table.startOf(before)
  );
}

const apartBehind = new Map<string, boolean[]>();
const mostHeads = 10_000;

function staysApart(head: string, count: number): boolean {
  let known = apartBehind.get(head);
  if (known === undefined) {
    if (apartBehind.size === mostHeads) apartBehind.clear();
    known = [];
    apartBehind.set(head, known);
  }
  known[count] ??= stayApart(head, count);
  return known[count];
}

function entryOf(chunk: Buffer, part: number): number {
  const start = byteParts.starts[part] ?? 0;
  const end = byteParts.ends[part] ?? 0;
  const key = byteParts.hashes[part] ?? 0;
  const found = table.find(chunk, start, end, key);
  if (found !== unknownArgument) return found;
  const argument = chunk.toString("latin1", start, end);
  const joined = joinedArgument(chunk, start, end) ?? newCanonicalOf(argument);
  const canonical = joined === "same" ? argument : joined;
  const isRelated = canonical !== undefined && mayRelate(canonical);
  const text = canonical === undefined || canonical === argument ? undefined : written(canonical);
  return table.add({ chunk, start, end }, key, canonical === argument ? "same" : text, isRelated);
}

/** `A{B, C}` behind a plain name. */
function joinedArgument(chunk: Buffer, start: number, end: number): Joined | undefined {
  let brace = start;
  while (isNamePart[chunk[brace] ?? 0] === 1) brace += 1;
  const first = chunk[start] ?? 0;
  if (chunk[brace] !== openBrace || brace === start || brace >= end || isNameStart[first] !== 1) return undefined;
  const name = chunk.toString("latin1", start, brace);
  const head = headOf(name);
  const joined = head === undefined ? undefined : joinedBraces(chunk, brace + 1, end, name, head);
  return joined === undefined || joined === "same" ? joined : `${head}{${joined}}`;
}

const openBrace = 123;
const matching = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => (byte < 128 && pattern.test(String.fromCharCode(byte)) ? 1 : 0));
const isNamePart = matching(/[\w.!]/);
const isNameStart = matching(/[A-Za-z_]/);

let scratch = Buffer.allocUnsafe(1 << 12);

function written(...texts: readonly string[]): ByteText {
  let needed = 0;
  for (const text of texts) needed += text.length * 3;
  if (needed > scratch.length) scratch = Buffer.allocUnsafe(needed * 2);
  let end = 0;
  for (const text of texts) end += scratch.write(text, end, "utf8");
  return { chunk: scratch, start: 0, end };
}
