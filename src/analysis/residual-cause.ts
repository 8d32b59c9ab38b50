import type { TypeExpr } from "../../grammar/type-expr.ts";
import { type AmbiguousLiteral, ambiguousLiterals } from "../statement/ambiguous-literal.ts";
import { soleName } from "../statement/build-type-expr.ts";
import { obstaclesOf, portabilityOf } from "../statement/portability.ts";
import type { Statement } from "../statement/statement.ts";
import type { Verdict } from "../statement/verdict.ts";
import { baseModule, packageOf } from "./package-of.ts";

/** Why a statement still compiles on the sysimage; the first that fits. */
export type ResidualCause =
  | "belongs to the script"
  | "other kind of standard stream"
  | "not in the list"
  | "keyword body"
  | "refused"
  | "unresolved"
  | "failed"
  | "crashed"
  | "open Vararg"
  | "too abstract"
  | "invalidated"
  | "ambiguous literal"
  | "held by the base sysimage without native code"
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
  /** What standard output was; undefined where nobody chose it. */
  readonly streams?: string;
  /** The list looks names up: it may hold what it does not name. */
  readonly looksUp?: boolean;
  readonly verdictOf: VerdictOf;
  /** The list holds this statement but for the kind of its streams. */
  readonly listedForOtherStream: (statement: Statement) => boolean;
  readonly loadedPackages: ReadonlySet<string> | undefined;
  /** The image is a package's, not a sysimage. */
  readonly asPackage?: boolean | undefined;
  /** Since when what was compiled for it is no longer valid, where that was looked at. */
  readonly invalidatedOf?: ((statement: Statement) => string | undefined) | undefined;
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
      detail: "what the script itself defines is not in an image; move it into a package",
    };
  }
  const said = verdictOf(statement);
  if (said === undefined) {
    return context.listedForOtherStream(statement)
      ? { cause: "other kind of standard stream", detail: otherStream(context) }
      : { cause: "not in the list", detail: notListed(statement, context) };
  }
  if (said.verdict === "inferred") {
    return isOpen(statement.tree.signature)
      ? { cause: "open Vararg", detail: "what is compiled for any number of arguments is not what a call uses" }
      : { cause: "too abstract", detail: said.reason };
  }
  const since = said.verdict === "compiled" ? context.invalidatedOf?.(statement) : undefined;
  if (since !== undefined) {
    return { cause: "invalidated", detail: `a method that is defined ${since} made its code invalid` };
  }
  if (said.verdict !== "compiled") {
    return said.verdict === "unresolved" && namesKeywordBody(statement)
      ? {
          cause: "keyword body",
          detail: "the body of a keyword method has a number, which other builds give to another",
        }
      : { cause: said.verdict, detail: said.reason };
  }
  const [literal] = ambiguousLiterals(statement.tree);
  if (literal !== undefined) return { cause: "ambiguous literal", detail: whatElse(literal) };
  if (context.asPackage === true && packageOf(statement) === baseModule) {
    return {
      cause: "held by the base sysimage without native code",
      detail:
        "method and types are all Julia's own, inferred there, and a package cannot add the native code; a sysimage can",
    };
  }
  return { cause: "compiled again", detail: "it was compiled, but calls do not use it" };
}

const namesKeywordBody = (statement: Statement): boolean =>
  obstaclesOf(statement).some((obstacle) => obstacle.kind === "gensym" && obstacle.form === "keyword-body");

const whatElse = ({ text, candidates }: AmbiguousLiteral): string =>
  `the list has \`${text}\`, and the call may have \`${candidates.join("`, `")}\`: Julia <= 1.11 prints them alike, and \`optimize\` tries each`;

const streamType = /\bBase\.(?:TTY|PipeEndpoint|IOStream)\b/;
/** All of a text. */
export const streamTypes = new RegExp(streamType, "g");

export const namesStream = (text: string): boolean => streamType.test(text);

/** The same for statements that differ only in what kind their streams are. */
export function streamBlindText(canonical: string): string {
  return canonical.replace(streamTypes, "Base.<stream>");
}

const otherStream = ({ streams }: ResidualContext): string =>
  `the list was traced with standard streams of another kind${streams === undefined ? "" : ` than ${streams}; \`--stdout\` chooses it`}`;

/** A look-up and the name that it leads to are one type, which only a Julia can tell. */
const notListed = (statement: Statement, { looksUp = false }: ResidualContext): string =>
  looksUp && obstaclesOf(statement).length > 0
    ? "the list does not name it; one of its look-ups may lead to it, and Julia compiles it again"
    : "no run behind the list compiled it";

/** Whether it takes any number of arguments. */
export function isOpen(signature: TypeExpr): boolean {
  if (signature.kind === "union-all") return isOpen(signature.body);
  if (signature.kind === "group") return isOpen(signature.inner);
  const last = signature.kind === "application" ? signature.parameters.at(-1) : undefined;
  return last?.kind === "application" && soleName(last) === "Vararg" && last.parameters.length === 1;
}
