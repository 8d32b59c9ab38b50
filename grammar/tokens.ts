// biome-ignore-all format: a table of tokens is read down its columns
import { createToken, type ITokenConfig, Lexer, type TokenType } from "chevrotain";
import { endOfSymbolCall, endOfVar } from "./quoted-text.ts";

// What old Julias print raw are names too: `#s15`, `##ex-#258`, `doctest-PR650`. The ranges are UTF-16 units, so that
// an emoji is two name characters; which names Julia reads back is asked when they are printed, not here.
// A pattern that can fail must not look far ahead: on a hostile line the lexer tries it again at every character.
const wordStart = String.raw`(?:[A-Za-z_\u0080-\uFFFF]|#{1,4}[\w\u0080-\uFFFF])`;
const inWord = String.raw`(?:[\w!#\u0080-\uFFFF]|-(?=[\w#]))`;
const word = `${wordStart}${inWord}*`;
const dot = String.raw`\.(?!var")`;
const path = `${word}(?:${dot}${word})*`;
// `*ˡ`: an operator may end in modifier letters and primes.
const operator = String.raw`[-+*/\\^%&|~!<>=:?]+[\u02B0-\u02FF\u1D2C-\u1D6A\u2032-\u2037\u2057\u2070-\u209C]*`;
const symbolOperator = String.raw`[-+*/\\^%&|~!<>=:?.$\u0080-\uFFFF]+`;
const numeral = String.raw`-?(?:0x[\da-fA-F]+|\d+(?:\.\d+)?(?:e[-+]?\d+)?(?:f[-+]?\d*)?)`;
const negativeWord = String.raw`-(?:inff?|nanf?|Inf(?:16|32)?|NaN(?:16|32)?)(?!\w)`;

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";

/** A row of the table. `starts`: the ASCII characters that it can begin with. */
const token = (name: string, starts: string, pattern: string | RegExp, more: Partial<ITokenConfig> = {}): TokenType =>
  createToken({ name, pattern, start_chars_hint: [...starts], ...more });

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
// Beyond ASCII, only a Name begins.
export const Blank           = token("Blank",           " \t\r\n",       /[ \t\r\n]+/, { group: Lexer.SKIPPED, line_breaks: true });
export const OpenBrace       = token("OpenBrace",       "{",             "{");
export const CloseBrace      = token("CloseBrace",      "}",             "}");
export const OpenParen       = token("OpenParen",       "(",             "(");
export const CloseParen      = token("CloseParen",      ")",             ")");
export const Comma           = token("Comma",           ",",             ",");
export const Name            = token("Name",            `${letters}#`,   new RegExp(path));
export const Where           = token("Where",           "w",             new RegExp(`where(?!${inWord}|${dot}${wordStart})`));
export const Precompile      = token("Precompile",      "Bp",            /(?:Base\.)?precompile(?=\()/);
export const Which           = token("Which",           "w",             /which(?=\()/);
export const NamedTupleMacro = token("NamedTupleMacro", "@",             /@(?:NamedTuple|Kwargs)(?=\{)/);
export const MimeText        = quotedName("MimeText", 'MIME"');
export const Declares        = token("Declares",        ":",             /::(?![:=,})\s])/);
export const Getfield        = token("Getfield",        "g",             /getfield(?=\()/);
export const SymbolCall      = scanned("SymbolCall", 'Symbol("', endOfSymbolCall);
export const VarName         = quotedName("VarName", 'var"');
export const DotVar          = quotedName("DotVar", '.var"');
export const DotOperatorVar  = token("DotOperatorVar",  ".",             /\.:\(var"[^"\\]*"\)/);
export const DotOperator     = token("DotOperator",     ".",             /\.:\([^\s(){}",`]+\)/);
export const DotBareOperator = token("DotBareOperator", ".",             new RegExp(String.raw`\.:${operator}`));
export const DotName         = token("DotName",         ".",             new RegExp(String.raw`\.${path}`));
export const QuotedVar       = quotedName("QuotedVar", ':var"');
export const QuotedParens    = token("QuotedParens",    ":",             /:\([^\s(){}",`]+\)/);
export const QuotedSymbol    = token("QuotedSymbol",    ":",             new RegExp(`:(?:${word}|${symbolOperator})`));
export const Numeral         = token("Numeral",         "-0123456789",   new RegExp(`${numeral}|${negativeWord}`));
export const Bound           = token("Bound",           "<>",            /[<>]:/);
export const Equals          = token("Equals",          "=",             /=(?![=>])/);
export const Operator        = token("Operator",        "-+*/\\^%&|~!<>=:?", new RegExp(operator));

export const tokens: TokenType[] = [
  Blank, OpenBrace, CloseBrace, OpenParen, CloseParen, Comma,
  Where, Precompile, Which, NamedTupleMacro, MimeText, Getfield, SymbolCall, VarName, Name,
  DotVar, DotOperatorVar, DotOperator, DotBareOperator, DotName,
  QuotedVar, QuotedParens, Declares, QuotedSymbol, Numeral, Bound, Equals, Operator,
];
