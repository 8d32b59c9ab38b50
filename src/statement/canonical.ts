import type { StatementTree, TypeExpr } from "../../grammar/type-expr.ts";
import { applicationOf, pathOf, soleName } from "./build-type-expr.ts";
import { type Fold, folds, foldsOfRenamed } from "./folds.ts";
import { mapChildren } from "./map-type-expr.ts";
import { noneOff, type RepairsOff, repairs } from "./repair.ts";
import { withinBounds } from "./tuple-run.ts";
import { freeNames, mayNameVariable, renameVariables, variableName, withOwnName } from "./variables.ts";

export interface Canonical {
  readonly tree: StatementTree;
  /** Names of the repairs that applied, each once, in the order of the table. */
  readonly repairs: readonly string[];
}

interface Step {
  readonly repair: string | undefined;
  readonly apply: (node: TypeExpr) => TypeExpr | undefined;
  readonly relates?: Fold["relates"] | undefined;
}

/** The rules that look at a node, found without asking each of them. */
interface Steps {
  readonly of: (node: TypeExpr) => readonly Step[];
  /** At an application of what has this name. */
  readonly at: (head: string) => readonly Step[];
}

/** Every rule at the kind of node it looks at. Repairs come first: a fold may rely on what was meant. */
function stepsWithout(off: RepairsOff): Steps {
  const steps: readonly (Step & Pick<Fold, "kind" | "heads">)[] = [
    ...repairs
      .filter(({ name }) => !off.has(name))
      .map(({ kind, name, repair }) => ({ kind, repair: name, apply: repair })),
    ...folds.map(({ fold, ...row }) => ({ ...row, repair: undefined, apply: fold })),
  ];
  const byKind = Map.groupBy(steps, ({ kind }) => kind);
  const ofApplications = byKind.get("application") ?? [];
  const atHead = (head: string): readonly Step[] => ofApplications.filter(({ heads }) => heads?.includes(head) ?? true);
  const byHead = new Map(ofApplications.flatMap(({ heads = [] }) => heads).map((head) => [head, atHead(head)]));
  const elsewhere = atHead("");
  const at = (head: string) => byHead.get(head) ?? elsewhere;
  return { at, of: (node) => (node.kind === "application" ? at(soleName(node) ?? "") : (byKind.get(node.kind) ?? [])) };
}
const allSteps = stepsWithout(noneOff);
const noNames: ReadonlySet<string> = new Set();

/**
 * The tree every spelling of a statement shares: repaired, synonyms folded, bound variables renamed. With repairs
 * `off` it is a text to write, not the one to make a digest of.
 */
export function canonicalize(tree: StatementTree, off: RepairsOff = noneOff): Canonical {
  const { of: stepsOf } = off.size === 0 ? allSteps : stepsWithout(off);
  const applied = new Set<string>();
  let bindsVariables = false;
  let hasRuns = false;
  let hasVariableName = false;
  const rewrite = (node: TypeExpr): TypeExpr => {
    const unmistakable = node.kind === "union-all" ? withOwnName(node) : node;
    let current = withNamedCallee(mapChildren(unmistakable, rewrite), unmistakable, rewrite);
    for (const step of stepsOf(current)) {
      const next = step.apply(current);
      if (next === undefined) continue;
      if (step.repair !== undefined) applied.add(step.repair);
      // A fold may have written out a variable that the alias left out.
      bindsVariables ||= step.repair === undefined && current.kind === "application";
      const done = next.kind !== current.kind;
      current = next;
      if (done) break;
    }
    bindsVariables ||= current.kind === "union-all";
    hasVariableName ||= current.kind === "path" && variableName.test(current.segments[0].name);
    hasRuns ||= current.kind === "application" && renamedFolds.has(soleName(current) ?? "");
    return current;
  };
  const folded = asSignature(rewrite(tree.signature));
  const taken = bindsVariables && hasVariableName ? freeNames(folded, variableName) : noNames;
  const renamed = bindsVariables ? renameVariables(folded, taken) : folded;
  const names = repairs.map(({ name }) => name).filter((name) => applied.has(name));
  return { tree: { signature: withinBounds(hasRuns ? foldRuns(renamed) : renamed) }, repairs: names };
}

/** A value is printed behind a name; the type that an alias stands for may be none. */
function withNamedCallee(folded: TypeExpr, node: TypeExpr, rewrite: (node: TypeExpr) => TypeExpr): TypeExpr {
  if (folded.kind !== "call" || node.kind !== "call" || folded.callee.kind !== "union-all") return folded;
  return { ...folded, callee: mapChildren(node.callee, rewrite) };
}

/** `Tuple{Vararg{Any}}` is `Tuple` everywhere but as a whole signature, which is written with its braces. */
function asSignature(node: TypeExpr): TypeExpr {
  if (node.kind !== "path") return node;
  return applicationOf("Tuple", [applicationOf("Vararg", [pathOf(["Any"], node.span)], node.span)], node.span);
}

const renamedFolds: ReadonlyMap<string, Fold> = new Map(
  foldsOfRenamed.flatMap((row) => (row.heads ?? []).map((head) => [head, row])),
);

/** After renaming: elements and members that differ in the names of their variables only are the same. */
function foldRuns(node: TypeExpr): TypeExpr {
  const folded = mapChildren(node, foldRuns);
  const row = folded.kind === "application" ? renamedFolds.get(soleName(folded) ?? "") : undefined;
  return row?.fold(folded) ?? folded;
}

/** No rule knows this name: behind it, only the parameters themselves are rewritten. */
const anyHead = pathOf(["#any"], { start: 0, end: 0 });

/**
 * The one argument of a statement, read of `text`, canonical as it is beside any others in any braces. Undefined where it
 * says something about what is around it, or holds a name that a variable of another argument would get.
 */
export function canonicalArgument({ signature }: StatementTree, text: string): TypeExpr | undefined {
  if (signature.kind !== "application" || signature.parameters.length !== 1) return undefined;
  if (mayNameVariable(text) && freeNames(signature, variableName).size > 0) return undefined;
  const { tree } = canonicalize({ signature: { ...signature, head: anyHead } });
  return tree.signature.kind === "application" ? tree.signature.parameters[0] : undefined;
}

/** The one argument of a statement, canonical as it is in front of braces; undefined where it is more than a name. */
export function canonicalHead({ signature }: StatementTree): TypeExpr | undefined {
  const [head] = signature.kind === "application" ? signature.parameters : [];
  if (head?.kind !== "path" || freeNames(head, variableName).size > 0) return undefined;
  const { tree } = canonicalize({ signature: { kind: "application", span: head.span, head, parameters: [] } });
  return tree.signature.kind === "application" && tree.signature.head.kind === "path" ? tree.signature.head : undefined;
}

/**
 * The canonical texts that canonical texts have together in the braces behind a name. Undefined where it takes their
 * trees to tell.
 */
export function together(head: string, parameters: readonly string[]): readonly string[] | undefined {
  let texts = parameters;
  for (const { relates } of rulesAt(head)) {
    const related = relates?.(texts, head) ?? true;
    if (related === true) return undefined;
    if (related !== false) texts = related;
  }
  return texts;
}

/**
 * Whether a canonical text in the braces of a tuple may have to do with those beside it, by all rules but that of runs: it may
 * be a keyword sorter, or an open or counted end.
 */
export const mayRelate = (parameter: string): boolean =>
  parameter.includes("kw") || parameter.startsWith("Vararg{") || parameter === "Vararg";

/** Here rules look at texts; elsewhere only at how many there are. */
const tuples: ReadonlySet<string> = new Set(["Tuple", "NTuple"]);

/** Whether so many canonical texts, whatever they are, stay as they are in the braces behind a name. */
export function stayApart(head: string, count: number): boolean {
  const any = Array<string>(count).fill("");
  return !tuples.has(head) && together(head, any) === any;
}

const rulesOfNames = new Map(
  [...renamedFolds].map(([head, row]): [string, readonly Pick<Step, "relates">[]] => [
    head,
    [...allSteps.at(head), row],
  ]),
);
const rulesAt = (head: string): readonly Pick<Step, "relates">[] => rulesOfNames.get(head) ?? allSteps.at(head);
