import { writeStringBody, writeVarBody } from "../../grammar/quoted-text.ts";
import {
  type Algebra,
  type CallArgument,
  foldWith,
  type Path,
  type Segment,
  type StatementTree,
  type SymbolLiteral,
  type TypeExpr,
  type TypeVariable,
} from "../../grammar/type-expr.ts";

const opening: Readonly<Record<Exclude<Segment["style"], "getfield">, (name: string) => string>> = {
  plain: (name) => name,
  var: (name) => `var"${writeVarBody(name)}"`,
  operator: (name) => `:(${name})`,
  "bare-operator": (name) => `:${name}`,
  "operator-var": (name) => `:(var"${writeVarBody(name)}")`,
};

function printPath(path: Path): string {
  const [first, ...rest] = path.segments;
  let text = first.style === "operator" ? first.name : printSegment(first);
  for (const segment of rest) {
    text =
      segment.style === "getfield"
        ? `getfield(${text}, Symbol("${writeStringBody(segment.name)}"))`
        : `${text}.${printSegment(segment)}`;
  }
  return text;
}

const printSegment = ({ name, style }: Segment): string => (style === "getfield" ? name : opening[style](name));

const symbols: Readonly<Record<SymbolLiteral["spelling"], (symbol: SymbolLiteral) => string>> = {
  quoted: ({ name }) => `:${name}`,
  parens: ({ name }) => `:(${name})`,
  var: ({ name }) => `:var"${writeVarBody(name)}"`,
  call: ({ name, escaped }) => `Symbol("${escaped ? writeStringBody(name) : name}")`,
};

type Print = (node: TypeExpr) => string;

/** A type with variables binds weaker than what stands around it: `T<:(A where B)`, `(A where B){C}`. */
const tight = (node: TypeExpr, print: Print): string => (node.kind === "union-all" ? `(${print(node)})` : print(node));

function printVariable({ name, lower, upper, flipped }: TypeVariable, print: Print): string {
  const text = name.style === "operator" ? name.name : printSegment(name);
  if (lower === undefined) return upper === undefined ? text : `${text}<:${tight(upper, print)}`;
  if (flipped) return `${text}>:${tight(lower, print)}`;
  return `${tight(lower, print)}<:${text}<:${upper === undefined ? "Any" : tight(upper, print)}`;
}

const printArgument = ({ name, value }: CallArgument, print: Print): string =>
  name === undefined ? print(value) : `${name}=${print(value)}`;

const printer: Algebra<string> = {
  path: printPath,
  application: ({ head, parameters }, print) => `${tight(head, print)}{${parameters.map(print).join(", ")}}`,
  "union-all": ({ body, variable, braced }, print) => {
    const text = printVariable(variable, print);
    return `${print(body)} where ${braced ? `{${text}}` : text}`;
  },
  group: ({ inner }, print) => `(${print(inner)})`,
  tuple: ({ items, names }, print) => {
    const texts = items.map((value, index) => {
      const name = names?.[index];
      return printArgument(name === undefined ? { value } : { name, value }, print);
    });
    return `(${texts.join(", ")}${texts.length === 1 ? "," : ""})`;
  },
  symbol: (symbol) => symbols[symbol.spelling](symbol),
  literal: ({ text }) => text,
  call: ({ callee, arguments: values }, print) =>
    `${tight(callee, print)}(${values.map((value) => printArgument(value, print)).join(", ")})`,
};

/** The text of a type as Julia prints it: `, ` between parameters, bounds without blanks. */
export const printTypeExpr: (node: TypeExpr) => string = foldWith(printer);

/** The whole directive; the inverse of `parseStatement` on every line that `--trace-compile` writes. */
export const printStatement = (tree: StatementTree): string => `precompile(${printTypeExpr(tree.signature)})`;
