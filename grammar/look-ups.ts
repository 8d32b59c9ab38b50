import type { Complain } from "./nodes.ts";
import type { Span } from "./span.ts";
import type { Call, Path, SymbolLiteral, TypeExpr } from "./type-expr.ts";

// What has no name that holds in another build is found from a method, which a signature names: `which(Tuple{…})`.
// The body of a keyword method is `Base.bodyfunction(which(…))`, the generator of a generated one
// `which(…).generator.gen`, and the n-th type of the closures in a lowered body is `closuretype(which(…), n)`, which is
// no Julia but ours.

/** Our own word: Julia has none for the types that a lowered body names. */
export const closureType = "closuretype";

/** `which(Tuple{typeof(f), A})`, also for `which(f, (A,))`. */
export const methodOf = (signature: TypeExpr, callee: Span, span: Span): Call =>
  call("which", callee, [signature], span);

/** `method.generator.gen`, the only thing of a method that statements name. */
export function generatorOf(method: Call, members: string, span: Span, complain: Complain): Call {
  if (members !== ".generator.gen") complain("of a method only the generator, `.generator.gen`, has a type", span);
  return member(member(method, "generator", span), "gen", span);
}

/** SnoopCompile looked bodies up with a function of its own, before Julia had one. */
export function withJuliaName(found: Call): Call {
  const { callee } = found;
  if (callee.kind !== "path" || callee.segments[0].name !== "__lookup_kwbody__") return found;
  return { ...found, callee: { ...callee, segments: [plain("Base"), plain("bodyfunction")] } };
}

const member = (owner: TypeExpr, name: string, span: Span): Call => {
  const field: SymbolLiteral = { kind: "symbol", span, name, spelling: "quoted", escaped: true };
  return call("getfield", span, [owner, field], span);
};

const plain = (name: string): Path["segments"][0] => ({ name, style: "plain" });
const call = (name: string, callee: Span, values: readonly TypeExpr[], span: Span): Call => ({
  kind: "call",
  span,
  callee: { kind: "path", span: callee, segments: [plain(name)] },
  arguments: values.map((value) => ({ value })),
});
