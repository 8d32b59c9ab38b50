import type { TypeExpr, TypeVariable, UnionAll } from "../../grammar/type-expr.ts";
import { aliases } from "./alias-folds.ts";
import { exportedTypes } from "./exported-types.ts";
import { childrenOf, mapChildren, mapVariable } from "./map-type-expr.ts";

type Scope = ReadonlyMap<string, string>;

/** The names that bound variables get. */
export const variableName = /^T\d+$/;

/** Whether a text may hold such a name: most do not, and then no tree need be searched for one. */
export const mayNameVariable = (text: string): boolean => /\bT\d/.test(text);

/**
 * `T1` for the outermost variable, `T2` for one bound inside its scope, and so on. The name depends on the depth of
 * the binding and not on what stands beside it, so equal types stay equal wherever they occur. `taken`: such names that
 * something else has.
 */
export function renameVariables(tree: TypeExpr, taken: ReadonlySet<string>): TypeExpr {
  const fresh: string[] = [];
  const depth = deepest(tree);
  for (let number = 1; fresh.length <= depth; number++) if (!taken.has(`T${number}`)) fresh.push(`T${number}`);

  const rename = (node: TypeExpr, scope: Scope, depth: number): TypeExpr => {
    if (node.kind === "path") {
      const [segment, ...more] = node.segments;
      const name = more.length === 0 ? scope.get(segment.name) : undefined;
      return name === undefined || name === segment.name ? node : { ...node, segments: [{ name, style: "plain" }] };
    }
    if (node.kind !== "union-all") return mapChildren(node, (child) => rename(child, scope, depth));
    const name = fresh[depth] ?? "T";
    const inner = new Map(scope).set(node.variable.name.name, name);
    const body = rename(node.body, inner, depth + 1);
    // The bounds do not see the variable; a name they bind must differ from it all the same, for readers.
    const bounds = mapVariable(node.variable, (bound) => rename(bound, scope, depth + 1));
    const variable: TypeVariable = { ...bounds, name: { name, style: "plain" } };
    return { ...node, body, variable };
  };
  return rename(tree, new Map(), 0);
}

/** How many bindings enclose each other at most. */
function deepest(node: TypeExpr): number {
  const inner = childrenOf(node).reduce((most, child) => Math.max(most, deepest(child)), 0);
  return inner + (node.kind === "union-all" ? 1 : 0);
}

/** The names of one segment that no `where` of the tree binds, as far as they match. */
export function freeNames(tree: TypeExpr, pattern: RegExp): ReadonlySet<string> {
  const free = new Set<string>();
  const visit = (node: TypeExpr, bound: ReadonlySet<string>): void => {
    if (node.kind === "path") {
      const [{ name }, ...more] = node.segments;
      if (more.length === 0 && pattern.test(name) && !bound.has(name)) free.add(name);
    } else if (node.kind === "application") {
      // Most of every tree, and asked of each that is read: without a list of its children.
      visit(node.head, bound);
      for (const parameter of node.parameters) visit(parameter, bound);
    } else if (node.kind === "union-all") {
      visit(node.body, new Set(bound).add(node.variable.name.name));
      for (const bounds of childrenOf(node).slice(1)) visit(bounds, bound);
    } else for (const child of childrenOf(node)) visit(child, bound);
  };
  visit(tree, new Set());
  return free;
}

/** The same type with another name for its variable, where the one it has is a type's: `Array{Val} where Val`. */
export function withOwnName(node: UnionAll): UnionAll {
  const { name } = node.variable.name;
  if (!exportedTypes.has(name) && !aliases.has(name)) return node;
  const own = `#${name}`;
  const rename = (inner: TypeExpr): TypeExpr => {
    if (inner.kind === "path") {
      const [only, ...more] = inner.segments;
      return more.length === 0 && only.name === name ? { ...inner, segments: [{ name: own, style: "var" }] } : inner;
    }
    if (inner.kind !== "union-all" || inner.variable.name.name !== name) return mapChildren(inner, rename);
    return { ...inner, variable: mapVariable(inner.variable, rename) };
  };
  return {
    ...node,
    body: rename(node.body),
    variable: { ...node.variable, name: { name: own, style: "var" } },
  };
}
