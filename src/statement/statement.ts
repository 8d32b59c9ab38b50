import { hash } from "node:crypto";
import type { Span } from "../../grammar/span.ts";
import type { StatementTree } from "../../grammar/type-expr.ts";
import type { Brand } from "../support/brand.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { printStatement } from "../syntax/print.ts";
import { canonicalize } from "./canonical.ts";
import type { GensymForm } from "./gensym.ts";
import { ownerOf } from "./owner.ts";
import type { RepairsOff } from "./repair.ts";

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
  const digest = hash("sha256", canonical, "hex").slice(0, 32) as StatementDigest;
  return { digest, canonical, tree, owner: ownerOf(tree.signature), repairs };
}

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

/** The text of a statement in a list. */
export function writtenText({ canonical, unrepaired }: Pick<Statement, "canonical" | "unrepaired">): string {
  return unrepaired === undefined ? canonical : printStatement(unrepaired);
}
