import type { StatementTree } from "../../grammar/type-expr.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { DamagedText } from "./damaged-text.ts";

/** The text is canonical, so its tree is as well. Throws `DamagedText` where it is none. */
export function treeOf(canonical: string): StatementTree {
  const { tree } = parseStatement(canonical);
  if (tree === undefined) throw new DamagedText(`it holds a text that is no statement: ${canonical}`);
  return tree;
}
