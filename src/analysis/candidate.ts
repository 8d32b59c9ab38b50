import { mayHaveRelatives, relativeKeyOfText } from "../statement/relatives.ts";
import { summaryOf } from "../statement/summary.ts";
import { outlineSignature, type SplitBraces, splitSignature } from "../syntax/split-arguments.ts";
import { namesStream } from "./residual-cause.ts";
import type { Stated } from "./statement-set.ts";

// What may have a counterpart in another set, told by its text.

/** A statement that one set alone has. What is undefined was not asked for yet. */
export interface Candidate<M extends Stated = Stated> {
  readonly member: M;
  /** What is called and the arguments, so many; 0 where only reading tells. */
  readonly parts: number;
  /** The last name of a function that is called by its name, or `unnamed`. */
  readonly name: string;
  /** Those parts. */
  split?: SplitBraces | undefined;
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
  const { first, parts } = outlineSignature(member.canonical) ?? { first: "", parts: 0 };
  return { member, parts, name: functionName(first) };
}

/** What it calls, read when it is asked for first. */
export const summarized = (each: Candidate) => {
  each.summary ??= summaryOf(each.member.canonical, splitUp(each));
  return each.summary;
};

const splitUp = (each: Candidate): SplitBraces | undefined => {
  if (each.parts > 0) each.split ??= splitSignature(each.member.canonical);
  return each.split;
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
  const countsOf = (side: readonly Candidate[]): ReadonlyMap<string, ReadonlySet<number>> => {
    const counts = new Map<string, Set<number>>();
    for (const { name, parts } of side) {
      const known = counts.get(name);
      if (known === undefined) counts.set(name, new Set([parts]));
      else known.add(parts);
    }
    return counts;
  };
  const isAmong = (others: ReturnType<typeof countsOf>) => {
    // Only reading tells what a statement without parts calls.
    const isAny = others.get(unnamed)?.has(0);
    return ({ name, parts }: Candidate) => isAny || parts === 0 || others.get(name)?.has(parts);
  };
  const [inA, inB] = [countsOf(a), countsOf(b)];
  return { a: a.filter(isAmong(inB)), b: b.filter(isAmong(inA)) };
}

/** What is not a function that is called by its name, or has other names in other Julias. */
const unnamed = "";

/** Of what was called before; most statements call what others call as well. */
const names = new Map<string, string>();
const mostNames = 20_000;

function functionName(called: string): string {
  const known = names.get(called);
  if (known !== undefined) return known;
  const last = /^typeof\((?:[\w!]+\.)*([\w!]+)\)$/.exec(called)?.[1];
  const name = last === undefined || last === "kwcall" ? unnamed : last;
  if (names.size === mostNames) names.clear();
  names.set(called, name);
  return name;
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
function outline({ member: { canonical } }: Candidate): string | undefined {
  if (!mayBeOtherwise(canonical)) return undefined;
  return (
    splitSignature(canonical)
      ?.parts.map((part) => (mayBeOtherwise(part) ? "" : part))
      .join("\0") ?? ""
  );
}

const mayBeOtherwise = (text: string): boolean => text.includes("#") || namesStream(text) || mayHaveRelatives(text);
