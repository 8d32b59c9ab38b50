import type { StatementTree, TypeExpr } from "../../grammar/type-expr.ts";
import { applicationOf, pathOf, soleName } from "./build-type-expr.ts";
import { type Fold, folds, foldsOfRenamed } from "./folds.ts";
import { mapChildren } from "./map-type-expr.ts";
import { noneOff, type RepairsOff, repairs } from "./repair.ts";
import { renameVariables } from "./variables.ts";

export interface Canonical {
  readonly tree: StatementTree;
  /** Names of the repairs that applied, each once, in the order of the table. */
  readonly repairs: readonly string[];
}

interface Step {
  readonly repair: string | undefined;
  readonly apply: (node: TypeExpr) => TypeExpr | undefined;
}

/** The rules that look at a node, found without asking each of them. */
type Steps = (node: TypeExpr) => readonly Step[];

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
  return (node) =>
    node.kind === "application" ? (byHead.get(soleName(node) ?? "") ?? elsewhere) : (byKind.get(node.kind) ?? []);
}
const allSteps = stepsWithout(noneOff);

/**
 * The tree every spelling of a statement shares: repaired, synonyms folded, bound variables renamed. With repairs
 * `off` it is a text to write, not the one to make a digest of.
 */
export function canonicalize(tree: StatementTree, off: RepairsOff = noneOff): Canonical {
  const stepsOf = off.size === 0 ? allSteps : stepsWithout(off);
  const applied = new Set<string>();
  let bindsVariables = false;
  const rewrite = (node: TypeExpr): TypeExpr => {
    let current = withNamedCallee(mapChildren(node, rewrite), node, rewrite);
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
    return current;
  };
  const folded = asSignature(rewrite(tree.signature));
  const renamed = bindsVariables ? renameVariables(folded) : folded;
  const names = repairs.map(({ name }) => name).filter((name) => applied.has(name));
  return { tree: { signature: foldRuns(renamed) }, repairs: names };
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

const renamedFolds: ReadonlyMap<string, Fold["fold"]> = new Map(
  foldsOfRenamed.flatMap(({ heads = [], fold }) => heads.map((head) => [head, fold])),
);

/** After renaming: elements and members that differ in the names of their variables only are the same. */
function foldRuns(node: TypeExpr): TypeExpr {
  const folded = mapChildren(node, foldRuns);
  const fold = folded.kind === "application" ? renamedFolds.get(soleName(folded) ?? "") : undefined;
  return fold?.(folded) ?? folded;
}
