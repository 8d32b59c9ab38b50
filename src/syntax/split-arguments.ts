import { endOfSymbolCall, endOfVar } from "../../grammar/quoted-text.ts";

export interface SplitBraces {
  /** The texts between the commas, none of them empty. */
  readonly parts: readonly string[];
  /** Where the closing brace stands. */
  readonly close: number;
}

/** Around the arguments of a statement as Julia prints it. */
export const opening = "precompile(Tuple{";
export const closing = "})";

/** Deeper brackets are left to the parser, which tells what is too deep. */
export const deepestSplit = 60;

/**
 * Cuts `{A, B}` at its commas; `start` is behind the opening brace. A token ends at the comma as it would at the brace, so
 * that parts which can be read alone say the same there. Brackets are counted and not matched: a part in which they do
 * not match cannot be read alone. Undefined where a part is empty, or the closing brace is missing.
 */
export function splitBraces(text: string, start: number): SplitBraces | undefined {
  const close = cut(text, start);
  if (close < 0) return undefined;
  const parts: string[] = [];
  for (let part = 0; part < cuts.length; part += 2) parts.push(text.slice(cuts[part], cuts[part + 1]));
  return { parts, close };
}

/** Where the parts begin and end of what was cut last. One for all, as most that is cut is not looked at any further. */
const cuts: number[] = [];

/** Gives the place of the closing brace; -1 where `splitBraces` is undefined. */
function cut(text: string, start: number): number {
  cuts.length = 0;
  let depth = 0;
  let from = start;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Nearly all are letters.
    if (code > comma && code < openBrace) continue;
    switch (code) {
      case openBrace:
      case openParen:
        depth += 1;
        if (depth > deepestSplit) return -1;
        break;
      case quote:
        // What is not closed ends with the text, which a quote at its very end does already.
        at = Math.max(at, closingQuote(text, at));
        break;
      case comma:
        if (depth > 0) break;
        if (at === from) return -1;
        cuts.push(from, at);
        from = text.charCodeAt(at + 1) === blank ? at + 2 : at + 1;
        break;
      case closeBrace:
      case closeParen:
        depth -= 1;
        if (depth >= 0) break;
        if (at <= from || code === closeParen) return -1;
        cuts.push(from, at);
        return at;
    }
  }
  return -1;
}

const [blank, quote, openParen, closeParen, comma, openBrace, closeBrace] = [32, 34, 40, 41, 44, 123, 125];

/** Where the text in the quotes that begin at `open` ends. */
function closingQuote(text: string, open: number): number {
  const call = open - "Symbol(".length;
  return text.startsWith("Symbol(", call) ? endOfSymbolCall(text, call) - 2 : endOfVar(text, open) - 1;
}

/** What stands between the braces of `Tuple{…}`, whatever follows them; undefined where only reading tells. */
export const splitSignature = (text: string): SplitBraces | undefined =>
  text.startsWith(opening) ? splitBraces(text, opening.length) : undefined;

/** The first part of `splitSignature`, and how many there are: all that most statements are asked for. */
export function outlineSignature(text: string): { readonly first: string; readonly parts: number } | undefined {
  if (!text.startsWith(opening) || cut(text, opening.length) < 0) return undefined;
  return { first: text.slice(cuts[0], cuts[1]), parts: cuts.length / 2 };
}
