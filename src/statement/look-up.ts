import { calleeName } from "../../grammar/calls.ts";
import { closureType } from "../../grammar/look-ups.ts";
import type { Call, Literal, Path, StatementTree, TypeExpr } from "../../grammar/type-expr.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { callOf, symbolOf } from "./build-type-expr.ts";
import { gensymOf } from "./gensym.ts";
import { childrenOf, mapChildren } from "./map-type-expr.ts";

/**
 * What stands in front of a statement with a look-up in a list: only preimage understands one, and to everybody else the
 * line is a comment.
 */
export const directivePrefix = "#preimage: ";

/** A statement as a line of a list. */
export const listed = (text: string): string => (/[({ ]which\(/.test(text) ? directivePrefix + text : text);

/** How a compiler-made type is found from a method; `number` counts the closures of its lowered body from 1 on. */
export type Lead =
  | { readonly form: "keyword-body" | "generator"; readonly signature: string }
  | { readonly form: "closure"; readonly number: number; readonly signature: string };

/** A compiler-made type by its printed name, `Dates.var"#7#12"`. */
export type Leads = ReadonlyMap<string, Lead>;

/** Names of types that the compiler made and that another build numbers anew, each once. */
export function numberedNames({ signature }: StatementTree): readonly Path[] {
  const found = new Map<string, Path>();
  const visit = (node: TypeExpr): void => {
    if (node.kind === "path" && isNumbered(node)) found.set(printTypeExpr(node), node);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(signature);
  return [...found.values()];
}

function isNumbered({ segments }: Path): boolean {
  const made = gensymOf(segments.at(-1)?.name ?? "");
  return made !== undefined && !made.stable && segments.length > 1;
}

/** The statement with look-ups in place of the names that have a lead. */
export function withLookUps({ signature }: StatementTree, leads: Leads): StatementTree {
  // A closure's method has the closure in its own signature: such a lead leads nowhere.
  const rewriteWithin = (within: ReadonlySet<string>) => {
    const rewrite = (node: TypeExpr): TypeExpr => {
      if (node.kind !== "path" || !isNumbered(node)) return mapChildren(node, rewrite);
      const name = printTypeExpr(node);
      const lead = within.has(name) ? undefined : leads.get(name);
      const method = lead && parseStatement(`precompile(${lead.signature})`).tree;
      if (lead === undefined || method === undefined) return node;
      return lookUpOf(lead, rewriteWithin(new Set([...within, name]))(method.signature), node);
    };
    return rewrite;
  };
  return { signature: rewriteWithin(new Set())(signature) };
}

function lookUpOf(lead: Lead, signature: TypeExpr, { span }: TypeExpr): Call {
  const method = callOf(["which"], [signature], span);
  switch (lead.form) {
    case "keyword-body":
      return callOf(["typeof"], [callOf(["Base", "bodyfunction"], [method], span)], span);
    case "generator": {
      const generator = callOf(["getfield"], [method, symbolOf("generator", span)], span);
      return callOf(["typeof"], [callOf(["getfield"], [generator, symbolOf("gen", span)], span)], span);
    }
    case "closure": {
      const number: Literal = { kind: "literal", span, type: "integer", text: String(lead.number) };
      return callOf([closureType], [method, number], span);
    }
  }
}

/** Whether Julia has to look something up to know the statement. */
export function holdsLookUp(node: TypeExpr): boolean {
  return (node.kind === "call" && calleeName(node) === "which") || childrenOf(node).some(holdsLookUp);
}
