import type { Application, TypeExpr } from "../../grammar/type-expr.ts";
import { applicationOf, soleName } from "./build-type-expr.ts";
import { childrenOf } from "./map-type-expr.ts";

/** A run of equal elements is written out up to this many nodes, and counted, `NTuple{n, T}`, above it. */
export const writtenOutLimit = 256;

/**
 * Julia <= 1.8 writes every element of a tuple type, Julia >= 1.9 counts a trailing run of more than three. Which of
 * the two is canonical depends on the size of the run alone, so both spellings get the same one, and a line that says
 * `NTuple{1000000, T}` stays small.
 */
export function foldTupleRun(node: Application): Application {
  const { span } = node;
  const run = countedRun(node) ?? writtenRun(node);
  if (run === undefined) return node;
  const { before, element, count } = run;
  const small = count < 2 || count * sizeWithin(element, writtenOutLimit) <= writtenOutLimit;
  if (small) return rewritten(node, [...before, ...Array<TypeExpr>(count).fill(element)]);
  const number: TypeExpr = { kind: "literal", span, type: "integer", text: String(count) };
  if (before.length === 0) return applicationOf("NTuple", [number, element], span);
  return rewritten(node, [...before, applicationOf("Vararg", [element, number], span)]);
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
