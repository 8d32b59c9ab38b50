import { calleeName } from "../../grammar/calls.ts";
import type { Application, StatementTree, TypeExpr } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { applicationOf, callOf, pathOf, soleName } from "./build-type-expr.ts";
import { memoryTypes } from "./core-types.ts";
import { gensymOf } from "./gensym.ts";
import { childrenOf, mapChildren } from "./map-type-expr.ts";
import type { Statement } from "./statement.ts";

/** A Julia whose names are meant; `1.12` and everything that says `1.12.x`. */
export interface JuliaRelease {
  readonly major: number;
  readonly minor: number;
}

type Rewrite = (node: TypeExpr) => TypeExpr | undefined;

/**
 * One idea that Julia says in one way up to a release and in another from it on. To each Julia its own statement: they
 * have digests of their own, and share a relative key.
 */
export interface Relative {
  readonly name: string;
  /** The first Julia that says it the newer way. */
  readonly since: JuliaRelease;
  readonly source: string;
  /** Two signatures of one idea. */
  readonly example: { readonly older: string; readonly newer: string };
  /** The newer form of a node that has the older one. */
  readonly newer: Rewrite;
  /** The older form of a node that has the newer one. */
  readonly older: Rewrite;
  /** Which of the two the key has: the one that can be told from the other. */
  readonly keyed: "newer" | "older";
  /** Why the one cannot stand for the other in a list: the code behind the names is another. */
  readonly cannotCross?: string;
}

const never: Rewrite = () => undefined;
const kwcallSince: JuliaRelease = { major: 1, minor: 9 };
const memorySince: JuliaRelease = { major: 1, minor: 11 };
const noMemory = "Memory type (none before Julia 1.11)";

export const relatives: readonly Relative[] = [
  {
    name: "pairs",
    since: { major: 1, minor: 7 },
    source: "traces of 1.5.3 and 1.10.8",
    example: { older: "Tuple{Type{Base.Iterators.Pairs{K, V}}}", newer: "Tuple{Type{Base.Pairs{K, V}}}" },
    newer: (node) => renamed(node, ["Base", "Iterators", "Pairs"], ["Base", "Pairs"]),
    older: (node) => renamed(node, ["Base", "Pairs"], ["Base", "Iterators", "Pairs"]),
    keyed: "newer",
  },
  {
    name: "keyword-sorter",
    since: kwcallSince,
    source: "JuliaLang/julia#47157",
    example: {
      older: "Tuple{Core.kwftype(typeof(Base.sort)), Any, typeof(Base.sort)}",
      newer: "Tuple{typeof(Core.kwcall), Any, typeof(Base.sort)}",
    },
    newer: (node) => withSorter(node, (_, sorter) => (isOlderSorter(sorter) ? kwcallAt(sorter) : undefined)),
    older: (node) =>
      withSorter(node, (called, sorter) => (isKwcall(sorter) ? olderSorterOf(called, sorter) : undefined)),
    keyed: "newer",
  },
  {
    name: "fix",
    since: { major: 1, minor: 12 },
    source: "measured on 1.11.7 and 1.12.5",
    example: { older: "Tuple{Base.Fix2{F, Int64}, Int64}", newer: "Tuple{Base.Fix{2, F, Int64}, Int64}" },
    newer: newerFix,
    older: olderFix,
    keyed: "newer",
  },
  {
    name: "compiler",
    since: { major: 1, minor: 12 },
    source: "measured on 1.11.7 and 1.12.5",
    example: { older: "Tuple{typeof(Core.Compiler.typeinf), Any}", newer: "Tuple{typeof(Base.Compiler.typeinf), Any}" },
    newer: (node) => moved(node, ["Core", "Compiler"], ["Base", "Compiler"]),
    older: (node) => moved(node, ["Base", "Compiler"], ["Core", "Compiler"]),
    keyed: "newer",
    cannotCross: "compiler method (another from Julia 1.12 on)",
  },
  {
    name: "io-buffer",
    since: { major: 1, minor: 11 },
    source: "traces of 1.10.8 and 1.11.7",
    example: {
      older: "Tuple{Base.GenericIOBuffer{Array{UInt8, 1}}}",
      newer: "Tuple{Base.GenericIOBuffer{Memory{UInt8}}}",
    },
    newer: (node) => withBuffer(node, "Array", (element, of) => applicationOf("Memory", [element], of.span)),
    older: (node) => withBuffer(node, "Memory", vectorOf),
    keyed: "older",
    cannotCross: "IO buffer (another from Julia 1.11 on)",
  },
  {
    name: "memory",
    since: memorySince,
    source: "traces of 1.10.8 and 1.11.7",
    example: {
      older: "Tuple{typeof(Base.fill!), Array{UInt8, 1}, UInt8}",
      newer: "Tuple{typeof(Base.fill!), Memory{UInt8}, UInt8}",
    },
    // Most arrays are arrays in every Julia.
    newer: never,
    older: (node) => {
      const [element] = node.kind === "application" ? node.parameters : [];
      return soleName(node) === "Memory" && element !== undefined ? vectorOf(element, node) : undefined;
    },
    keyed: "older",
    cannotCross: noMemory,
  },
];

/** The same text for statements that mean the same to Julias that name it otherwise. */
export function relativeKey({ tree }: Pick<Statement, "tree">): string {
  const rewrite = (node: TypeExpr): TypeExpr =>
    relatives.reduce(
      (current, { keyed, newer, older }) => (keyed === "newer" ? newer : older)(current) ?? current,
      mapChildren(node, rewrite),
    );
  return printTypeExpr(rewrite(tree.signature));
}

/** Those of the others that another Julia would print for what this one states. */
export function relativesOf<S extends Pick<Statement, "tree" | "digest">>(
  statement: S,
  others: readonly S[],
): readonly S[] {
  const key = relativeKey(statement);
  return others.filter((other) => other.digest !== statement.digest && relativeKey(other) === key);
}

interface CrossingRow {
  readonly rewrite: Rewrite;
  readonly cannotCross: string | undefined;
}

/** A canonical tree in the words of a release, or why there are none. */
export type Crossing = { readonly tree: StatementTree } | { readonly obstacle: string };

export function crossTo(release: JuliaRelease, { signature }: StatementTree): Crossing {
  const rows = relatives.map(
    ({ newer, older, since, cannotCross }): CrossingRow => ({
      rewrite: isAtLeast(release, since) ? newer : older,
      cannotCross,
    }),
  );
  const obstacle = firstObstacle(signature, rows) ?? withoutCounterpart(release, signature);
  if (obstacle !== undefined) return { obstacle };
  const rewrite = (node: TypeExpr): TypeExpr =>
    rows.reduce((current, row) => row.rewrite(current) ?? current, mapChildren(node, rewrite));
  return { tree: { signature: rewrite(signature) } };
}

function firstObstacle(node: TypeExpr, rows: readonly CrossingRow[]): string | undefined {
  for (const { rewrite, cannotCross } of rows)
    if (cannotCross !== undefined && rewrite(node) !== undefined) return cannotCross;
  for (const child of childrenOf(node)) {
    const obstacle = firstObstacle(child, rows);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

/** What no row can say the older way. */
function withoutCounterpart(release: JuliaRelease, node: TypeExpr): string | undefined {
  if (!isAtLeast(release, memorySince) && isMemory(node)) return noMemory;
  if (!isAtLeast(release, kwcallSince) && node.kind === "application") {
    const [sorter, , called] = node.parameters;
    const unnamed = sorter !== undefined && called !== undefined && isKwcall(sorter) && !olderSorterOf(called, sorter);
    if (unnamed) return "keyword call of a value (named otherwise before Julia 1.9)";
  }
  for (const child of childrenOf(node)) {
    const obstacle = withoutCounterpart(release, child);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

const isAtLeast = (release: JuliaRelease, { major, minor }: JuliaRelease): boolean =>
  release.major > major || (release.major === major && release.minor >= minor);

/** The path with the names `to` in place of `from`, if those are all its names. */
function renamed(node: TypeExpr, from: readonly string[], to: readonly [string, ...string[]]): TypeExpr | undefined {
  return node.kind === "path" && printTypeExpr(node) === from.join(".") ? pathOf(to, node.span) : undefined;
}

/** The same for a module, of whatever is in it. */
function moved(node: TypeExpr, from: readonly string[], to: readonly [string, ...string[]]): TypeExpr | undefined {
  if (node.kind !== "path" || node.segments.length <= from.length) return undefined;
  const names = node.segments.map(({ name }) => name);
  if (!from.every((name, index) => name === names[index])) return undefined;
  return pathOf([...to, ...names.slice(from.length)], node.span);
}

/** The signature with another sorter in front, where the rewrite has one for it. */
function withSorter(
  node: TypeExpr,
  rewrite: (called: TypeExpr, sorter: TypeExpr) => TypeExpr | undefined,
): TypeExpr | undefined {
  if (node.kind !== "application" || soleName(node) !== "Tuple") return undefined;
  const [sorter, values, called, ...rest] = node.parameters;
  if (sorter === undefined || values === undefined || called === undefined) return undefined;
  const other = rewrite(called, sorter);
  return other && { ...node, parameters: [other, values, called, ...rest] };
}

const kwcallAt = ({ span }: TypeExpr): TypeExpr => callOf(["typeof"], [pathOf(["Core", "kwcall"], span)], span);

const isKwcall = (node: TypeExpr): boolean => printsAs(node, "typeof(Core.kwcall)");

const isOlderSorter = (node: TypeExpr): boolean =>
  node.kind === "call"
    ? calleeName(node) === "Core.kwftype"
    : node.kind === "path" && gensymOf(node.segments.at(-1)?.name ?? "")?.form === "keyword-sorter";

/** That of a function, or the one that all types share; a callable value has one whose name its type does not tell. */
function olderSorterOf(called: TypeExpr, { span }: TypeExpr): TypeExpr | undefined {
  if (called.kind === "call" && calleeName(called) === "typeof") return callOf(["Core", "kwftype"], [called], span);
  const inner = called.kind === "union-all" ? called.body : called;
  return soleName(inner) === "Type" || soleName(inner) === "DataType" ? pathOf(["Core", "#Type##kw"], span) : undefined;
}

function newerFix(node: TypeExpr): TypeExpr | undefined {
  if (node.kind !== "application" || node.parameters.length !== 2) return undefined;
  const position = [1, 2].find((number) => printsAs(node.head, `Base.Fix${number}`));
  if (position === undefined) return undefined;
  const number: TypeExpr = { kind: "literal", span: node.span, type: "integer", text: String(position) };
  return { ...node, head: pathOf(["Base", "Fix"], node.head.span), parameters: [number, ...node.parameters] };
}

function olderFix(node: TypeExpr): TypeExpr | undefined {
  if (node.kind !== "application" || !printsAs(node.head, "Base.Fix")) return undefined;
  const [position, ...rest] = node.parameters;
  if (rest.length !== 2 || position?.kind !== "literal" || !/^[12]$/.test(position.text)) return undefined;
  return { ...node, head: pathOf(["Base", `Fix${position.text}`], node.head.span), parameters: rest };
}

/** `Base.GenericIOBuffer` of bytes that are held by `holder`, held otherwise. */
function withBuffer(
  node: TypeExpr,
  holder: string,
  held: (element: TypeExpr, of: TypeExpr) => TypeExpr,
): TypeExpr | undefined {
  if (node.kind !== "application" || !printsAs(node.head, "Base.GenericIOBuffer")) return undefined;
  const [buffer] = node.parameters;
  const [element] = buffer?.kind === "application" ? buffer.parameters : [];
  if (buffer === undefined || element === undefined || soleName(buffer) !== holder) return undefined;
  return { ...node, parameters: [held(element, buffer)] };
}

function vectorOf(element: TypeExpr, { span }: TypeExpr): Application {
  return applicationOf("Array", [element, { kind: "literal", span, type: "integer", text: "1" }], span);
}

const isMemory = (node: TypeExpr): boolean =>
  node.kind === "path" && (memoryTypes.has(soleName(node) ?? "") || printsAs(node, "Core.AddrSpace"));

/** For nodes that are small, or that differ from `text` in their kind. */
const printsAs = (node: TypeExpr, text: string): boolean =>
  (node.kind === "path" || node.kind === "call") && printTypeExpr(node) === text;
