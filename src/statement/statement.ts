import type { Span } from "../diagnostics/diagnostic.ts";
import type { StatementTree } from "../syntax/type-expr.ts";
import type { Brand } from "../support/brand.ts";
import type { GensymForm } from "./gensym.ts";

/** 32 hex digits: the first 128 bits of SHA-256 over the canonical text. */
export type StatementDigest = Brand<string, "StatementDigest">;
/** A whole `precompile(Tuple{…})` line as preimage writes it: repaired, synonyms folded, bound variables renamed. */
export type CanonicalText = Brand<string, "CanonicalText">;

/** One reason why a statement is not portable. */
export type Obstacle =
  | { readonly kind: "gensym"; readonly span: Span; readonly name: string; readonly form: GensymForm }
  | { readonly kind: "main-owned"; readonly span: Span; readonly name: string }
  | { readonly kind: "lossy-literal"; readonly span: Span; readonly text: string };

export type Portability =
  | { readonly portable: true }
  | { readonly portable: false; readonly obstacles: readonly [Obstacle, ...Obstacle[]] };

export interface Statement {
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
  readonly tree: StatementTree;
  /** The module whose method it is, `Base.Iterators`; `Core` where the name is unqualified. */
  readonly owner: string;
  /** Names of the repair rules that applied, in order. */
  readonly repairs: readonly string[];
}
