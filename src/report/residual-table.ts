import type { Residual } from "../analysis/residual-cause.ts";
import { countBy, cut } from "./rendering.ts";
import { facts, table } from "./table.ts";

/** What still compiles and why, then what the reasons mean; empty where nothing does. */
export function residualTable(residual: readonly Residual[], title: string): string {
  if (residual.length === 0) return "";
  const head = [
    [title, "left"],
    ["statement", "left"],
  ] as const;
  const rows = residual.map(({ statement, cause }) => [cause, cut(statement, 110)]);
  const meanings = new Map(residual.map(({ cause, detail }) => [cause, detail]));
  return `${table(head, rows)}\n${facts([...meanings])}`;
}

/** `belongs to the script 9, too abstract 2`, most first. */
export const causesText = (residual: readonly Residual[]): string =>
  countBy(residual.map(({ cause }) => cause))
    .map(([cause, count]) => `${cause} ${count}`)
    .join(", ");
