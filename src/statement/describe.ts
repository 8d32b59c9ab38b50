import { calleeName } from "../../grammar/calls.ts";
import { closureType } from "../../grammar/look-ups.ts";
import type {
  Application,
  Call,
  NodeOf,
  Path,
  StatementTree,
  TypeExpr,
  TypeVariable,
} from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { soleName } from "./build-type-expr.ts";
import { gensymOf } from "./gensym.ts";

/** The tree in plain words, one line a part, indented by two blanks a level. */
export function describeTree({ signature }: StatementTree): string[] {
  return describeSignature(signature);
}

function describeSignature(node: TypeExpr): string[] {
  if (node.kind === "group") return describeSignature(node.inner);
  if (node.kind === "union-all") return [...describeSignature(node.body), describeVariable(node.variable)];
  if (node.kind !== "application") return [describe(node)];
  const [called, ...values] = node.parameters;
  const head = called === undefined ? "no method: the signature is empty" : describeCalled(called, values[1]);
  return [head, ...values.flatMap((value, index) => indented(`argument ${index + 1}: `, value))];
}

/** `behindKeywords`: what a keyword call is passed on to. */
function describeCalled(node: TypeExpr, behindKeywords?: TypeExpr): string {
  if (behindKeywords !== undefined && isSharedSorter(node)) return `keyword call of ${passedOnTo(behindKeywords)}`;
  const lookedUp = describeLookUp(node.kind === "application" ? node.head : node);
  if (lookedUp !== undefined) return lookedUp;
  const [only] = node.kind === "call" ? node.arguments : [];
  const name = node.kind === "call" ? calleeName(node) : undefined;
  if (only !== undefined && name === "typeof") return `method of ${quote(only.value)}`;
  if (only !== undefined && name === "Core.kwftype") {
    const [called] = only.value.kind === "call" ? only.value.arguments : [];
    return `keyword call of ${quote(called?.value ?? only.value)}`;
  }
  if (node.kind === "application" && soleName(node) === "Type")
    return `constructor of ${node.parameters.map(describe).join(", ")}`;
  return `call of a value of type ${describe(node)}`;
}

/** One that does not tell what it passes the keywords on to. */
const isSharedSorter = (node: TypeExpr): boolean =>
  node.kind === "call" && ["Core.kwftype(typeof(Type))", "typeof(Core.kwcall)"].includes(printTypeExpr(node));

function passedOnTo(called: TypeExpr): string {
  const words = describeCalled(called.kind === "union-all" ? called.body : called);
  return words.startsWith("constructor") ? `the ${words}` : words.replace(/^(?:method|call) of /, "");
}

/** One line where the parameters are simple; a line for each of them where one has parameters itself. */
function indented(prefix: string, node: TypeExpr): string[] {
  const [only] = node.kind === "application" ? node.parameters : [];
  if (only !== undefined && soleName(node) === "Type") return indented(`${prefix}the type `, only);
  if (node.kind === "union-all") return [...indented(prefix, node.body), `    ${describeVariable(node.variable)}`];
  if (node.kind !== "application" || !node.parameters.some(isNested)) return [`  ${prefix}${describe(node)}`];
  const lines = node.parameters.flatMap((parameter, index) => indented(`parameter ${index + 1}: `, parameter));
  return [`  ${prefix}${describe(node.head)} with`, ...lines.map((line) => `  ${line}`)];
}

const isNested = (node: TypeExpr): boolean =>
  (node.kind === "application" && node.parameters.length > 0) || node.kind === "union-all";

const describers: { readonly [K in TypeExpr["kind"]]: (node: NodeOf<K>) => string } = {
  path: (node) => quote(node) + madeBy(node),
  application: (node) => describeApplication(node),
  "union-all": ({ body, variable }) => `${describe(body)}, ${describeVariable(variable)}`,
  group: ({ inner }) => describe(inner),
  tuple: (node) => `the value ${quote(node)}`,
  symbol: (node) => `the symbol ${quote(node)}`,
  literal: (node) => `the value ${quote(node)}`,
  call: (node) => describeCall(node),
};

const describe = (node: TypeExpr): string => (describers[node.kind] as (node: TypeExpr) => string)(node);

function describeApplication(node: Application): string {
  const name = soleName(node);
  const parts = node.parameters.map(describe);
  if (name === "Type") return `the type ${parts.join(", ")} itself`;
  if (name === "Union")
    return parts.length === 0 ? "the empty union, which has no value" : `either ${parts.join(" or ")}`;
  if (name === "Tuple") return parts.length === 0 ? "the empty tuple" : `a tuple of ${parts.join(", ")}`;
  if (name === "Vararg")
    return `any number of ${parts[0] ?? "values"}${parts[1] === undefined ? "" : `, ${parts[1]} of them`}`;
  return arrayOf(node) ?? `${quote(node.head)} of ${parts.join(", ") || "nothing"}`;
}

function arrayOf(node: Application): string | undefined {
  const [element, dimensions] = node.parameters;
  if (soleName(node) !== "Array" || element === undefined || dimensions === undefined) return undefined;
  const count = dimensions.kind === "literal" ? `${dimensions.text}-dimensional` : `of ${quote(dimensions)} dimensions`;
  return `${quote(node.head)} of ${describe(element)}, ${count}`;
}

function describeCall(node: Call): string {
  const [only] = node.arguments;
  const lookedUp = describeLookUp(node);
  if (lookedUp !== undefined) return lookedUp;
  return calleeName(node) === "typeof" && only !== undefined
    ? `the function ${quote(only.value)}`
    : `the value ${quote(node)}`;
}

/** What a method leads to, in place of a name that another build would number anew. */
function describeLookUp(node: TypeExpr): string | undefined {
  if (node.kind !== "call") return undefined;
  const {
    arguments: [found, number],
  } = node;
  const method = found && methodOf(found.value);
  const [signature] = method?.arguments ?? [];
  if (found === undefined || signature === undefined) return undefined;
  const of = `the method with the signature ${quote(signature.value)}`;
  if (calleeName(node) === closureType && number !== undefined)
    return `closure ${printTypeExpr(number.value)} of ${of}`;
  const isBody = found.value.kind === "call" && calleeName(found.value) === "Base.bodyfunction";
  return isBody ? `the keyword body of ${of}` : `the generator of ${of}`;
}

function methodOf(node: TypeExpr): Call | undefined {
  if (node.kind !== "call") return undefined;
  const [inner] = node.arguments;
  return calleeName(node) === "which" ? node : inner && methodOf(inner.value);
}

function describeVariable({ name, lower, upper }: TypeVariable): string {
  const below = upper === undefined ? "any type" : `any type within ${describe(upper)}`;
  return `where \`${name.name}\` is ${below}${lower === undefined ? "" : ` that holds ${describe(lower)}`}`;
}

function madeBy({ segments }: Path): string {
  const made = gensymOf(segments.at(-1)?.name ?? "");
  return made === undefined ? "" : ` (${made.form.replace("-", " ")})`;
}

const quote = (node: TypeExpr): string => `\`${printTypeExpr(node)}\``;
