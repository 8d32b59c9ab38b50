import type { StatementTree, TypeExpr } from "../../grammar/type-expr.ts";
import { childrenOf, mapChildren } from "./map-type-expr.ts";
import { isKwcall, isMemory, olderSorterOf } from "./relative-rewrites.ts";
import { type JuliaRelease, kwcallSince, memorySince, noMemory, type Rewrite, relatives } from "./relatives.ts";

interface CrossingRow {
  readonly rewrite: Rewrite;
  readonly cannotCross: string | undefined;
}

/** A canonical tree in the words of a release, or why there are none. */
export type Crossing = { readonly tree: StatementTree } | { readonly obstacle: string };

export function crossTo(release: JuliaRelease, { signature }: StatementTree): Crossing {
  const rows = relatives.map(
    ({ newer, older, since, cannotCross }): CrossingRow => ({
      rewrite: isAtLeast(release, since) ? newer : older,
      cannotCross,
    }),
  );
  const obstacle = firstObstacle(signature, rows) ?? withoutCounterpart(release, signature);
  if (obstacle !== undefined) return { obstacle };
  const rewrite = (node: TypeExpr): TypeExpr =>
    rows.reduce((current, row) => row.rewrite(current) ?? current, mapChildren(node, rewrite));
  return { tree: { signature: rewrite(signature) } };
}

function firstObstacle(node: TypeExpr, rows: readonly CrossingRow[]): string | undefined {
  for (const { rewrite, cannotCross } of rows)
    if (cannotCross !== undefined && rewrite(node) !== undefined) return cannotCross;
  for (const child of childrenOf(node)) {
    const obstacle = firstObstacle(child, rows);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

/** What no row can say the older way. */
function withoutCounterpart(release: JuliaRelease, node: TypeExpr): string | undefined {
  if (!isAtLeast(release, memorySince) && isMemory(node)) return noMemory;
  if (!isAtLeast(release, kwcallSince) && node.kind === "application") {
    const [sorter, , called] = node.parameters;
    const unnamed = sorter !== undefined && called !== undefined && isKwcall(sorter) && !olderSorterOf(called, sorter);
    if (unnamed) return "keyword call of a value (named otherwise before Julia 1.9)";
  }
  for (const child of childrenOf(node)) {
    const obstacle = withoutCounterpart(release, child);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

export const isAtLeast = (release: JuliaRelease, { major, minor }: JuliaRelease): boolean =>
  release.major > major || (release.major === major && release.minor >= minor);

/** The first Julia that has all the names of a statement, where its table knows one; older names stay in newer Julias. */
export function neededRelease({ signature }: StatementTree): JuliaRelease | undefined {
  let needed: JuliaRelease | undefined;
  const need = (release: JuliaRelease): void => {
    if (needed === undefined || isAtLeast(release, needed)) needed = release;
  };
  const visit = (node: TypeExpr): void => {
    for (const { older, since } of relatives) if (older(node) !== undefined) need(since);
    if (isMemory(node)) need(memorySince);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(signature);
  return needed;
}
