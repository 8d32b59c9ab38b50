// Counterparts as src/analysis/pairing.ts finds them, with every statement read and every pass over all that is left: what
// that one leaves out must make no difference.
import type { ChangeKind } from "../../src/analysis/change-kind.ts";
import type { Change, Pairing } from "../../src/analysis/pairing.ts";
import { streamBlindText } from "../../src/analysis/residual-cause.ts";
import { byText, type SetMember } from "../../src/analysis/statement-set.ts";
import { numberBlindText } from "../../src/statement/gensym.ts";
import { relativeKey } from "../../src/statement/relatives.ts";
import { summaryOf } from "../../src/statement/summary.ts";
import { statementFrom } from "../samples.ts";

/** A statement that one set alone has, and what it is paired by. */
interface Candidate {
  readonly member: SetMember;
  /** Its text in the words that all Julias share. */
  readonly shared: string;
  readonly method: string;
  readonly types: readonly string[];
  /** The types without their parameters. */
  readonly heads: readonly string[];
}

function candidate(member: SetMember): Candidate {
  const { method, types } = summaryOf(member.canonical);
  return {
    member,
    shared: relativeKey(statementFrom(member.canonical)),
    method,
    types,
    heads: types.map((text) => text.split("{", 1)[0] ?? ""),
  };
}

/** One way to find counterparts; the texts are equal for statements that may be each other's. */
interface Pass {
  readonly kind: ChangeKind;
  readonly key: (candidate: Candidate) => string | undefined;
  /** Only where as many went as came: which of more replaced which of fewer, nobody can tell. */
  readonly evenOnly: boolean;
}

/** What differs in more than this many arguments' places is not tried with each of them open. */
const openPlaces = 12;

/** From the surest to the boldest; what a pass has paired, the later ones do not see. */
const sure: readonly Pass[] = [
  { kind: "julia", evenOnly: false, key: ({ shared }) => shared },
  { kind: "renumbered", evenOnly: false, key: ({ shared }) => numberBlindText(shared) },
  { kind: "stream", evenOnly: false, key: ({ shared }) => streamBlindText(numberBlindText(shared)) },
];

/** The same method, with ever more of its arguments' types left open. */
const bold: readonly Pass[] = [
  { kind: "types", evenOnly: true, key: ({ method, heads }) => [method, ...heads].join("\0") },
  ...Array.from({ length: openPlaces }, (_, open): Pass => ({ kind: "types", evenOnly: true, key: allBut(open) })),
  { kind: "types", evenOnly: true, key: ({ method, types }) => [method, types.length].join("\0") },
];

/** The method and all its types but one. */
function allBut(open: number): Pass["key"] {
  return ({ method, types }) => (open < types.length ? [method, ...types.with(open, "")].join("\0") : undefined);
}

export function pairedByReading(a: readonly SetMember[], b: readonly SetMember[]): Pairing {
  const changed: Change[] = [];
  let left: Sides = { a: inOrder(a.map(candidate)), b: inOrder(b.map(candidate)) };
  for (const pass of sure) left = take(pass, left, changed);
  // Only statements of one method, with as many arguments, are other argument types of each other.
  const [shared, alone] = byArity(left);
  let open = shared;
  for (const pass of bold) open = take(pass, open, changed);
  const members = (...groups: readonly (readonly Candidate[])[]) =>
    groups
      .flat()
      .map(({ member }) => member)
      .sort(byText);
  return {
    onlyA: members(open.a, alone.a),
    onlyB: members(open.b, alone.b),
    changed: changed.sort((x, y) => byText(x.a, y.a)),
  };
}

interface Sides {
  readonly a: readonly Candidate[];
  readonly b: readonly Candidate[];
}

/** What is left when a pass has paired what it can. */
function take({ kind, key, evenOnly }: Pass, left: Sides, changed: Change[]): Sides {
  if (left.a.length === 0 || left.b.length === 0) return left;
  const [groupsA, groupsB] = [Map.groupBy(left.a, key), Map.groupBy(left.b, key)];
  const gone = new Set<Candidate>();
  for (const [text, fromA] of groupsA) {
    const fromB = text === undefined ? [] : (groupsB.get(text) ?? []);
    if (evenOnly && fromA.length !== fromB.length) continue;
    fromA.slice(0, fromB.length).forEach((one, index) => {
      const other = fromB[index];
      if (other === undefined) return;
      changed.push({ kind, method: one.method, a: one.member, b: other.member });
      gone.add(one).add(other);
    });
  }
  if (gone.size === 0) return left;
  const stays = (each: Candidate): boolean => !gone.has(each);
  return { a: left.a.filter(stays), b: left.b.filter(stays) };
}

/** Those whose method and number of arguments both sides have, and the others. */
function byArity({ a, b }: Sides): readonly [shared: Sides, alone: Sides] {
  const key = ({ method, types }: Candidate): string => `${method}\0${types.length}`;
  const [inA, inB] = [new Set(a.map(key)), new Set(b.map(key))];
  const isShared = (each: Candidate): boolean => inA.has(key(each)) && inB.has(key(each));
  const isAlone = (each: Candidate): boolean => !isShared(each);
  return [
    { a: a.filter(isShared), b: b.filter(isShared) },
    { a: a.filter(isAlone), b: b.filter(isAlone) },
  ];
}

/** By text, numbers by their value: the compiler counts upwards, so `#9#10` comes before `#10#11` in both sets. */
function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  const keyed = candidates.map((each) => {
    const canonical = each.member.canonical.replace(/\d+/g, (digits) => digits.padStart(20, "0"));
    return { each, canonical };
  });
  return keyed.sort(byText).map(({ each }) => each);
}
