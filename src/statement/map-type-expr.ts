import type { CallArgument, TypeExpr, TypeVariable } from "../../grammar/type-expr.ts";

type Rewrite = (node: TypeExpr) => TypeExpr;

/** The same array where nothing changed: most nodes of most statements are canonical already. */
function mapKept<T>(items: readonly T[], rewrite: (item: T) => T): readonly T[] {
  let changed: T[] | undefined;
  items.forEach((item, index) => {
    const next = rewrite(item);
    if (changed === undefined && next !== item) changed = items.slice(0, index);
    changed?.push(next);
  });
  return changed ?? items;
}

export function mapVariable(variable: TypeVariable, rewrite: Rewrite): TypeVariable {
  const lower = variable.lower && rewrite(variable.lower);
  const upper = variable.upper && rewrite(variable.upper);
  if (lower === variable.lower && upper === variable.upper) return variable;
  const { name, flipped } = variable;
  return {
    name,
    flipped,
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
  };
}

/** The node with every child rewritten; the node itself where no child changed. */
export function mapChildren<N extends TypeExpr>(node: N, rewrite: Rewrite): N;
export function mapChildren(node: TypeExpr, rewrite: Rewrite): TypeExpr {
  switch (node.kind) {
    case "path":
    case "symbol":
    case "literal":
      return node;
    case "group": {
      const inner = rewrite(node.inner);
      return inner === node.inner ? node : { ...node, inner };
    }
    case "tuple": {
      const items = mapKept(node.items, rewrite);
      return items === node.items ? node : { ...node, items };
    }
    case "application": {
      const head = rewrite(node.head);
      const parameters = mapKept(node.parameters, rewrite);
      return head === node.head && parameters === node.parameters ? node : { ...node, head, parameters };
    }
    case "union-all": {
      const body = rewrite(node.body);
      const variable = mapVariable(node.variable, rewrite);
      return body === node.body && variable === node.variable ? node : { ...node, body, variable };
    }
    case "call": {
      const callee = rewrite(node.callee);
      const values = mapKept(node.arguments, (argument) => mapArgument(argument, rewrite));
      return callee === node.callee && values === node.arguments ? node : { ...node, callee, arguments: values };
    }
  }
}

function mapArgument(argument: CallArgument, rewrite: Rewrite): CallArgument {
  const value = rewrite(argument.value);
  return value === argument.value ? argument : { ...argument, value };
}

/** The direct children, in the order they are printed. */
export function childrenOf(node: TypeExpr): readonly TypeExpr[] {
  switch (node.kind) {
    case "path":
    case "symbol":
    case "literal":
      return [];
    case "group":
      return [node.inner];
    case "tuple":
      return node.items;
    case "application":
      return [node.head, ...node.parameters];
    case "union-all": {
      const { lower, upper } = node.variable;
      return [node.body, ...[lower, upper].filter((bound) => bound !== undefined)];
    }
    case "call":
      return [node.callee, ...node.arguments.map((argument) => argument.value)];
  }
}
