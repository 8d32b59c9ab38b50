import type { StatementColumns } from "../page-data.ts";

export type Measure = "ms" | "statements";

/** A module, a method or a statement; or several small ones at once. */
export interface Whose {
  readonly owner?: number;
  readonly method?: number;
  readonly statement?: number;
  /** How many are too small for a place of their own. */
  readonly more?: number;
  readonly value: number;
  readonly count: number;
  readonly children: readonly Whose[];
}

/** Whose statements, or whose time: modules, their methods, those methods' statements; the biggest first. */
export function whoseTree(columns: StatementColumns, measure: Measure): Whose {
  const worth = (statement: number): number => (measure === "ms" ? (columns.compileMs[statement] ?? 0) : 1);
  const all = columns.text.map((_, index) => index);
  const owners = grouped(all, (index) => columns.owner[index] ?? -1).map(([owner, ofOwner]) => {
    const methods = grouped(ofOwner, (index) => columns.method[index] ?? -1).map(([method, statements]) =>
      branch(
        { owner, method },
        statements.map((statement) => ({
          owner,
          method,
          statement,
          value: worth(statement),
          count: 1,
          children: [],
        })),
      ),
    );
    return branch({ owner }, methods);
  });
  return branch({}, owners);
}

const grouped = (
  indices: readonly number[],
  keyOf: (index: number) => number,
): readonly (readonly [number, number[]])[] => [...Map.groupBy(indices, keyOf)];

function branch(of: Pick<Whose, "owner" | "method">, children: readonly Whose[]): Whose {
  const known = children.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value);
  const value = known.reduce((sum, child) => sum + child.value, 0);
  const count = children.reduce((sum, child) => sum + child.count, 0);
  return { ...of, value, count, children: known };
}

/** Two levels of it, with what would be smaller than `smallest` taken together. */
export function twoLevels(root: Whose, smallest: number): Whose {
  return withoutSmall({ ...root, children: root.children.map((child) => leafless(child, smallest)) }, smallest);
}

function leafless(node: Whose, smallest: number): Whose {
  if (node.children.length === 0) return node;
  return withoutSmall({ ...node, children: node.children.map((child) => ({ ...child, children: [] })) }, smallest);
}

function withoutSmall(node: Whose, smallest: number): Whose {
  const small = node.children.filter(({ value }) => value < smallest);
  if (small.length < 2) return node;
  const merged = branch({}, small);
  const owner = node.owner === undefined ? {} : { owner: node.owner };
  const more: Whose = { ...merged, ...owner, more: small.length, children: [] };
  return { ...node, children: [...node.children.filter(({ value }) => value >= smallest), more] };
}
