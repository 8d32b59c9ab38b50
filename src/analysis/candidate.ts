import { mayHaveRelatives, relativeKeyOfText } from "../statement/relatives.ts";
import { summaryOf } from "../statement/summary.ts";
import { type SplitBraces, splitSignature } from "../syntax/split-arguments.ts";
import { namesStream } from "./residual-cause.ts";
import type { Stated } from "./statement-set.ts";

// What may have a counterpart in another set, told by its text.

/** A statement that one set alone has. What is undefined was not asked for yet. */
export interface Candidate<M extends Stated = Stated> {
  readonly member: M;
  /** What is called, and the arguments; undefined where only reading tells. */
  readonly split: SplitBraces | undefined;
  /** The last name of a function that is called by its name, or `unnamed`. */
  readonly name: string;
  summary?: { readonly method: string; readonly types: readonly string[] };
  /** Its text in the words that all Julias share. */
  shared?: string;
  /** By which it comes before another one. */
  order?: string;
}

export interface Sides<M extends Stated> {
  readonly a: readonly Candidate<M>[];
  readonly b: readonly Candidate<M>[];
}

/** Nothing of it is read yet. */
export function candidate<M extends Stated>(member: M): Candidate<M> {
  const split = splitSignature(member.canonical);
  return { member, split, name: functionName(split?.parts[0] ?? "") };
}

/** What it calls, read when it is asked for first. */
export const summarized = (each: Candidate) => {
  each.summary ??= summaryOf(each.member.canonical, each.split);
  return each.summary;
};

/** Its text in the words that all Julias share, read when it is asked for first. */
export const sharedText = (each: Candidate): string => {
  each.shared ??= relativeKeyOfText(each.member.canonical);
  return each.shared;
};

/**
 * Those that may have a counterpart in what the other side calls. Two functions with other names are never each other's, in
 * the words of whatever Julia; nor are calls with more or fewer arguments.
 */
export function amongCalled<M extends Stated>({ a, b }: Sides<M>): Sides<M> {
  const countsOf = (side: readonly Candidate[]): ReadonlyMap<string, ReadonlySet<number | undefined>> => {
    const counts = new Map<string, Set<number | undefined>>();
    for (const { name, split } of side) {
      const known = counts.get(name);
      if (known === undefined) counts.set(name, new Set([split?.parts.length]));
      else known.add(split?.parts.length);
    }
    return counts;
  };
  const isAmong = (others: ReturnType<typeof countsOf>) => (each: Candidate) => {
    // Only reading tells what a statement without parts calls.
    if (each.split === undefined || others.get(unnamed)?.has(undefined)) return true;
    return others.get(each.name)?.has(each.split.parts.length) ?? false;
  };
  const [inA, inB] = [countsOf(a), countsOf(b)];
  return { a: a.filter(isAmong(inB)), b: b.filter(isAmong(inA)) };
}

/** What is not a function that is called by its name, or has other names in other Julias. */
const unnamed = "";

function functionName(called: string): string {
  const name = /^typeof\((?:[\w!]+\.)*([\w!]+)\)$/.exec(called)?.[1];
  return name === undefined || name === "kwcall" ? unnamed : name;
}

/** Those that another Julia, session or stream may have made of one of the other side. */
export function amongOutlined<M extends Stated>({ a, b }: Sides<M>): Sides<M> {
  const outlined = (side: readonly Candidate<M>[]) =>
    side.flatMap((each) => {
      const text = outline(each);
      return text === undefined ? [] : [{ each, text }];
    });
  const [fromA, fromB] = [outlined(a), outlined(b)];
  const [inA, inB] = [fromA, fromB].map((side) => new Set(side.map(({ text }) => text)));
  return {
    a: fromA.filter(({ text }) => inB?.has(text)).map(({ each }) => each),
    b: fromB.filter(({ text }) => inA?.has(text)).map(({ each }) => each),
  };
}

/**
 * The parts that are written in one way only, whatever the Julia, session or stream: the same for statements that differ in
 * nothing but these. Undefined where all of it is.
 */
function outline({ member, split }: Candidate): string | undefined {
  if (!mayBeOtherwise(member.canonical)) return undefined;
  return split === undefined ? "" : split.parts.map((part) => (mayBeOtherwise(part) ? "" : part)).join("\0");
}

const mayBeOtherwise = (text: string): boolean => text.includes("#") || namesStream(text) || mayHaveRelatives(text);
