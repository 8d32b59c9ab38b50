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
    const place = [at.file, at.line, at.span && at.span.start + 1].filter((part) => part !== undefined).join(":");
    if (place !== "") lines.push(`  --> ${place}`);
    if (at.text !== undefined) lines.push(...drawFrame(at.text, at.span?.start ?? 0, at.span?.end ?? 1));
  }
  lines.push(...hints.map((hint) => `  hint: ${hint}`));
  return lines.join("\n");
}

function drawFrame(text: string, start: number, end: number): string[] {
  const from = Math.max(0, Math.min(start - Math.floor(width / 2), text.length - width));
  const to = Math.min(text.length, from + width);
  const before = from > 0 ? "…" : "";
  const after = to < text.length ? "…" : "";
  const shown = visible(text.slice(from, to));
  const length = Math.max(1, Math.min(end, to) - start);
  return [
    `   | ${before}${shown}${after}`,
    `   | ${" ".repeat(before.length + Math.max(0, start - from))}${"^".repeat(length)}`,
  ];
}

/** Control characters would move the `^` away from what it points at. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, "\u00b7");
}
