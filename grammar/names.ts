import { readStringBody, readVarBody } from "./quoted-text.ts";
import type { Literal, Segment, SymbolLiteral } from "./type-expr.ts";

/** The segments of a fused path token, `Base.Iterators.Pairs`. */
export function plainSegments(image: string): [Segment, ...Segment[]] {
  if (!image.includes(".")) return [{ name: image, style: "plain" }];
  const [first = "", ...rest] = image.split(".");
  return [plain(first), ...rest.map(plain)];
}

const plain = (name: string): Segment => ({ name, style: "plain" });

/** `.Pairs.T`: what stands behind a quoted segment; the leading dot is not part of it. */
export const dottedSegments = (image: string): Segment[] => plainSegments(image.slice(1));

/** `var"#1#2"`, with `prefix` characters in front of the opening quote. */
export const varSegment = (image: string, prefix: number): Segment => ({
  name: readVarBody(image.slice(prefix + 1, -1)),
  style: "var",
});

/** `.:(+)`, `.:(var"==")`, `.:+` */
export const operatorSegment = (image: string, style: "operator" | "operator-var" | "bare-operator"): Segment => {
  if (style === "bare-operator") return { name: image.slice(2), style };
  return { name: style === "operator" ? image.slice(3, -1) : image.slice(7, -2), style };
};

type SymbolText = Pick<SymbolLiteral, "name" | "spelling" | "escaped">;

export const symbolText: Readonly<Record<SymbolLiteral["spelling"], (image: string) => SymbolText>> = {
  quoted: (image) => ({ name: image.slice(1), spelling: "quoted", escaped: true }),
  parens: (image) => ({ name: image.slice(2, -1), spelling: "parens", escaped: true }),
  var: (image) => ({ name: readVarBody(image.slice(5, -1)), spelling: "var", escaped: true }),
  call: (image) => ({ ...readStringBody(image.slice(8, -2)), spelling: "call" }),
};

const words: ReadonlyMap<string, Literal["type"]> = new Map([
  ["true", "bool"],
  ["false", "bool"],
  ...["inf", "nan", "inff", "nanf", "Inf", "NaN", "Inf16", "Inf32", "NaN16", "NaN32"].map(
    (word): [string, Literal["type"]] => [word, "float"],
  ),
]);

/** The type of a value that is written as a word; `inf` and `nan` are how Julia <= 1.10 prints `Inf` and `NaN`. */
export const literalWord = (image: string): Literal["type"] | undefined => words.get(image);

export function numeralType(image: string): Literal["type"] {
  if (/^-?0x/.test(image)) return "hex";
  return /^-?\d+$/.test(image) ? "integer" : "float";
}
