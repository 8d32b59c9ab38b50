import { calleeName } from "../../grammar/calls.ts";
import { closureType } from "../../grammar/look-ups.ts";
import type { Path, TypeExpr } from "../../grammar/type-expr.ts";

const core = "Core";
/** The owner is that of the argument. */
const passing = new Set(["typeof", "Core.kwftype", "Base.bodyfunction", "getfield", closureType]);

/** The module whose method a signature belongs to: of `f` in `typeof(M.f)`, of `T` in `Type{M.T}`. */
export function ownerOf(signature: TypeExpr): string {
  if (signature.kind === "union-all") return ownerOf(signature.body);
  if (signature.kind === "group") return ownerOf(signature.inner);
  if (signature.kind !== "application") return core;
  const [called, , behindKeywords] = signature.parameters;
  if (called === undefined) return core;
  // A keyword call belongs to whom it is passed on to.
  return sortsKeywords(called) && behindKeywords !== undefined ? moduleOf(behindKeywords) : moduleOf(called);
}

function moduleOf(node: TypeExpr): string {
  switch (node.kind) {
    case "path":
      return (
        node.segments
          .slice(0, -1)
          .map(({ name }) => name)
          .join(".") || core
      );
    case "application": {
      const [only] = node.parameters;
      return isNamed(node.head, "Type") && only !== undefined ? moduleOf(only) : moduleOf(node.head);
    }
    case "union-all":
      return moduleOf(node.body);
    case "group":
      return moduleOf(node.inner);
    case "call": {
      const [only] = node.arguments;
      const name = calleeName(node) ?? "";
      // What was looked up belongs to whom the method belongs to that leads to it.
      if (name === "which" && only !== undefined) return ownerOf(only.value);
      return passing.has(name) && only !== undefined ? moduleOf(only.value) : core;
    }
    default:
      return core;
  }
}

function sortsKeywords(called: TypeExpr): boolean {
  if (called.kind !== "call") return false;
  if (calleeName(called) === "Core.kwftype") return true;
  if (calleeName(called) !== "typeof") return false;
  const [only] = called.arguments;
  return only?.value.kind === "path" && only.value.segments.length === 2 && lastName(only.value) === "kwcall";
}

const lastName = (path: Path): string => path.segments.at(-1)?.name ?? "";
const isNamed = (node: TypeExpr, name: string): boolean =>
  node.kind === "path" && node.segments.length === 1 && node.segments[0].name === name;
