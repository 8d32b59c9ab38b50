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
  const parts: string[] = [];
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
        if (depth > deepestSplit) return undefined;
        break;
      case quote:
        // What is not closed ends with the text, which a quote at its very end does already.
        at = Math.max(at, closingQuote(text, at));
        break;
      case comma:
        if (depth > 0) break;
        if (at === from) return undefined;
        parts.push(text.slice(from, at));
        from = text.charCodeAt(at + 1) === blank ? at + 2 : at + 1;
        break;
      case closeBrace:
      case closeParen:
        depth -= 1;
        if (depth >= 0) break;
        if (at <= from || code === closeParen) return undefined;
        parts.push(text.slice(from, at));
        return { parts, close: at };
    }
  }
  return undefined;
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

/**
 * How many parts `splitSignature` cuts a statement into, 0 where only reading tells. It is asked of many statements, so it
 * looks for the few characters that matter, and reads what stands in brackets alone.
 */
export function countParts(text: string): number {
  if (!text.startsWith(opening) || text.includes('"')) return splitSignature(text)?.parts.length ?? 0;
  let parts = 1;
  let nextComma = text.indexOf(",", opening.length);
  let nextBrace = text.indexOf("{", opening.length);
  let nextParen = text.indexOf("(", opening.length);
  while (nextComma >= 0) {
    const open = nextBrace < 0 || (nextParen >= 0 && nextParen < nextBrace) ? nextParen : nextBrace;
    if (open < 0 || nextComma < open) {
      parts += 1;
      nextComma = text.indexOf(",", nextComma + 1);
      continue;
    }
    const close = closingBracket(text, open);
    if (nextComma < close) nextComma = text.indexOf(",", close);
    if (nextBrace >= 0 && nextBrace < close) nextBrace = text.indexOf("{", close);
    if (nextParen >= 0 && nextParen < close) nextParen = text.indexOf("(", close);
  }
  return parts;
}

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === openBrace || code === openParen) depth += 1;
    else if (code === closeBrace || code === closeParen) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}
