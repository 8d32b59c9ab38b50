import { type CanonicalText, statementOf } from "../statement/statement.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { isModuleRelative } from "../trace/module-names.ts";
import type { StoredStatement } from "./stored-statement.ts";

/**
 * What a statement of an older language version is now, read from what Julia printed: where `spelling` is null that was
 * the canonical text, and where it names things without their module the canonical text is all that tells which. Undefined
 * where it no longer reads: it stays as it is.
 */
export function renewedStatement(canonical: CanonicalText, spelling: string | null): StoredStatement | undefined {
  const printed = spelling === null ? undefined : parseStatement(spelling).tree;
  const tree = printed === undefined || isModuleRelative(printed) ? parseStatement(canonical).tree : printed;
  return tree && statementOf(tree);
}
