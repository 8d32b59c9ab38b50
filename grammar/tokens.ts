// biome-ignore-all format: a table of tokens is read down its columns
import { createToken, Lexer, type TokenType } from "chevrotain";
import { endOfSymbolCall, endOfVar } from "./quoted-text.ts";

// What old Julias print raw are names too: `#s15`, `##ex-#258`, `doctest-PR650`. The ranges are UTF-16 units, so that
// an emoji is two name characters; which names Julia reads back is asked when they are printed, not here.
// A pattern that can fail must not look far ahead: on a hostile line the lexer tries it again at every character.
const word = String.raw`(?:[A-Za-z_\u0080-\uFFFF]|#{1,4}[\w\u0080-\uFFFF])(?:[\w!#\u0080-\uFFFF]|-(?=[\w#]))*`;
const path = String.raw`${word}(?:\.(?!var")${word})*`;
// `*ˡ`: an operator may end in modifier letters and primes.
const operator = String.raw`[-+*/\\^%&|~!<>=:?]+[\u02B0-\u02FF\u1D2C-\u1D6A\u2032-\u2037\u2057\u2070-\u209C]*`;
const symbolOperator = String.raw`[-+*/\\^%&|~!<>=:?.$\u0080-\uFFFF]+`;
const numeral = String.raw`-?(?:0x[\da-fA-F]+|\d+(?:\.\d+)?(?:e[-+]?\d+)?(?:f[-+]?\d*)?)`;
const negativeWord = String.raw`-(?:inff?|nanf?|Inf(?:16|32)?|NaN(?:16|32)?)(?!\w)`;

/** A token whose end a regular expression cannot find in linear time; `open` is what it begins with. */
const scanned = (name: string, open: string, end: (text: string, start: number) => number): TokenType =>
  createToken({
    name,
    line_breaks: true,
    start_chars_hint: [open.charAt(0)],
    pattern: (text: string, start: number) => {
      if (!text.startsWith(open, start)) return null;
      return [text.slice(start, end(text, start))] as unknown as RegExpExecArray;
    },
  });

const quotedName = (name: string, open: string) =>
  scanned(name, open, (text, start) => endOfVar(text, start + open.length - 1));

// Order carries meaning: the lexer takes the first pattern that matches, so every special name precedes Name, and the
// longer spelling of a colon precedes the shorter one. A whole dotted path is one token: that halves the time.
export const Blank           = createToken({ name: "Blank",           pattern: /[ \t\r\n]+/, group: Lexer.SKIPPED, line_breaks: true });
export const OpenBrace       = createToken({ name: "OpenBrace",       pattern: "{" });
export const CloseBrace      = createToken({ name: "CloseBrace",      pattern: "}" });
export const OpenParen       = createToken({ name: "OpenParen",       pattern: "(" });
export const CloseParen      = createToken({ name: "CloseParen",      pattern: ")" });
export const Comma           = createToken({ name: "Comma",           pattern: "," });
export const Name            = createToken({ name: "Name",            pattern: new RegExp(path) });
export const Where           = createToken({ name: "Where",           pattern: "where", longer_alt: Name });
export const Precompile      = createToken({ name: "Precompile",      pattern: /(?:Base\.)?precompile(?=\()/ });
export const Which           = createToken({ name: "Which",           pattern: /which(?=\()/ });
export const NamedTupleMacro = createToken({ name: "NamedTupleMacro", pattern: /@NamedTuple(?=\{)/ });
export const MimeText        = quotedName("MimeText", 'MIME"');
export const Declares        = createToken({ name: "Declares",        pattern: /::(?![:=,})\s])/ });
export const Getfield        = createToken({ name: "Getfield",        pattern: /getfield(?=\()/ });
export const SymbolCall      = scanned("SymbolCall", 'Symbol("', endOfSymbolCall);
export const VarName         = quotedName("VarName", 'var"');
export const DotVar          = quotedName("DotVar", '.var"');
export const DotOperatorVar  = createToken({ name: "DotOperatorVar",  pattern: /\.:\(var"[^"\\]*"\)/ });
export const DotOperator     = createToken({ name: "DotOperator",     pattern: /\.:\([^\s(){}",`]+\)/ });
export const DotBareOperator = createToken({ name: "DotBareOperator", pattern: new RegExp(String.raw`\.:${operator}`) });
export const DotName         = createToken({ name: "DotName",         pattern: new RegExp(String.raw`\.${path}`) });
export const QuotedVar       = quotedName("QuotedVar", ':var"');
export const QuotedParens    = createToken({ name: "QuotedParens",    pattern: /:\([^\s(){}",`]+\)/ });
export const QuotedSymbol    = createToken({ name: "QuotedSymbol",    pattern: new RegExp(`:(?:${word}|${symbolOperator})`) });
export const Numeral         = createToken({ name: "Numeral",         pattern: new RegExp(`${numeral}|${negativeWord}`) });
export const Bound           = createToken({ name: "Bound",           pattern: /[<>]:/ });
export const Equals          = createToken({ name: "Equals",          pattern: /=(?![=>])/ });
export const Operator        = createToken({ name: "Operator",        pattern: new RegExp(operator) });

export const tokens: TokenType[] = [
  Blank, OpenBrace, CloseBrace, OpenParen, CloseParen, Comma,
  Where, Precompile, Which, NamedTupleMacro, MimeText, Getfield, SymbolCall, VarName, Name,
  DotVar, DotOperatorVar, DotOperator, DotBareOperator, DotName,
  QuotedVar, QuotedParens, Declares, QuotedSymbol, Numeral, Bound, Equals, Operator,
];
