import type { Span } from "../../grammar/span.ts";

export type { Span };

/** Where in the user's input a diagnostic points. `text` is what the span counts in; it is drawn as a frame. */
export interface Location {
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly span?: Span;
  /** The line, or a part of one. */
  readonly text?: string;
  /** How many characters of the line stand in front of `text`. */
  readonly before?: number;
}

export type Severity = "error" | "warning" | "note";

/**
 * What is the case, in the user's words. The message is lower case without a full stop, the user's text stands in
 * backquotes; each hint is an imperative that names a real flag or command.
 * Codes are permanent: PI1xx syntax, PI2xx store, PI3xx toolchain, PI4xx build, PI9xx usage.
 */
export interface Diagnostic {
  readonly code: `PI${number}`;
  readonly severity: Severity;
  readonly message: string;
  readonly at?: Location;
  readonly hints: readonly string[];
}

/** An error without a position in the user's input. */
export function errorDiagnostic(code: Diagnostic["code"], message: string, hints: readonly string[]): Diagnostic {
  return { code, severity: "error", message, hints };
}
