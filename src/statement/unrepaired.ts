import type { StatementTree } from "../../grammar/type-expr.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { printStatement } from "../syntax/print.ts";
import { canonicalize } from "./canonical.ts";
import type { RepairsOff } from "./repair.ts";
import { type Statement, statementOf } from "./statement.ts";

/**
 * The same statement, to be written as it was `parsed` but for the repairs that are not `off`. Repairs stay in the
 * digest: a rule that is turned off changes how a statement is spelled and not which one it is, so a list written
 * without repairs is the same set as the one with them, and every run, diff and stamp still knows its statements.
 */
export function withoutRepairs(parsed: StatementTree, off: RepairsOff): Statement {
  const statement = statementOf(parsed);
  if (!statement.repairs.some((name) => off.has(name))) return statement;
  const unrepaired = canonicalize(parsed, off).tree;
  const text = printStatement(unrepaired);
  // A symbol with a line break in it cannot stand unrepaired on a line of its own.
  const again = /\p{Cc}/u.test(text) ? undefined : parseStatement(text).tree;
  const same = again !== undefined && statementOf(again).digest === statement.digest;
  return same ? { ...statement, unrepaired } : statement;
}
