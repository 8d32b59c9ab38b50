import { writeStringBody } from "../../grammar/quoted-text.ts";
import type { Literal, StatementTree, TypeExpr } from "../../grammar/type-expr.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { childrenOf } from "./map-type-expr.ts";

/** A value that some Julia prints as it, or another, prints others: it reads well, and may name another type. */
export interface AmbiguousLiteral {
  readonly text: string;
  /** The type it is a parameter of, or the value it is a part of. */
  readonly within: string;
  /** What may have been meant instead. */
  readonly candidates: readonly [string, ...string[]];
  /** Which Julia does so. */
  readonly why: string;
}

/** The last Julia that drops what tells these apart; newer ones print `Int32(3)` and `1.0000000000000000`. */
export const lastAmbiguousJulia = { major: 1, minor: 11 } as const;

interface AmbiguityRow {
  readonly name: string;
  readonly source: string;
  readonly example: { readonly literal: string; readonly candidates: readonly string[] };
  readonly candidates: (literal: Literal) => readonly string[];
}

const alike = "Julia <= 1.11 prints them alike";

const smallTypes: readonly (readonly [type: string, largest: number])[] = [
  ["Int32", 2 ** 31 - 1],
  ["Int16", 2 ** 15 - 1],
  ["Int8", 2 ** 7 - 1],
];

/** What else may have been printed as the same text. */
export const ambiguities: readonly AmbiguityRow[] = [
  {
    name: "whole number",
    source: "JuliaLang/julia#52677, #58484",
    example: { literal: "3", candidates: ["3.0", "Int32(3)", "Int16(3)", "Int8(3)"] },
    candidates: ({ type, text }) => {
      if (type !== "integer") return [];
      const number = Number(text);
      const fitting = smallTypes.filter(([, largest]) => number <= largest && number >= -largest - 1);
      // `%g` writes six digits, and an exponent where there would be more.
      const float = Math.abs(number) < 1e6 ? [`${text}.0`] : [];
      return [...float, ...fitting.map(([name]) => `${name}(${text})`)];
    },
  },
  {
    name: "six digits",
    source: "JuliaLang/julia#58484",
    example: { literal: "0.333333", candidates: ["0.333333…"] },
    candidates: ({ type, text }) => {
      const printed = Number(text).toPrecision(6);
      return type === "float" && Number(printed) === Number(text) && !printed.includes("0e") && !/\.\d*0$/.test(printed)
        ? [`${printed}…`]
        : [];
    },
  },
  {
    name: "address",
    source: "roundtrip of every kind of parameter on 1.5.3",
    example: { literal: "0x0000000000000010", candidates: ["Ptr{Nothing}(16)"] },
    candidates: ({ type, text }) => (type === "hex" && text.length === 18 ? [`Ptr{Nothing}(${BigInt(text)})`] : []),
  },
];

/** Parameters that can be nothing but an `Int64`, counted from 1: of these there is no doubt. */
const counts: Readonly<Record<string, number>> = {
  Array: 2,
  AbstractArray: 2,
  DenseArray: 2,
  NTuple: 1,
  Vararg: 2,
  "Base.BitArray": 1,
  "Base.SubArray": 2,
  "Base.ReshapedArray": 2,
  "Base.ReinterpretArray": 2,
  "Base.HasShape": 1,
  "Base.IteratorsMD.CartesianIndex": 1,
  "Base.IteratorsMD.CartesianIndices": 1,
  "Base.Broadcast.DefaultArrayStyle": 1,
  "Base.PermutedDimsArrays.PermutedDimsArray": 2,
  "Dates.Delim": 2,
};

/**
 * Every literal of a canonical tree that may have been another one, in the order of the text. `printed`: the trees of
 * its spellings, which tell whether a symbol was printed with escapes.
 */
export function ambiguousLiterals(
  tree: StatementTree,
  printed: readonly StatementTree[] = [tree],
): readonly AmbiguousLiteral[] {
  const { signature } = tree;
  const found: AmbiguousLiteral[] = [];
  const escaped = new Set(printed.flatMap((each) => escapedSymbols(each.signature)));
  const visit = (node: TypeExpr, within: string): void => {
    if (node.kind === "literal") {
      const [first, ...more] = ambiguities.flatMap(({ candidates }) => candidates(node));
      if (first !== undefined) found.push({ text: node.text, within, candidates: [first, ...more], why: alike });
      return;
    }
    if (node.kind === "symbol" && escaped.has(node.name)) {
      const raw = `Symbol("${writeStringBody(writeStringBody(node.name))}")`;
      found.push({ text: printTypeExpr(node), within, candidates: [raw], why: withoutEscapes });
    }
    // What names its type tells all: `reinterpret(Char, 0x…)`, `Int32(3)`, and a struct, whose fields have types.
    if (node.kind === "call") return;
    const name = node.kind === "application" ? printTypeExpr(node.head) : within;
    const count = node.kind === "application" ? counts[name] : undefined;
    childrenOf(node).forEach((child, index) => {
      if (index !== count || child.kind !== "literal") visit(child, name);
    });
  };
  visit(signature, "");
  return found;
}

/**
 * `Symbol("a\\b")`, with two backslashes, is what Julia >= 1.11 prints of a symbol with one of them and Julia <= 1.10 of
 * one with both; `\n`, `\"` and `\$` are two characters, or one. It is read as the newer Julias print it. With any other
 * backslash, or a quote or a dollar sign that stands bare, only the older can have printed it (of control characters
 * nobody makes a symbol), and no doubt is left.
 * Measured on 1.5.3, 1.10.8, 1.11.7 and 1.12.5.
 */
function escapedSymbols(node: TypeExpr): readonly string[] {
  if (node.kind !== "symbol") return childrenOf(node).flatMap(escapedSymbols);
  return node.spelling === "call" && node.escaped && writeStringBody(node.name) !== node.name ? [node.name] : [];
}

const withoutEscapes = "Julia <= 1.10 prints symbols without escapes";
