/**
 * Julia <= 1.10 prints the text of `Symbol("…")` and `var"…"` without escaping it, Julia >= 1.11 escapes it, and both
 * end up in one list. The end is looked for by the rules of escaping first; where that leaves no end, the first quote
 * is taken that something can follow. Both searches go forward only, so the time stays linear.
 */
function endOfQuoted(text: string, from: number, closes: (quote: number) => boolean): number | undefined {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === '"') {
      if (closes(at)) return at;
      break;
    }
  }
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    if (closes(at)) return at;
  }
  return undefined;
}

const afterSymbol = /^[,})\s]?$/;
const afterVar = /^[,{}().<>=:\s]?$/;

/** End (exclusive) of the `Symbol("…")` that starts at `start`; an unclosed one takes the rest of the text. */
export function endOfSymbolCall(text: string, start: number): number {
  const quote = endOfQuoted(
    text,
    start + 'Symbol("'.length,
    (at) => text[at + 1] === ")" && afterSymbol.test(text.charAt(at + 2)),
  );
  return quote === undefined ? text.length : quote + 2;
}

/** End (exclusive) of the `var"…"` whose quote stands at `open`; an unclosed one takes the rest of the text. */
export function endOfVar(text: string, open: number): number {
  const quote = endOfQuoted(text, open + 1, (at) => afterVar.test(text.charAt(at + 1)));
  return quote === undefined ? text.length : quote + 1;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\", '"': '"', $: "$", n: "\n", r: "\r", t: "\t" };
const escapePair = /\\([\\"$nrt])/g;
const needsEscape = /[\\"$\n\r\t]/g;

/**
 * The text of a symbol between the quotes of `Symbol("…")`. Only the six escapes preimage itself writes count: every
 * other backslash, as in the date format `\THH`, shows that the text was printed bare.
 */
export function readStringBody(body: string): { readonly name: string; readonly escaped: boolean } {
  if (body.search(needsEscape) < 0) return { name: body, escaped: true };
  if (body.replace(escapePair, "").search(needsEscape) >= 0) return { name: body, escaped: false };
  return { name: body.replace(escapePair, (_, char: string) => escapes[char] ?? char), escaped: true };
}

/** The inverse of `readStringBody` for an escaped text: what Julia reads back between the quotes of a string. */
export function writeStringBody(name: string): string {
  return name.replace(needsEscape, (char) =>
    char === "\n" ? "\\n" : char === "\r" ? "\\r" : char === "\t" ? "\\t" : `\\${char}`,
  );
}

/** A run of backslashes, or a quote: one match a run keeps both directions linear. */
const backslashesOrQuote = /\\+|"/g;

/** The name between the quotes of `var"…"`: a backslash is special in front of a quote only. */
export function readVarBody(body: string): string {
  let bare = false;
  const name = body.replace(backslashesOrQuote, (match, at: number) => {
    if (match === '"') {
      bare ||= body[at - 1] !== "\\";
      return match;
    }
    const next = body[at + match.length];
    if (next !== '"' && next !== undefined) return match;
    // An escaped quote has an odd run in front of it, the closing one an even run.
    bare ||= (match.length % 2 === 1) !== (next === '"');
    return match.slice(0, match.length >> 1);
  });
  return bare ? body : name;
}

/** The inverse of `readVarBody`. */
export function writeVarBody(name: string): string {
  return name.replace(backslashesOrQuote, (match, at: number) => {
    if (match === '"') return '\\"';
    const next = name[at + match.length];
    return next === '"' || next === undefined ? match + match : match;
  });
}
