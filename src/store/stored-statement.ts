import type { CanonicalText, StatementDigest } from "../statement/statement.ts";

/** A statement as the store holds it. */
export interface StoredStatement {
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
}
