import type { Span } from "../../grammar/span.ts";
import type { StatementTree } from "../../grammar/type-expr.ts";
import type { Brand } from "../support/brand.ts";
import { printStatement } from "../syntax/print.ts";
import { canonicalize } from "./canonical.ts";
import type { GensymForm } from "./gensym.ts";
import { ownerOf } from "./owner.ts";

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
  /** The canonical tree; its spans count in the spelling it was read from. */
  readonly tree: StatementTree;
  /** The module whose method it is, `Base.Iterators`; `Core` where the name is unqualified. */
  readonly owner: string;
  /** Names of the repair rules that applied, in order. */
  readonly repairs: readonly string[];
  /** Only where repairs were turned off: the tree that is written and handed to Julia in place of the canonical one. */
  readonly unrepaired?: StatementTree;
}

/** What a parsed spelling states; every spelling of one statement gives the same digest. */
export function statementOf(parsed: StatementTree): Statement {
  const { tree, repairs } = canonicalize(parsed);
  const canonical = printStatement(tree) as CanonicalText;
  return { digest: digestOf(canonical), canonical, tree, owner: ownerOf(tree.signature), repairs };
}

/** Loaded with the first digest, as it takes a tenth of a start and who asks for one statement needs none. */
let hash: typeof import("node:crypto").hash | undefined;

export function digestOf(canonical: CanonicalText): StatementDigest {
  hash ??= process.getBuiltinModule("node:crypto").hash;
  return hash("sha256", canonical, "hex").slice(0, 32) as StatementDigest;
}

/** The text of a statement as it is written, without what marks it in a list. */
export function writtenText({ canonical, unrepaired }: Pick<Statement, "canonical" | "unrepaired">): string {
  return unrepaired === undefined ? canonical : printStatement(unrepaired);
}
