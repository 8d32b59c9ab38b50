import type { Diagnostic } from "./diagnostic.ts";

/** How much of a long line is shown around what is pointed at. */
const width = 100;

/**
 * A diagnostic as text: `severity[code]: message`, the place with a `^` under what is meant, the hints. `line:column`
 * is counted here, from 1, in characters of the line.
 */
export function drawDiagnostic({ code, severity, message, at, hints }: Diagnostic): string {
  const lines = [`${severity}[${code}]: ${message}`];
  if (at !== undefined) {
    const { before = 0 } = at;
    const place = [at.file, at.line, at.span && before + at.span.start + 1]
      .filter((part) => part !== undefined)
      .join(":");
    if (place !== "") lines.push(`  --> ${place}`);
    if (at.text !== undefined) lines.push(...drawFrame(at.text, at.span?.start ?? 0, at.span?.end ?? 1, before > 0));
  }
  lines.push(...hints.map((hint) => `  hint: ${hint}`));
  return lines.join("\n");
}

/** `cut`: more of the line stands in front of the text. */
function drawFrame(text: string, start: number, end: number, cut: boolean): string[] {
  // Of a very long line only a part is kept: what lies beyond is shown as the `…`.
  const caret = Math.min(start, text.length);
  const from = Math.max(0, Math.min(caret - Math.floor(width / 2), text.length - width));
  const to = Math.min(text.length, from + width);
  const before = cut || from > 0 ? "…" : "";
  const after = to < text.length || start > text.length ? "…" : "";
  const shown = visible(text.slice(from, to).toWellFormed());
  return [
    `   | ${before}${shown}${after}`,
    `   | ${" ".repeat(columns(before + text.slice(from, caret)))}${"^".repeat(Math.max(1, columns(text.slice(caret, Math.min(end, to)))))}`,
  ];
}

/** How wide a text is drawn: a combining mark stands on the letter before it. */
function columns(text: string): number {
  return [...text].filter((character) => !/\p{Mn}/u.test(character)).length;
}

/** Control characters would move the `^` away from what it points at. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, "\u00b7");
}
