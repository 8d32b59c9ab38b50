import { type Statement, statementOf } from "../../src/statement/statement.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";

/** The statement a text states; a text that states none is a mistake in the test. */
export function statementFrom(text: string): Statement {
  const { tree, diagnostics } = parseStatement(text);
  if (tree === undefined) throw new Error(`${diagnostics[0]?.message}: ${text}`);
  return statementOf(tree);
}

/** The canonical text of one type, taken through a statement that holds it. */
export function canonicalType(type: string): string {
  const { canonical } = statementFrom(`precompile(Tuple{Base.Val{${type}}})`);
  return canonical.slice("precompile(Tuple{Base.Val{".length, -"}})".length);
}
