import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Where the shared corpora of real trace files lie, seen from the root of the repository. */
export const corporaRoot = join(import.meta.dirname, "../../../shared/corpora");
export const corporaPresent = existsSync(corporaRoot);

export interface CorpusLine {
  readonly place: string;
  /** Without the marks `--trace-compile-timing` and a recompilation add: they belong to the line, not the statement. */
  readonly text: string;
}

export function* corpusLines(pattern: string): Generator<CorpusLine> {
  for (const file of globSync(join(corporaRoot, pattern)).sort()) {
    const lines = readFileSync(file, "utf8").split("\n");
    for (const [index, line] of lines.entries()) {
      const text = line.replace(/^#= *[\d.]+ ms =# /, "").replace(/ # recompile$/, "");
      if (text !== "") yield { place: `${basename(file)}:${index + 1}`, text };
    }
  }
}
