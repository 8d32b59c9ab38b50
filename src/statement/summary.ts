import type { StatementTree } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { closing, opening, type SplitBraces, splitSignature } from "../syntax/split-arguments.ts";
import { type Called, calledIn, methodText } from "./called.ts";
import { ownerOf } from "./owner.ts";
import { obstaclesIn, type PortabilityContext } from "./portability.ts";
import type { Obstacle } from "./statement.ts";
import { treeOf } from "./tree-of.ts";

/** What is asked of a statement that is counted or compared among many. */
export interface Summary {
  readonly owner: string;
  readonly kind: Called["kind"];
  /** In words, as `methodText` has it. */
  readonly method: string;
  /** Of the arguments, as they are printed. */
  readonly types: readonly string[];
}

/**
 * The same as reading all of the text tells. Most statements call what others call as well, so that one is read and
 * remembered; the arguments are cut out of the text, which is printed from a tree. `split`: where that was done before.
 */
export function summaryOf(canonical: string, split: SplitBraces | undefined = splitSignature(canonical)): Summary {
  const parts = partsOf(canonical, split);
  if (parts === undefined) return readSummary(treeOf(canonical));
  const called = parts[0] ?? "";
  let known = calledBefore.get(called);
  if (known === undefined) {
    known = plainSummary(called) ?? readSummary(treeOfArgument(called));
    if (calledBefore.size === mostRemembered) calledBefore.clear();
    calledBefore.set(called, known);
  }
  const { owner, kind, method } = known;
  return { owner, kind, method, types: parts.slice(1) };
}

/** As `obstaclesOf` says, in the order of the text; where arguments stand alone, their spans count from each one's begin. */
export function obstaclesInText(canonical: string, context: PortabilityContext = withoutPackages): readonly Obstacle[] {
  if (context.loadedPackages === undefined && !suspicious.test(canonical)) return [];
  const parts = argumentsIn(canonical);
  if (parts === undefined) return obstaclesIn(treeOf(canonical).signature, context);
  let known = obstaclesBefore.get(context);
  if (known === undefined || known.size > mostRemembered) {
    known = new Map();
    obstaclesBefore.set(context, known);
  }
  const found: Obstacle[] = [];
  for (const part of parts) {
    let ofPart = known.get(part);
    if (ofPart === undefined) {
      ofPart = obstaclesIn(treeOfArgument(part).signature, context);
      known.set(part, ofPart);
    }
    if (ofPart.length > 0) found.push(...ofPart);
  }
  return found;
}

/** Of each context that was asked for, what its arguments have; most arguments are those of other statements as well. */
const obstaclesBefore = new WeakMap<PortabilityContext, Map<string, readonly Obstacle[]>>();
const withoutPackages: PortabilityContext = {};

/** Without one of these, no name is the compiler's or the script's, and no value is written as no Julia reads it. */
const suspicious = /[#="]|\bMain\b|\banonymous\b/;

const plainFunction = /^typeof\(((?:[A-Za-z_]\w*!?\.)*)([A-Za-z_][\w!]*)\)$/;
const plainType = /^Type\{((?:[A-Za-z_]\w*!?\.)*)(?!Type\b)([A-Za-z_][\w!]*)(?:\{.*\})?\}$/s;

/** Of what is called by a plain name, a function or a type; undefined where it has to be read. */
function plainSummary(called: string): Summary | undefined {
  const [, modules = "", name] = plainFunction.exec(called) ?? plainType.exec(called) ?? [];
  if (name === undefined) return undefined;
  const kind = called.startsWith("Type{") ? "constructor" : "function";
  return {
    owner: modules.slice(0, -1) || "Core",
    kind,
    method: methodText({ kind, name: modules + name }),
    types: [],
  };
}

const calledBefore = new Map<string, Summary>();
const mostRemembered = 20_000;

/** What is called, and the arguments; undefined where what is called stands among these, or all of it has a `where`. */
function partsOf(canonical: string, split: SplitBraces | undefined): readonly string[] | undefined {
  const parts = isWhole(canonical, split) ? split.parts : undefined;
  return parts?.[0]?.includes("kw") ? undefined : parts;
}

/** What stands between the braces, what is called first. Undefined where all of it has a `where`: a variable alone says less. */
export function argumentsIn(canonical: string): readonly string[] | undefined {
  const split = splitSignature(canonical);
  return isWhole(canonical, split) ? split.parts : undefined;
}

const isWhole = (canonical: string, split: SplitBraces | undefined): split is SplitBraces =>
  split?.close === canonical.length - closing.length;

/** All of it, of the tree. */
export function readSummary({ signature }: StatementTree): Summary {
  const called = calledIn({ signature });
  return {
    owner: ownerOf(signature),
    kind: called.kind,
    method: methodText(called),
    types: called.types.map(printTypeExpr),
  };
}

/** Of a statement that has this argument alone. */
export const treeOfArgument = (argument: string): StatementTree => treeOf(opening + argument + closing);
