import { numberBlindText } from "../statement/gensym.ts";
import { amongCalled, amongOutlined, type Candidate, type Sides, sharedText, summarized } from "./candidate.ts";
import type { ChangeKind } from "./change-kind.ts";
import { streamBlindText } from "./residual-cause.ts";
import { byText, type SetMember, type Stated } from "./statement-set.ts";

/** A statement that only A has, and the one that B has in its place. */
export interface Change<M extends Stated = SetMember> {
  readonly kind: ChangeKind;
  /** The method in words. */
  readonly method: string;
  readonly a: M;
  readonly b: M;
}

/** What has no counterpart, sorted by text, and what has, in the order of A's text. */
export interface Pairing<M extends Stated = SetMember> {
  readonly onlyA: readonly M[];
  readonly onlyB: readonly M[];
  readonly changed: readonly Change<M>[];
}

/**
 * Finds counterparts among the statements that one of two sets has and the other does not, in time in proportion to their
 * number, whatever their methods. What cannot have one is told by its text; the rest is read.
 */
export function paired<M extends Stated>(a: readonly M[], b: readonly M[]): Pairing<M> {
  const pairs: Pair<M>[] = [];
  const mayPair = amongCalled(a, b);
  const otherwise = amongOutlined(mayPair);
  takeInTurn(sure, otherwise, pairs);
  // Only statements of one method, with as many arguments, are other argument types of each other.
  for (const { sides, arity } of byMethod(without(pairs, mayPair))) takeInTurn(bold(arity), sides, pairs);
  const gone = new Set(pairs.flatMap((pair) => [pair.a.member, pair.b.member]));
  const left = (side: readonly M[]): M[] => side.filter((member) => !gone.has(member)).sort(byText);
  const changed = pairs.map(({ kind, a: from, b: to }): Change<M> => {
    return { kind, method: summarized(from).method, a: from.member, b: to.member };
  });
  return {
    onlyA: left(a),
    onlyB: left(b),
    changed: changed.sort((x, y) => byText(x.a, y.a)),
  };
}

interface Pair<M extends Stated> {
  readonly kind: ChangeKind;
  readonly a: Candidate<M>;
  readonly b: Candidate<M>;
}

function without<M extends Stated>(pairs: readonly Pair<M>[], { a, b }: Sides<M>): Sides<M> {
  if (pairs.length === 0) return { a, b };
  const gone = new Set(pairs.flatMap((pair) => [pair.a, pair.b]));
  const stays = (each: Candidate<M>): boolean => !gone.has(each);
  return { a: a.filter(stays), b: b.filter(stays) };
}

/** Those of each method that both sides call with as many arguments. */
function* byMethod<M extends Stated>({
  a,
  b,
}: Sides<M>): Generator<{ readonly sides: Sides<M>; readonly arity: number }> {
  const key = (each: Candidate): string => `${summarized(each).method}\0${summarized(each).types.length}`;
  for (const [fromA, fromB] of groupsOfBoth(a, b, key)) {
    const [first] = fromA;
    if (first !== undefined) yield { sides: { a: fromA, b: fromB }, arity: summarized(first).types.length };
  }
}

/** One way to find counterparts; the texts are equal for statements that may be each other's. */
interface Pass {
  readonly kind: ChangeKind;
  readonly key: (candidate: Candidate) => string;
  /** Only where as many went as came: which of more replaced which of fewer, nobody can tell. */
  readonly evenOnly: boolean;
}

/** What differs in more than this many arguments' places is not tried with each of them open. */
const openPlaces = 12;

/** From the surest to the boldest; what a pass has paired, the later ones do not see. */
const sure: readonly Pass[] = [
  { kind: "julia", evenOnly: false, key: sharedText },
  { kind: "renumbered", evenOnly: false, key: (each) => numberBlindText(sharedText(each)) },
  { kind: "stream", evenOnly: false, key: (each) => streamBlindText(numberBlindText(sharedText(each))) },
];

/** For statements of one method with so many arguments: ever more of their types left open. */
function bold(arity: number): readonly Pass[] {
  const types = numbered((each) => summarized(each).types);
  const heads = numbered((each) => summarized(each).types.map(headOf));
  return [
    { kind: "types", evenOnly: true, key: heads },
    // With the only one open, all of them are.
    ...Array.from({ length: arity === 1 ? 0 : Math.min(arity, openPlaces) }, (_, open): Pass => {
      const allBut = (text: string): string => text.slice(0, open * numberSize) + text.slice((open + 1) * numberSize);
      return { kind: "types", evenOnly: true, key: (each) => allBut(types(each)) };
    }),
    { kind: "types", evenOnly: true, key: () => "" },
  ];
}

/** So many units of a text say which of the types of one method is meant: there may be more than one unit can tell. */
const numberSize = 2;
const unitBits = 15;

/** Equal for equal types in the same places: a few units for each of them, as the texts are long and are compared often. */
function numbered(typesOf: (candidate: Candidate) => readonly string[]): Pass["key"] {
  const numbers = new Map<string, number>();
  const numberOf = (type: string): number => {
    const known = numbers.get(type) ?? numbers.size;
    numbers.set(type, known);
    return known;
  };
  const known = new Map<Candidate, string>();
  return (each) => {
    let text = known.get(each);
    if (text === undefined) {
      const units = typesOf(each)
        .map(numberOf)
        .flatMap((number) => [number >> unitBits, number & (2 ** unitBits - 1)]);
      text = String.fromCharCode(...units);
      known.set(each, text);
    }
    return text;
  };
}

/** The type without its parameters. */
function headOf(type: string): string {
  const brace = type.indexOf("{");
  return brace < 0 ? type : type.slice(0, brace);
}

function takeInTurn<M extends Stated>(passes: readonly Pass[], sides: Sides<M>, pairs: Pair<M>[]): void {
  let left = sides;
  for (const pass of passes) {
    if (left.a.length === 0 || left.b.length === 0) return;
    const found = take(pass, left);
    left = without(found, left);
    for (const pair of found) pairs.push(pair);
  }
}

function take<M extends Stated>({ kind, key, evenOnly }: Pass, { a, b }: Sides<M>): readonly Pair<M>[] {
  const found: Pair<M>[] = [];
  for (const [fromA, fromB] of groupsOfBoth(a, b, key)) {
    if (evenOnly && fromA.length !== fromB.length) continue;
    const others = inOrder(fromB);
    inOrder(fromA).forEach((one, index) => {
      const other = others[index];
      if (other !== undefined) found.push({ kind, a: one, b: other });
    });
  }
  return found;
}

/** Those with one key, where both sides have some. Often one side has a hundred times as many: nothing is made for most. */
function* groupsOfBoth<T>(a: readonly T[], b: readonly T[], key: (each: T) => string): Generator<readonly [T[], T[]]> {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  const groups = Map.groupBy(few, key);
  const others = new Map<string, T[]>();
  for (const each of many) {
    const text = key(each);
    const known = others.get(text);
    if (known !== undefined) known.push(each);
    else if (groups.has(text)) others.set(text, [each]);
  }
  for (const [text, there] of others) {
    const here = groups.get(text) ?? [];
    yield few === a ? [here, there] : [there, here];
  }
}

/** By text, numbers by their value: the compiler counts upwards, so `#9#10` comes before `#10#11` in both sets. */
function inOrder<M extends Stated>(candidates: readonly Candidate<M>[]): readonly Candidate<M>[] {
  if (candidates.length === 1) return candidates;
  const order = (each: Candidate): string => {
    each.order ??= each.member.canonical.replace(/\d+/g, (digits) => digits.padStart(20, "0"));
    return each.order;
  };
  return candidates.toSorted((x, y) => (order(x) < order(y) ? -1 : order(x) > order(y) ? 1 : 0));
}
