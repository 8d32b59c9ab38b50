import type { Ending } from "./wrapping.ts";

// What `preimage emit` writes beside a statement, read back.

/** The first line of a document; its last one holds brackets only. */
export const documentHead = '{"statements":[';

/** Of a table's row what stands behind the statement and its tab: the time in milliseconds, recompiles, and more. */
export function readColumns(text: string): Ending | undefined {
  // Another statement is no column: two that were cut into one line are told apart elsewhere.
  if (text.includes("precompile(")) return undefined;
  const [time = "", recompiles = ""] = text.split("\t", 2);
  if (!/^(?:\d+(?:\.\d+)?(?:e[-+]?\d+)?)?$/.test(time) || !/^\d*$/.test(recompiles)) return undefined;
  return endingOf(time === "" ? undefined : Number(time), Number(recompiles));
}

export interface Entry {
  readonly statement: string;
  readonly ending: Ending;
}

/** A statement's line of a document; undefined where it is anything else. */
export function readEntry(text: string): Entry | undefined {
  if (!text.startsWith('{"')) return undefined;
  let entry: Readonly<Record<string, unknown>>;
  try {
    entry = JSON.parse(text.replace(/,$/, ""));
  } catch {
    // Broken off, or no JSON at all: it is read as any other line.
    return undefined;
  }
  const { statement, compileMs, recompiles } = entry;
  if (typeof statement !== "string") return undefined;
  const ending = endingOf(typeof compileMs === "number" ? compileMs : undefined, Number(recompiles));
  return { statement, ending };
}

const endingOf = (compileMs: number | undefined, recompiles: number): Ending => ({
  recompile: recompiles > 0,
  ...(compileMs === undefined ? {} : { compileMs }),
});
