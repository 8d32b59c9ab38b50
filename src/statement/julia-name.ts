import type { Segment, SymbolLiteral } from "../../grammar/type-expr.ts";

// Narrower than Julia's own rules, on purpose: what is left out is quoted, and a quoted name is right in every version.
const asciiName = /^[A-Za-z_][\w!]*$/;
const beyondAscii = /[\u0080-\uFFFF]/;
// Julia reads these two as other letters, as it does with whatever is not in normal form.
const lookalikes = /[\u00B5\u025B]/;

const reserved = new Set(
  (
    "baremodule begin break catch const continue do else elseif end export false finally for function global if import " +
    "let local macro module quote return struct true try using while where"
  ).split(" "),
);

const asciiOperators = new Set(
  ": :: := = == === => ! != !== + - * / \\ ^ % & | ~ < > <= >= <: >: << >> >>> // ++ |> <| .. && || -> ...".split(" "),
);
const unicodeOperator = /^[÷×±¬∘√∛∈∉∋∌∩∪⊆⊇⊈⊉⊊⊋⊂⊃≤≥≠≡≢≈≉⊻⊼⊽⋅⊗⊕⊖⊘⊙∧∨]$/;
/** True for names every Julia reads back bare: `sin`, `push!`, `α₁`; not for `end`, `#1#2`, `ex-3`. */
export function isIdentifier(name: string): boolean {
  if (reserved.has(name)) return false;
  if (asciiName.test(name)) return true;
  return beyondAscii.test(name) && hasLetters(name) && !lookalikes.test(name) && name === name.normalize("NFC");
}

/** In a function, as V8 takes most of a millisecond to look up the classes, where it meets the expression first. */
const hasLetters = (name: string): boolean => /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{N}_!′″‴]*$/u.test(name);

export const isOperator = (name: string): boolean => asciiOperators.has(name) || unicodeOperator.test(name);

/** A name that was printed without the quotes it needs: `#s15`, `doctest-PR650`. */
export const isRawName = ({ name, style }: Segment): boolean =>
  style === "plain" && !isIdentifier(name) && !isOperator(name) && /[#-]/.test(name);

/** A symbol after whose `:` Julia's parser expects something else: `:==`, `::=`. */
export const isRawSymbol = ({ name, spelling }: SymbolLiteral): boolean =>
  spelling === "quoted" && /^[:=?]/.test(name) && !isIdentifier(name);

/** The operators `Core` exports; Julia prints them without their module, `typeof(===)`. */
export const isCoreOperator = (name: string): boolean => name === "===" || name === "<:";

/**
 * The one style in which a segment with this name is written. An operator with no module in front of it would run into
 * what stands beside it, as in `T<:+`, so a `leading` one is quoted.
 */
export function styleOf(name: string, leading: boolean): Segment["style"] {
  if (isIdentifier(name)) return "plain";
  return isOperator(name) && !leading ? "operator" : "var";
}
