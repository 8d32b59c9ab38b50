import { deepestSplit } from "./split-arguments.ts";

const mostParts = 1_024;

/**
 * Where the parts between commas are: a stack, on which the parts of a part come above those beside it. Who splits takes
 * off what it has put there.
 */
export const byteParts = {
  top: 0,
  starts: new Int32Array(mostParts),
  ends: new Int32Array(mostParts),
  /** Of each part's bytes. */
  hashes: new Int32Array(mostParts),
  /** Every comma of what was split last has one blank behind it, as Julia writes them. */
  evenlySpaced: true,
};

/**
 * `splitBraces` without a string: puts the parts behind an opening brace onto `byteParts` and gives the place of the closing
 * one. -1, and no part, where a part is empty or the brace is missing, and for what is left to `splitBraces`: other characters than
 * ASCII, quotes whose end is not plain to see, very many parts. There has to be a byte at `end`.
 */
export function splitBytes(bytes: Uint8Array, start: number, end: number): number {
  const { starts, ends, hashes } = byteParts;
  let count = byteParts.top;
  let depth = 0;
  let from = start;
  let hash = seed;
  byteParts.evenlySpaced = true;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    switch (kinds[byte]) {
      case 0:
        break;
      case opener:
        depth += 1;
        if (depth > deepestSplit) return -1;
        break;
      case quote: {
        const close = closingQuote(bytes, at, end);
        if (close < 0) return -1;
        for (; at < close; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), prime);
        break;
      }
      case comma:
        if (depth > 0) break;
        if (at === from || count === mostParts) return -1;
        starts[count] = from;
        ends[count] = at;
        hashes[count] = hash;
        count += 1;
        if (bytes[at + 1] === blank) at += 1;
        else byteParts.evenlySpaced = false;
        from = at + 1;
        hash = seed;
        continue;
      case closer:
        depth -= 1;
        if (depth >= 0) break;
        if (at <= from || byte === closeParen || count === mostParts) return -1;
        starts[count] = from;
        ends[count] = at;
        hashes[count] = hash;
        byteParts.top = count + 1;
        return at;
      default:
        return -1;
    }
    hash = Math.imul(hash ^ byte, prime);
  }
  return -1;
}

// FNV-1a: a byte at a time, as the loop that looks for commas goes. What is found by it is compared. It begins anywhere, so
// that nobody can write a trace whose arguments all share a hash.
const seed = (Math.random() * 2 ** 32) | 0;
const prime = 0x01000193;

const [opener, closer, comma, quote, beyondAscii] = [1, 2, 3, 4, 5];
const [blank, closeParen] = [32, 41];
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  if (byte > 127) return beyondAscii;
  return "{(".includes(char) ? opener : "})".includes(char) ? closer : char === "," ? comma : char === '"' ? quote : 0;
});

const symbolOpening = Buffer.from("Symbol(");
const afterSymbol = followers(",}) ");
const afterVar = followers(",{}().<>=: ");

function followers(chars: string): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (chars.includes(String.fromCharCode(byte)) ? 1 : 0));
}

/** The next quote, where it ends the text by `quoted-text.ts` at first sight; else -1. */
function closingQuote(bytes: Uint8Array, open: number, end: number): number {
  let close = open + 1;
  for (; close < end && bytes[close] !== 34; close += 1) {
    const byte = bytes[close] ?? 0;
    if (byte === 92 || byte > 127) return -1;
  }
  if (close + 2 >= end) return -1;
  if (!symbolOpening.every((byte, index) => bytes[open - symbolOpening.length + index] === byte))
    return afterVar[bytes[close + 1] ?? 0] === 1 ? close : -1;
  return bytes[close + 1] === closeParen && afterSymbol[bytes[close + 2] ?? 0] === 1 ? close : -1;
}
