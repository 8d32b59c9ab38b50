import type { TypeExpr } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { applicationOf, pathOf, soleName } from "./build-type-expr.ts";
import { mapChildren } from "./map-type-expr.ts";
import {
  isKeysOf,
  isKwcall,
  isOlderSorter,
  kwcallAt,
  moved,
  newerFix,
  olderFix,
  olderSorterOf,
  renamed,
  vectorOf,
  withBuffer,
  withKeys,
  withSorter,
} from "./relative-rewrites.ts";
import type { Statement } from "./statement.ts";
import { treeOf } from "./tree-of.ts";

/** A Julia whose names are meant; `1.12` and everything that says `1.12.x`. */
export interface JuliaRelease {
  readonly major: number;
  readonly minor: number;
}

export type Rewrite = (node: TypeExpr) => TypeExpr | undefined;

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
export const kwcallSince: JuliaRelease = { major: 1, minor: 9 };
export const memorySince: JuliaRelease = { major: 1, minor: 11 };
export const noMemory = "Memory type (none before Julia 1.11)";

/** What another module has since: a `minor` release, where it was, where it is. As traces of 1.5.3 to 1.12.5 name them. */
const moves: readonly (readonly [minor: number, from: Names, to: Names])[] = [
  [10, ["Base", "Filesystem", "filesize"], ["Base", "filesize"]],
  [11, ["Logging", "ConsoleLogger"], ["Base", "CoreLogging", "ConsoleLogger"]],
  [11, ["Base", "Math", "clamp"], ["Base", "clamp"]],
  [11, ["Base", "MainInclude", "eval"], ["Main", "eval"]],
  [11, ["Base", "MainInclude", "include"], ["Main", "include"]],
];
type Names = readonly [string, ...string[]];

export const relatives: readonly Relative[] = [
  ...moves.map(
    ([minor, from, to]): Relative => ({
      name: `home-of-${from.at(-1)}`,
      since: { major: 1, minor },
      source: "traces of 1.5.3, 1.10.8, 1.11.7 and 1.12.5",
      example: { older: `Tuple{typeof(${from.join(".")}), Any}`, newer: `Tuple{typeof(${to.join(".")}), Any}` },
      newer: (node) => renamed(node, from, to),
      older: (node) => renamed(node, to, from),
      keyed: "newer",
    }),
  ),
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
    name: "keyword-values",
    since: { major: 1, minor: 12 },
    source: "traces of 1.11.7 and 1.12.5",
    example: {
      older: "Tuple{Base.Pairs{Symbol, Int64, Tuple{Symbol}, NamedTuple{(:a,), Tuple{Int64}}}}",
      newer: "Tuple{Base.Pairs{Symbol, Int64, Nothing, NamedTuple{(:a,), Tuple{Int64}}}}",
    },
    newer: (node) =>
      withKeys(node, (keys, names, span) => (isKeysOf(keys, names) ? pathOf(["Nothing"], span) : undefined)),
    older: (node) =>
      withKeys(node, (keys, names, span) =>
        soleName(keys) === "Nothing"
          ? applicationOf("Tuple", Array<TypeExpr>(names).fill(pathOf(["Symbol"], span)), span)
          : undefined,
      ),
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

/** The same of a canonical text, which is read only where it has a word in it that the table rewrites. */
export function relativeKeyOfText(canonical: string): string {
  const whole = "precompile(";
  if (!rewrittenWords.test(canonical)) return canonical.slice(whole.length, -1);
  return relativeKey({ tree: treeOf(canonical) });
}

/**
 * Whether a text, or a part of it that stands for itself, may be what another Julia says otherwise. Without that, it is the
 * same in the key, and nothing else becomes the same there.
 */
export const mayHaveRelatives = (text: string): boolean => wordsOfTable.test(text);

/** Nothing that the table rewrites is without one of them. */
const rewrittenWords = matchingOne(
  "Pairs",
  "kwftype",
  "#kw",
  "Fix1",
  "Fix2",
  "Core.Compiler",
  "Memory",
  ...moves.map(([, from]) => from.join(".")),
);

/** Nor is what it makes of that. */
const wordsOfTable = matchingOne(
  ...[
    "Pairs",
    "kw",
    "Fix",
    "Compiler",
    "GenericIOBuffer",
    "Memory",
    "Array{",
    ...moves.map(([, from]) => from.at(-1) ?? ""),
  ],
);

function matchingOne(...words: readonly string[]): RegExp {
  return new RegExp(words.map((word) => word.replace(/[.{]/g, "\\$&")).join("|"));
}
