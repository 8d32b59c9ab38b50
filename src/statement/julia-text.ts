import { calleeName } from "../../grammar/calls.ts";
import type { Call, TypeExpr } from "../../grammar/type-expr.ts";
import { err, ok, type Result } from "../support/result.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { applicationOf, callOf, symbolOf } from "./build-type-expr.ts";
import { isIdentifier } from "./julia-name.ts";
import { mapChildren } from "./map-type-expr.ts";
import type { Statement } from "./statement.ts";

/** Why a statement cannot be handed to Julia, in the user's words. */
export type JuliaTextTrouble = "a struct value cannot be replayed" | "a field name is no identifier";

/**
 * The signature as a Julia expression that builds a type and can do nothing else: the only calls in it are Julia's own
 * `typeof`, `getfield`, `reinterpret`, `Symbol`, `Core.kwftype` and, on a number, the number types of `Core`.
 */
export function printForJulia(statement: Statement): Result<string, JuliaTextTrouble> {
  let trouble: JuliaTextTrouble | undefined;
  const rewrite = (node: TypeExpr): TypeExpr => {
    const inner = mapChildren(node, rewrite);
    if (inner.kind === "tuple" && inner.names?.every(isIdentifier) === false)
      trouble ??= "a field name is no identifier";
    if (inner.kind !== "call") return inner;
    const inert = inertCall(inner);
    if (inert === undefined) trouble ??= "a struct value cannot be replayed";
    return inert ?? inner;
  };
  const text = printTypeExpr(rewrite(statement.tree.signature));
  return trouble === undefined ? ok(text) : err(trouble);
}

const naming = new Set(["typeof", "Core.kwftype", "reinterpret", "getfield"]);
const numberTypes = /^(?:U?Int(?:8|16|32|64|128)|Float(?:16|32|64))$/;

function inertCall(call: Call): TypeExpr | undefined {
  const name = calleeName(call);
  if (name !== undefined && naming.has(name)) return call;
  const [only, ...more] = call.arguments;
  if (only === undefined) return instanceOf(call);
  if (more.length > 0 || only.name !== undefined || only.value.kind !== "literal") return undefined;
  if (only.value.type === "hex") return callOf(["reinterpret"], [call.callee, only.value], call.span);
  return numberTypes.test(name ?? "") ? call : undefined;
}

/** The value of a type without fields is kept by the type itself. */
function instanceOf({ callee, span }: Call): TypeExpr {
  const noNames: TypeExpr = { kind: "tuple", span, items: [] };
  const isEmptyNamedTuple = callee.kind === "path" && printTypeExpr(callee) === "NamedTuple";
  const type = isEmptyNamedTuple
    ? applicationOf("NamedTuple", [noNames, applicationOf("Tuple", [], span)], span)
    : callee;
  return callOf(["getfield"], [type, { ...symbolOf("instance", span), spelling: "call" }], span);
}
