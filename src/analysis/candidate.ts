import { mayHaveRelatives, relativeKeyOfText } from "../statement/relatives.ts";
import { summaryOf } from "../statement/summary.ts";
import { countParts, opening, type SplitBraces, splitSignature } from "../syntax/split-arguments.ts";
import { namesStream } from "./residual-cause.ts";
import type { Stated } from "./statement-set.ts";

// What may have a counterpart in another set, told by its text.

/** A statement that one set alone has. What is undefined was not asked for yet. */
export interface Candidate<M extends Stated = Stated> {
  readonly member: M;
  /** What is called, and the arguments. */
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

/** What it calls, read when it is asked for first. */
export const summarized = (each: Candidate) => {
  each.summary ??= summaryOf(each.member.canonical, splitUp(each));
  return each.summary;
};

const splitUp = (each: Candidate): SplitBraces | undefined => {
  each.split ??= splitSignature(each.member.canonical);
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
export function amongCalled<M extends Stated>(a: readonly M[], b: readonly M[]): Sides<M> {
  const [calledInA, calledInB] = [a, b].map((side) => Float64Array.from(side, calledNumber)) as [Numbers, Numbers];
  const among = (members: readonly M[], called: Numbers, others: Numbers): readonly Candidate<M>[] => {
    const known = new Set(others);
    // Only reading tells what they call.
    const all = known.has(unreadable);
    return members
      .filter((_, index) => all || called[index] === unreadable || known.has(called[index] ?? unreadable))
      .map((member) => ({ member }));
  };
  return { a: among(a, calledInA, calledInB), b: among(b, calledInB, calledInA) };
}

type Numbers = Float64Array;

const unreadable = 0;
/** Of what is not a function that is called by its name, or has other names in other Julias. */
const unnamed = 0;
/** More parts than a text has room for. */
const mostParts = 2 ** 30;

/** The same for statements that call functions of one name with as many arguments; `unreadable` where only reading tells. */
function calledNumber({ canonical }: Stated): number {
  const parts = countParts(canonical);
  return parts === 0 ? unreadable : nameNumber(canonical) * mostParts + parts;
}

const functionOpening = `${opening}typeof(`;
/** By the function with its modules; most statements call what others call as well. */
const nameNumbers = new Map<string, number>();
/** By the function's name alone. */
const numbers = new Map<string, number>();

function nameNumber(canonical: string): number {
  if (!canonical.startsWith(functionOpening)) return unnamed;
  const end = canonical.indexOf(")", functionOpening.length);
  const called = canonical.slice(functionOpening.length, end);
  const known = nameNumbers.get(called);
  if (known !== undefined) return known;
  const [, name = "kwcall"] = /^(?:[\w!]+\.)*([\w!]+)$/.exec(called) ?? [];
  const number = name === "kwcall" ? unnamed : (numbers.get(name) ?? numbers.size + 1);
  if (number !== unnamed) numbers.set(name, number);
  nameNumbers.set(called, number);
  return number;
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
function outline(each: Candidate): string | undefined {
  if (!mayBeOtherwise(each.member.canonical)) return undefined;
  return (
    splitUp(each)
      ?.parts.map((part) => (mayBeOtherwise(part) ? "" : part))
      .join("\0") ?? ""
  );
}

const mayBeOtherwise = (text: string): boolean => text.includes("#") || namesStream(text) || mayHaveRelatives(text);
