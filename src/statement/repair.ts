import { calleeName } from "../../grammar/calls.ts";
import type { Call, Kind, NodeOf, TypeExpr } from "../../grammar/type-expr.ts";
import { callOf, symbolOf } from "./build-type-expr.ts";
import { isIdentifier, isOperator } from "./julia-name.ts";

/** A rewrite of what Julia printed into what it meant: the printed text fails or names another type when it is read. */
export interface Repair<K extends Kind = Kind> {
  readonly name: string;
  readonly kind: K;
  readonly example: { readonly before: string; readonly after: string };
  /** The node meant, or `undefined` where this rule has nothing to repair; never applies to its own result. */
  readonly repair: (node: NodeOf<K>) => TypeExpr | undefined;
}

const rule = <K extends Kind>(repair: Repair<K>): Repair => repair as unknown as Repair;

/** Only what is certain: a value that lost its type (`3` from `Int32(3)`) reads well and is left alone. */
export const repairs: readonly Repair[] = [
  rule({
    name: "char-bits",
    kind: "call",
    example: { before: "Char(0x78000000)", after: "reinterpret(Char, 0x78000000)" },
    repair: (node) => bitsOf(node, "Char", 8),
  }),
  rule({
    name: "float16-bits",
    kind: "call",
    example: { before: "Float16(0x3e00)", after: "reinterpret(Float16, 0x3e00)" },
    repair: (node) => bitsOf(node, "Float16", 4),
  }),
  rule({
    name: "int128-bits",
    kind: "call",
    example: {
      before: "Int128(0xfffffffffffffffffffffffffffffffd)",
      after: "reinterpret(Int128, 0xfffffffffffffffffffffffffffffffd)",
    },
    repair: (node) => bitsOf(node, "Int128", 32),
  }),
  rule({
    name: "bare-symbol",
    kind: "symbol",
    example: { before: 'Symbol("yyyy-mm-dd\\THH")', after: 'Symbol("yyyy-mm-dd\\\\THH")' },
    repair: ({ escaped, name, span }) => (escaped ? undefined : symbolOf(name, span)),
  }),
  rule({
    name: "operator-symbol",
    kind: "symbol",
    example: { before: ":==", after: 'Symbol("==")' },
    repair: ({ spelling, name, span }) =>
      spelling === "quoted" && /^[:=?]/.test(name) && !isIdentifier(name) ? symbolOf(name, span) : undefined,
  }),
  rule({
    name: "float32",
    kind: "literal",
    example: { before: "1e+10f", after: "1.0f10" },
    repair: ({ text, ...node }) => {
      const [, whole, fraction = ".0", exponent = "0"] = /^(-?\d+)(\.\d+)?(?:e([-+]?\d+))?f$/.exec(text) ?? [];
      return whole === undefined ? undefined : { ...node, text: `${whole}${fraction}f${Number(exponent)}` };
    },
  }),
  rule({
    name: "infinity",
    kind: "literal",
    example: { before: "-inf", after: "-Inf" },
    repair: ({ text, ...node }) => {
      const [, sign, word = "", single] = /^(-?)(inf|nan)(f?)$/.exec(text) ?? [];
      if (sign === undefined) return undefined;
      return { ...node, text: `${sign}${word === "inf" ? "Inf" : "NaN"}${single === "f" ? "32" : ""}` };
    },
  }),
  rule({
    name: "bare-name",
    kind: "path",
    example: { before: "doctest-PR650.f", after: 'var"doctest-PR650".f' },
    repair: (node) => {
      const broken = (name: string) => !isIdentifier(name) && !isOperator(name) && /[#-]/.test(name);
      if (!node.segments.some(({ name, style }) => style === "plain" && broken(name))) return undefined;
      const quote = (segment: (typeof node.segments)[number]) =>
        segment.style === "plain" && broken(segment.name) ? { ...segment, style: "var" as const } : segment;
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
