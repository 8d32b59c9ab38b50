import type { SightingSink } from "../statement/provenance.ts";
import { type Statement, type StatementDigest, statementOf } from "../statement/statement.ts";
import { parseStatement } from "../syntax/parse-statement.ts";

/** A sink for what need not be stored. */
export function collecting(statements: Map<StatementDigest, Statement>): SightingSink {
  return {
    sighting: ({ digest, canonical }) => {
      if (statements.has(digest)) return;
      const { tree } = parseStatement(canonical);
      if (tree !== undefined) statements.set(digest, statementOf(tree));
    },
    damage: () => {},
    repeated: () => {},
  };
}
