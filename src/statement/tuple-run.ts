import type { Application, TypeExpr } from "../../grammar/type-expr.ts";
import { applicationOf, soleName } from "./build-type-expr.ts";
import { childrenOf, mapChildren } from "./map-type-expr.ts";

/** A run of equal elements is written out up to this many nodes, and counted, `NTuple{n, T}`, above it. */
export const writtenOutLimit = 256;

/**
 * Julia <= 1.8 writes every element of a tuple type, Julia >= 1.9 counts a trailing run of more than three. Which of
 * the two is canonical depends on the size of the run alone, so both spellings get the same one, and a line that says
 * `NTuple{1000000, T}` stays small.
 */
export function foldTupleRun(node: Application, limit = writtenOutLimit): Application {
  const { span } = node;
  const run = countedRun(node) ?? writtenRun(node);
  if (run === undefined) return node;
  const { before, element, count } = run;
  const small = count < 2 || count * sizeWithin(element, limit) <= limit;
  if (small) return rewritten(node, [...before, ...Array<TypeExpr>(count).fill(element)]);
  const number: TypeExpr = { kind: "literal", span, type: "integer", text: String(count) };
  if (before.length === 0) return applicationOf("NTuple", [number, element], span);
  return rewritten(node, [...before, applicationOf("Vararg", [element, number], span)]);
}

/** A text of this length can be written out to 256 times as much: to a `longestText`. */
const shortSpelling = 2 ** 17;
const longestText = writtenOutLimit * shortSpelling;

/**
 * A canonical tree in which every run is counted, if its text would else be longer than 32 million characters: a hostile
 * line could ask for more than a string can hold. What is that long follows from the types alone, so all spellings
 * still meet; the longest line of a real trace has seven million characters.
 */
export function withinBounds(tree: TypeExpr): TypeExpr {
  const { start, end } = tree.span;
  return end - start > shortSpelling && lengthWithin(tree, longestText) > longestText ? counted(tree) : tree;
}

function counted(node: TypeExpr): TypeExpr {
  const inner = mapChildren(node, counted);
  return inner.kind === "application" ? foldTupleRun(inner, 1) : inner;
}

/** About as long as its text; counting stops where the answer is "too long". */
function lengthWithin(node: TypeExpr, limit: number): number {
  let length = label(node).length + 2;
  for (const child of childrenOf(node)) {
    if (length > limit) return length;
    length += lengthWithin(child, limit - length);
  }
  return length;
}

/** Whether parameters with these texts end in a run that is counted, or may be one to count: a node takes a character. */
export function isCountedRun(texts: readonly string[], head: string): boolean {
  if (head === "NTuple") return true;
  const last = texts.at(-1) ?? "";
  if (last.startsWith("Vararg{")) return /, \d+\}$/.test(last);
  let length = 0;
  for (let at = texts.length - 1; at >= 0 && texts[at] === last; at -= 1) length += last.length;
  return length > writtenOutLimit && length > last.length;
}

interface Run {
  readonly before: readonly TypeExpr[];
  readonly element: TypeExpr;
  readonly count: number;
}

function rewritten(node: Application, parameters: readonly TypeExpr[]): Application {
  const same =
    parameters.length === node.parameters.length && parameters.every((each, i) => each === node.parameters[i]);
  return soleName(node) === "Tuple" && same ? node : applicationOf("Tuple", parameters, node.span);
}

/** `NTuple{n, T}` or `Tuple{…, Vararg{T, n}}`. */
function countedRun(node: Application): Run | undefined {
  const name = soleName(node);
  if (name === "NTuple") {
    const [number, element, ...more] = node.parameters;
    const count = countOf(number);
    return count === undefined || element === undefined || more.length > 0 ? undefined : { before: [], element, count };
  }
  const last = node.parameters.at(-1);
  if (name !== "Tuple" || last?.kind !== "application" || soleName(last) !== "Vararg") return undefined;
  const [element, number, ...more] = last.parameters;
  const count = countOf(number);
  if (element === undefined || count === undefined || more.length > 0) return undefined;
  return joined({ before: node.parameters.slice(0, -1), element, count });
}

/** A run may have begun before the part of it that was counted. */
function joined({ before, element, count }: Run): Run {
  let length = before.length;
  while (length > 0 && sameType(before[length - 1], element)) length--;
  return { before: before.slice(0, length), element, count: count + before.length - length };
}

function writtenRun(node: Application): Run | undefined {
  const element = node.parameters.at(-1);
  if (element === undefined || soleName(node) !== "Tuple" || !sameType(node.parameters.at(-2), element))
    return undefined;
  return joined({ before: node.parameters.slice(0, -1), element, count: 1 });
}

function countOf(node: TypeExpr | undefined): number | undefined {
  return node?.kind === "literal" && /^\d{1,9}$/.test(node.text) ? Number(node.text) : undefined;
}

/** The number of nodes; counting stops where the answer is "too many". */
function sizeWithin(node: TypeExpr, limit: number): number {
  let size = 1;
  for (const child of childrenOf(node)) {
    if (size > limit) return size;
    size += sizeWithin(child, limit - size);
  }
  return size;
}

/** Equal as texts, without printing them: most pairs differ at their first name. */
export function sameType(a: TypeExpr | undefined, b: TypeExpr): boolean {
  if (a === b) return true;
  if (a === undefined || a.kind !== b.kind || label(a) !== label(b)) return false;
  const [left, right] = [childrenOf(a), childrenOf(b)];
  return left.length === right.length && right.every((child, index) => sameType(left[index], child));
}

function label(node: TypeExpr): string {
  switch (node.kind) {
    case "path":
      return node.segments.map(({ name }) => name).join("\0");
    case "symbol":
      return node.name;
    case "literal":
      return node.text;
    case "tuple":
      return (node.names ?? []).join("\0");
    case "union-all":
      return `${node.variable.name.name} ${node.variable.lower === undefined} ${node.variable.upper === undefined}`;
    case "call":
      return node.arguments.map(({ name }) => name ?? "").join("\0");
    default:
      return "";
  }
}
