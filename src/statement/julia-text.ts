import { calleeName } from "../../grammar/calls.ts";
import { closureType } from "../../grammar/look-ups.ts";
import type { Call, TypeExpr } from "../../grammar/type-expr.ts";
import { err, ok, type Result } from "../support/result.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { applicationOf, callOf, symbolOf } from "./build-type-expr.ts";
import { isIdentifier } from "./julia-name.ts";
import { mapChildren } from "./map-type-expr.ts";
import { noneOff, type RepairsOff } from "./repair.ts";
import { repairForReplay } from "./replay-repair.ts";
import type { Statement } from "./statement.ts";

/** Why a statement cannot be handed to Julia, in the user's words. */
export type JuliaTextTrouble =
  | "a struct value cannot be replayed"
  | "a field name is no identifier"
  | "a repair that it needs is turned off";

/**
 * The signature as a Julia expression that builds a type and can do nothing else: the only calls in it are Julia's own
 * `typeof`, `getfield`, `reinterpret`, `Symbol`, `Core.kwftype` and, on a number, the number types of `Core`, and the
 * look-ups `which`, `Base.bodyfunction` and `closuretype`, which replay.jl answers itself. A struct
 * is written as its type and its fields, `reinterpret(T, (a=1,))`, not as a call of whatever is named before them.
 */
export function printForJulia(
  statement: Pick<Statement, "tree" | "unrepaired">,
  off: RepairsOff = noneOff,
): Result<string, JuliaTextTrouble> {
  let trouble: JuliaTextTrouble | undefined;
  const rewrite = (node: TypeExpr): TypeExpr => {
    const inner = mapChildren(node, rewrite);
    if (fieldNames(inner).some((name) => !isIdentifier(name))) trouble ??= "a field name is no identifier";
    if (inner.kind !== "call") return inner;
    const inert = inertCall(inner, off);
    if (inert === undefined) {
      trouble ??= off.size > 0 ? "a repair that it needs is turned off" : "a struct value cannot be replayed";
    }
    return inert ?? inner;
  };
  const text = printTypeExpr(rewrite((statement.unrepaired ?? statement.tree).signature));
  return trouble === undefined ? ok(text) : err(trouble);
}

function fieldNames(node: TypeExpr): readonly string[] {
  if (node.kind === "tuple") return node.names ?? [];
  return node.kind === "call" ? node.arguments.flatMap(({ name }) => name ?? []) : [];
}

const naming = new Set([
  "typeof",
  "Core.kwftype",
  "reinterpret",
  "getfield",
  "which",
  "Base.bodyfunction",
  closureType,
]);
const numberTypes = /^(?:U?Int(?:8|16|32|64|128)|Float(?:16|32|64))$/;

function inertCall(call: Call, off: RepairsOff): TypeExpr | undefined {
  const name = calleeName(call);
  if (name !== undefined && naming.has(name)) return call;
  const [only, ...more] = call.arguments;
  if (only === undefined) return instanceOf(call);
  const repaired = repairForReplay(call, off);
  if (repaired !== undefined) return repaired;
  if (more.length > 0 || only.name !== undefined || only.value.kind !== "literal") return undefined;
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
