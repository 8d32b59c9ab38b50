import type { Kind, StatementTree, TypeExpr } from "../../grammar/type-expr.ts";
import { folds } from "./folds.ts";
import { mapChildren } from "./map-type-expr.ts";
import { repairs } from "./repair.ts";
import { foldTupleRun } from "./tuple-run.ts";
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

/** Every rule at the kind of node it looks at. Repairs come first: a fold may rely on what was meant. */
const stepsOf: ReadonlyMap<Kind, readonly Step[]> = Map.groupBy(
  [
    ...repairs.map(({ kind, name, repair }) => ({ kind, repair: name, apply: repair })),
    ...folds.map(({ kind, fold }) => ({ kind, repair: undefined, apply: fold })),
  ],
  ({ kind }) => kind,
);

/** The tree every spelling of a statement shares: repaired, synonyms folded, bound variables renamed. */
export function canonicalize(tree: StatementTree): Canonical {
  const applied = new Set<string>();
  let bindsVariables = false;
  const rewrite = (node: TypeExpr): TypeExpr => {
    let current: TypeExpr = mapChildren(node, rewrite);
    for (const step of stepsOf.get(current.kind) ?? []) {
      const next = step.apply(current);
      if (next === undefined) continue;
      if (step.repair !== undefined) applied.add(step.repair);
      const done = next.kind !== current.kind;
      current = next;
      if (done) break;
    }
    bindsVariables ||= current.kind === "union-all";
    return current;
  };
  const folded = rewrite(tree.signature);
  const renamed = bindsVariables ? renameVariables(folded) : folded;
  const names = repairs.map(({ name }) => name).filter((name) => applied.has(name));
  return { tree: { signature: foldRuns(renamed) }, repairs: names };
}

/** After renaming: elements that differ in the names of their variables only are the same. */
function foldRuns(node: TypeExpr): TypeExpr {
  const folded = mapChildren(node, foldRuns);
  return folded.kind === "application" ? foldTupleRun(folded) : folded;
}
