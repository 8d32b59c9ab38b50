import { foldWith, type TypeExpr } from "../../grammar/type-expr.ts";
import { portabilityOf } from "../statement/portability.ts";
import type { Statement } from "../statement/statement.ts";
import type { Verdict } from "../statement/verdict.ts";

/** Why a statement still compiles on the sysimage; the first that fits. */
export type ResidualCause =
  | "belongs to the script"
  | "other kind of standard stream"
  | "not in the list"
  | "refused"
  | "unresolved"
  | "failed"
  | "crashed"
  | "open Vararg"
  | "too abstract"
  | "compiled again";

export interface Residual {
  readonly statement: string;
  readonly cause: ResidualCause;
  /** What the bake said, or what it means; for a person to read. */
  readonly detail: string;
}

/** What the bake said of a statement; undefined where it was not in the list. */
export type VerdictOf = (statement: Statement) => { readonly verdict: Verdict; readonly reason: string } | undefined;

export interface ResidualContext {
  readonly verdictOf: VerdictOf;
  /** The list holds this statement but for the kind of its streams. */
  readonly listedForOtherStream: (statement: Statement) => boolean;
  readonly loadedPackages: ReadonlySet<string> | undefined;
}

export function residualOf(statement: Statement, context: ResidualContext): Residual {
  const { cause, detail } = causeOf(statement, context);
  return { statement: statement.canonical, cause, detail };
}

function causeOf(statement: Statement, context: ResidualContext): Omit<Residual, "statement"> {
  const { loadedPackages, verdictOf } = context;
  const portability = portabilityOf(statement, loadedPackages === undefined ? {} : { loadedPackages });
  if (!portability.portable && portability.obstacles.some((obstacle) => obstacle.kind === "main-owned")) {
    return {
      cause: "belongs to the script",
      detail: "what the script itself defines is not in a sysimage; move it into a package",
    };
  }
  const said = verdictOf(statement);
  if (said === undefined) {
    return context.listedForOtherStream(statement)
      ? { cause: "other kind of standard stream", detail: "the list was traced with standard streams of another kind" }
      : { cause: "not in the list", detail: "no run behind the list compiled it" };
  }
  if (said.verdict !== "compiled") return { cause: said.verdict, detail: said.reason };
  const positions = signaturePositions(statement.tree.signature);
  if (positions.some(isOpenVararg)) {
    return { cause: "open Vararg", detail: "what is compiled for any number of arguments is not what a call uses" };
  }
  if (positions.some(isWide)) {
    return { cause: "too abstract", detail: "inferred while baking, but native code is only kept for concrete types" };
  }
  return { cause: "compiled again", detail: "the image has it, but something made it invalid or it was not kept" };
}

const streamTypes = /\bBase\.(?:TTY|PipeEndpoint|IOStream)\b/g;

/** The same for statements that differ only in what kind their streams are. */
export function streamBlindText(canonical: string): string {
  return canonical.replace(streamTypes, "Base.<stream>");
}

function signaturePositions(signature: TypeExpr): readonly TypeExpr[] {
  switch (signature.kind) {
    case "application":
      return signature.parameters;
    case "union-all":
      return [...signaturePositions(signature.body), signature];
    case "group":
      return signaturePositions(signature.inner);
    default:
      return [];
  }
}

const isOpenVararg = (position: TypeExpr): boolean =>
  position.kind === "application" && lastName(position.head) === "Vararg" && position.parameters.length === 1;

/** Types that have no instances of their own, as far as their names tell. */
const abstractNames = new Set([
  "Any",
  "Function",
  "Type",
  "Integer",
  "Number",
  "Real",
  "AbstractString",
  "AbstractArray",
  "Tuple",
  "NamedTuple",
  "IO",
  "Exception",
  "AbstractDict",
  "TypeofBottom",
  "AbstractFloat",
  "Signed",
  "Unsigned",
]);

const isWide = (position: TypeExpr): boolean =>
  position.kind === "union-all" || (position.kind === "path" && abstractNames.has(lastName(position)));

const lastName = foldWith<string>({
  path: (node) => node.segments.at(-1)?.name ?? "",
  application: (node, recur) => recur(node.head),
  "union-all": (node, recur) => recur(node.body),
  group: (node, recur) => recur(node.inner),
  tuple: () => "",
  symbol: () => "",
  literal: () => "",
  call: () => "",
});
