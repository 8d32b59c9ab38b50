import type { Call, CallArgument, TypeExpr } from "./type-expr.ts";

/** `Core.kwftype` for a callee that is a plain path, `undefined` for any other. */
export function calleeName(call: Call): string | undefined {
  const { callee } = call;
  if (callee.kind !== "path") return undefined;
  const [{ name, style }, ...more] = callee.segments;
  if (more.length === 0) return style === "plain" ? name : undefined;
  if (callee.segments.some((segment) => segment.style !== "plain")) return undefined;
  return callee.segments.map((segment) => segment.name).join(".");
}

/** The calls Julia prints to name a type or a value; none of them can do anything else. */
const namingCalls: ReadonlyMap<string, (values: readonly TypeExpr[]) => boolean> = new Map([
  ["typeof", (values) => values.length === 1],
  ["Core.kwftype", ([value, ...more]) => more.length === 0 && isTypeOf(value)],
  ["reinterpret", ([type, bits, ...more]) => more.length === 0 && isType(type) && isHex(bits)],
  // Of a module it is a path, `M.var"#1"`, and no call.
  [
    "getfield",
    ([owner, field, ...more]) =>
      more.length === 0 &&
      field?.kind === "symbol" &&
      (owner?.kind === "application" || isGenerator(owner, field.name)),
  ],
  ["which", ([signature, ...more]) => more.length === 0 && signature !== undefined && signature.kind !== "call"],
  ["Base.bodyfunction", ([method, ...more]) => more.length === 0 && isMethod(method)],
  ["__lookup_kwbody__", ([method, ...more]) => more.length === 0 && isMethod(method)],
  ["closuretype", ([method, number, ...more]) => more.length === 0 && isMethod(method) && number?.kind === "literal"],
]);

const isMethod = (node: TypeExpr | undefined): boolean => node?.kind === "call" && calleeName(node) === "which";

/** `method.generator` and `method.generator.gen`. */
function isGenerator(owner: TypeExpr | undefined, name: string): boolean {
  if (name === "generator") return isMethod(owner);
  if (name !== "gen" || owner?.kind !== "call" || calleeName(owner) !== "getfield") return false;
  return isMethod(owner.arguments[0]?.value);
}

/** The type of a function, `typeof(f)`, or of a type that is called, `Type{T}`. */
function isTypeOf(node: TypeExpr | undefined): boolean {
  if (node?.kind === "call") return calleeName(node) === "typeof";
  return node?.kind === "application" && node.head.kind === "path" && node.head.segments[0].name === "Type";
}

const isType = (node: TypeExpr | undefined): boolean => node?.kind === "path" || node?.kind === "application";
const isHex = (node: TypeExpr | undefined): boolean => node?.kind === "literal" && node.type === "hex";

/** How Julia prints a value of any type: `T()`, `T(0x01)`, `T(-3)`, `T(field=value, …)`. */
function printsValue(call: Call): boolean {
  if (!isType(call.callee)) return false;
  const [only, ...more] = call.arguments;
  if (only === undefined) return true;
  if (more.length === 0 && only.name === undefined) return only.value.kind === "literal";
  return call.arguments.every((argument) => argument.name !== undefined);
}

/** Why a call is not one that Julia prints; a list must not be able to say anything that runs. */
export function callTrouble(call: Call): string | undefined {
  const name = calleeName(call);
  const naming = name === undefined ? undefined : namingCalls.get(name);
  const unnamed = (argument: CallArgument) => argument.name === undefined;
  const accepted = naming
    ? call.arguments.every(unnamed) && naming(call.arguments.map((argument) => argument.value))
    : printsValue(call);
  return accepted ? undefined : "this call names neither a type nor a value";
}
