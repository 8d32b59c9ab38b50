import { numberBlindText } from "../statement/gensym.ts";
import {
  amongCalled,
  amongOutlined,
  type Candidate,
  candidate,
  type Sides,
  sharedText,
  summarized,
} from "./candidate.ts";
import type { ChangeKind } from "./change-kind.ts";
import { streamBlindText } from "./residual-cause.ts";
import { byText, type SetMember } from "./statement-set.ts";

/** A statement that only A has, and the one that B has in its place. */
export interface Change {
  readonly kind: ChangeKind;
  /** The method in words. */
  readonly method: string;
  readonly a: SetMember;
  readonly b: SetMember;
}

/** What has no counterpart, sorted by text, and what has, in the order of A's text. */
export interface Pairing {
  readonly onlyA: readonly SetMember[];
  readonly onlyB: readonly SetMember[];
  readonly changed: readonly Change[];
}

/**
 * Finds counterparts among the statements that one of two sets has and the other does not, in time in proportion to their
 * number, whatever their methods. What cannot have one is told by its text; the rest is read.
 */
export function paired(a: readonly SetMember[], b: readonly SetMember[]): Pairing {
  const all: Sides = { a: a.map(candidate), b: b.map(candidate) };
  const pairs: Pair[] = [];
  const mayPair = amongCalled(all);
  const otherwise = amongOutlined(mayPair);
  takeInTurn(sure, otherwise, pairs);
  // Only statements of one method, with as many arguments, are other argument types of each other.
  for (const { sides, arity } of byMethod(without(pairs, mayPair))) takeInTurn(bold(arity), sides, pairs);
  const left = without(pairs, all);
  const members = (side: readonly Candidate[]) => side.map(({ member }) => member).sort(byText);
  const changed = pairs.map(({ kind, a: from, b: to }): Change => {
    return { kind, method: summarized(from).method, a: from.member, b: to.member };
  });
  return {
    onlyA: members(left.a),
    onlyB: members(left.b),
    changed: changed.sort((x, y) => byText(x.a, y.a)),
  };
}

interface Pair {
  readonly kind: ChangeKind;
  readonly a: Candidate;
  readonly b: Candidate;
}

function without(pairs: readonly Pair[], { a, b }: Sides): Sides {
  if (pairs.length === 0) return { a, b };
  const gone = new Set(pairs.flatMap((pair) => [pair.a, pair.b]));
  const stays = (each: Candidate): boolean => !gone.has(each);
  return { a: a.filter(stays), b: b.filter(stays) };
}

/** Those of each method that both sides call with as many arguments. */
function* byMethod({ a, b }: Sides): Generator<{ readonly sides: Sides; readonly arity: number }> {
  const key = (each: Candidate): string => `${summarized(each).method}\0${summarized(each).types.length}`;
  const [groupsA, groupsB] = [Map.groupBy(a, key), Map.groupBy(b, key)];
  for (const [text, fromA] of groupsA) {
    const [fromB, [first]] = [groupsB.get(text), fromA];
    if (fromB !== undefined && first !== undefined)
      yield { sides: { a: fromA, b: fromB }, arity: summarized(first).types.length };
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
const bold = (arity: number): readonly Pass[] => [
  types((each) => summarized(each).types.map(headOf).join("\0")),
  // With the only one open, all of them are.
  ...Array.from({ length: arity === 1 ? 0 : Math.min(arity, openPlaces) }, (_, open) =>
    types((each) => summarized(each).types.with(open, "").join("\0")),
  ),
  types(() => ""),
];

const types = (key: Pass["key"]): Pass => ({ kind: "types", evenOnly: true, key });

/** The type without its parameters. */
function headOf(type: string): string {
  const brace = type.indexOf("{");
  return brace < 0 ? type : type.slice(0, brace);
}

function takeInTurn(passes: readonly Pass[], sides: Sides, pairs: Pair[]): void {
  let left = sides;
  for (const pass of passes) {
    if (left.a.length === 0 || left.b.length === 0) return;
    const found = take(pass, left);
    left = without(found, left);
    for (const pair of found) pairs.push(pair);
  }
}

function take({ kind, key, evenOnly }: Pass, { a, b }: Sides): readonly Pair[] {
  const [groupsA, groupsB] = [Map.groupBy(a, key), Map.groupBy(b, key)];
  const found: Pair[] = [];
  for (const [text, fromA] of groupsA) {
    const fromB = groupsB.get(text) ?? [];
    if (fromB.length === 0 || (evenOnly && fromA.length !== fromB.length)) continue;
    const others = inOrder(fromB);
    inOrder(fromA).forEach((one, index) => {
      const other = others[index];
      if (other !== undefined) found.push({ kind, a: one, b: other });
    });
  }
  return found;
}

/** By text, numbers by their value: the compiler counts upwards, so `#9#10` comes before `#10#11` in both sets. */
function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length === 1) return candidates;
  const order = (each: Candidate): string => {
    each.order ??= each.member.canonical.replace(/\d+/g, (digits) => digits.padStart(20, "0"));
    return each.order;
  };
  return candidates.toSorted((x, y) => (order(x) < order(y) ? -1 : order(x) > order(y) ? 1 : 0));
}
