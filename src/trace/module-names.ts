import { basename } from "node:path";
import { closureType } from "../../grammar/look-ups.ts";
import type { StatementTree, TypeExpr, TypeVariable } from "../../grammar/type-expr.ts";
import { isExportedName } from "../julia/exported-names.ts";
import { mapChildren } from "../statement/map-type-expr.ts";

/**
 * `Foo` for `precompile_Foo.jl`, the name under which SnoopCompile writes what belongs to a module. Only names that
 * start like a module's: `precompile_statements.jl` belongs to nobody.
 */
export function moduleOfFile(path: string): string | undefined {
  const [, name] = /^precompile_(\p{Lu}[\p{L}\p{N}_!]*(?:\.\p{Lu}[\p{L}\p{N}_!]*)*)\.jl$/u.exec(basename(path)) ?? [];
  return name;
}

export const isModuleName = (name: string): boolean =>
  /^[\p{L}_][\p{L}\p{N}_!]*(?:\.[\p{L}_][\p{L}\p{N}_!]*)*$/u.test(name);

/**
 * The statement as it means outside the module it was written for: `f` is `Foo.f`, unless Core or Base export an `f`.
 * Names with a module in front stay; Julia prints those from the root.
 */
export function qualified({ signature }: StatementTree, module: string): StatementTree {
  return { signature: rewrite(signature, new Set(), module.split(".")) };
}

/** Whether a name in it needs a module that it does not have. */
export function isModuleRelative({ signature }: StatementTree): boolean {
  return rewrite(signature, new Set(), ["M"]) !== signature;
}

function rewrite(node: TypeExpr, bound: ReadonlySet<string>, module: readonly string[]): TypeExpr {
  if (node.kind === "path") {
    const [only, ...more] = node.segments;
    if (more.length > 0 || bound.has(only.name) || isExportedName(only.name) || only.name === closureType) return node;
    const [root = "", ...inner] = module;
    const style = "plain";
    return { ...node, segments: [{ name: root, style }, ...inner.map((name) => ({ name, style }) as const), only] };
  }
  if (node.kind !== "union-all") return mapChildren(node, (child) => rewrite(child, bound, module));
  const body = rewrite(node.body, new Set([...bound, node.variable.name.name]), module);
  const variable = rewriteBounds(node.variable, (bounding) => rewrite(bounding, bound, module));
  return body === node.body && variable === node.variable ? node : { ...node, body, variable };
}

function rewriteBounds(variable: TypeVariable, rewrite: (node: TypeExpr) => TypeExpr): TypeVariable {
  const { lower, upper } = variable;
  const bounds = { ...(lower && { lower: rewrite(lower) }), ...(upper && { upper: rewrite(upper) }) };
  return bounds.lower === lower && bounds.upper === upper ? variable : { ...variable, ...bounds };
}
