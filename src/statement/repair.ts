import { calleeName } from "../../grammar/calls.ts";
import type { Call, Kind, NodeOf, TypeExpr } from "../../grammar/type-expr.ts";
import { callOf, symbolOf } from "./build-type-expr.ts";
import { isRawName, isRawSymbol } from "./julia-name.ts";

/** `certain`: nothing else can have been meant. `verify`: Julia itself has to agree, or the statement is unresolved. */
export type Sureness = "certain" | "verify";

/** Names of rules that are turned off. */
export type RepairsOff = ReadonlySet<string>;
export const noneOff: RepairsOff = new Set();

/** A rewrite of what Julia printed into what it meant: the printed text fails or names another type when it is read. */
export interface Repair<K extends Kind = Kind> {
  readonly name: string;
  readonly kind: K;
  /** When the rule applies, in words. */
  readonly precondition: string;
  readonly sureness: Sureness;
  /** The Julia versions that print it so. */
  readonly printedBy: string;
  /** Where that is known from. */
  readonly source: string;
  readonly example: { readonly before: string; readonly after: string };
  /** The node meant, or `undefined` where this rule has nothing to repair; never applies to its own result. */
  readonly repair: (node: NodeOf<K>) => TypeExpr | undefined;
}

const rule = <K extends Kind>(repair: Repair<K>): Repair => repair as unknown as Repair;

const lossless = "measured on 1.5.3, 1.10.8, 1.11.7 and 1.12.5";

/**
 * The repairs that are part of the canonical text, and so of the digest: a statement is what was meant, however it was
 * printed. Only what is certain is here. A value that lost its type (`3` from `Int32(3)`) reads well and is left
 * alone, see ambiguous-literal.ts.
 */
export const repairs: readonly Repair[] = [
  rule({
    name: "char-bits",
    kind: "call",
    precondition: "`Char` of eight hexadecimal digits: its constructor takes a code point, and Julia prints the bits",
    sureness: "certain",
    printedBy: "every Julia",
    source: lossless,
    example: { before: "Char(0x78000000)", after: "reinterpret(Char, 0x78000000)" },
    repair: (node) => bitsOf(node, "Char", 8),
  }),
  rule({
    name: "float16-bits",
    kind: "call",
    precondition: "`Float16` of four hexadecimal digits: its constructor takes a number, and Julia prints the bits",
    sureness: "certain",
    printedBy: "Julia <= 1.10",
    source: lossless,
    example: { before: "Float16(0x3e00)", after: "reinterpret(Float16, 0x3e00)" },
    repair: (node) => bitsOf(node, "Float16", 4),
  }),
  rule({
    name: "int128-bits",
    kind: "call",
    precondition: "`Int128` of 32 hexadecimal digits: its constructor refuses the bits of a negative number",
    sureness: "certain",
    printedBy: "Julia <= 1.11",
    source: "roundtrip of every kind of parameter on 1.5.3",
    example: {
      before: "Int128(0xfffffffffffffffffffffffffffffffd)",
      after: "reinterpret(Int128, 0xfffffffffffffffffffffffffffffffd)",
    },
    repair: (node) => bitsOf(node, "Int128", 32),
  }),
  rule({
    name: "bare-symbol",
    kind: "symbol",
    precondition: 'a backslash, a quote or a dollar sign stands bare in `Symbol("…")`',
    sureness: "certain",
    printedBy: "Julia <= 1.10",
    source: lossless,
    example: { before: 'Symbol("yyyy-mm-dd\\THH")', after: 'Symbol("yyyy-mm-dd\\\\THH")' },
    repair: ({ escaped, name, span }) => (escaped ? undefined : symbolOf(name, span)),
  }),
  rule({
    name: "operator-symbol",
    kind: "symbol",
    precondition: "`:` in front of an operator that Julia's parser takes for syntax",
    sureness: "certain",
    printedBy: "Julia <= 1.10",
    source: lossless,
    example: { before: ":==", after: 'Symbol("==")' },
    repair: (node) => (isRawSymbol(node) ? symbolOf(node.name, node.span) : undefined),
  }),
  rule({
    name: "float32",
    kind: "literal",
    precondition: "a number that ends with `f`, which C writes and Julia takes for a factor",
    sureness: "certain",
    printedBy: "Julia <= 1.10",
    source: lossless,
    example: { before: "1e+10f", after: "1.0f10" },
    repair: ({ text, ...node }) => {
      const [, whole, fraction = ".0", exponent = "0"] = /^(-?\d+)(\.\d+)?(?:e([-+]?\d+))?f$/.exec(text) ?? [];
      return whole === undefined ? undefined : { ...node, text: `${whole}${fraction}f${Number(exponent)}` };
    },
  }),
  rule({
    name: "infinity",
    kind: "literal",
    precondition: "`inf` or `nan`, as C writes them, with no module in front",
    sureness: "certain",
    printedBy: "Julia <= 1.10",
    source: lossless,
    example: { before: "-inf", after: "-Inf" },
    repair: ({ text, ...node }) => {
      const [, sign, word = "", single] = /^(-?)(inf|nan)(f?)$/.exec(text) ?? [];
      if (sign === undefined) return undefined;
      return { ...node, text: `${sign}${word === "inf" ? "Inf" : "NaN"}${single === "f" ? "32" : ""}` };
    },
  }),
  rule({
    name: "negative-zero",
    kind: "literal",
    precondition: "`-0`, which no integer prints",
    sureness: "certain",
    printedBy: "Julia <= 1.10",
    source: "roundtrip of every kind of parameter on 1.5.3",
    example: { before: "-0", after: "-0.0" },
    repair: (node) => (node.text === "-0" ? { ...node, type: "float", text: "-0.0" } : undefined),
  }),
  rule({
    name: "bare-name",
    kind: "path",
    precondition: "a name with `#` or `-` that is not quoted",
    sureness: "certain",
    printedBy: "Julia <= 1.3; modules of doctests in any",
    source: "traces in public repositories",
    example: { before: "doctest-PR650.f", after: 'var"doctest-PR650".f' },
    repair: (node) => {
      if (!node.segments.some(isRawName)) return undefined;
      const quote = (segment: (typeof node.segments)[number]) =>
        isRawName(segment) ? { ...segment, style: "var" as const } : segment;
      const [first, ...rest] = node.segments;
      return { ...node, segments: [quote(first), ...rest.map(quote)] };
    },
  }),
];

/** Julia prints the bits of a primitive value as if they were an argument of its constructor. */
function bitsOf(call: Call, type: string, digits: number): TypeExpr | undefined {
  const [only] = call.arguments;
  if (calleeName(call) !== type || only?.value.kind !== "literal") return undefined;
  if (only.value.text.length !== digits + 2 || only.value.type !== "hex") return undefined;
  return callOf(["reinterpret"], [call.callee, only.value], call.span);
}
