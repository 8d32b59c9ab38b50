import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { fileStart } from "../support/file-start.ts";
import { makeFolder } from "../support/make-folder.ts";
import { writeWhole } from "../support/scratch.ts";

/** Writes a file whole, with its folder. Gives what is wrong where that cannot be. */
export function writeOutput(path: string, text: string): Diagnostic | undefined {
  try {
    makeFolder(dirname(path));
    writeWhole(path, text);
    return undefined;
  } catch (error) {
    return errorDiagnostic("PI420", `\`${path}\` cannot be written: ${fileErrorText(error)}`, [
      "name a place that you may write to with `-o`",
    ]);
  }
}

/**
 * A slip must not cost what another program wrote: what we write says so in its first line. An empty file costs nobody.
 * `what`: such a file in words.
 */
export function foreignFile(
  path: string,
  what: string,
  isOurs: (firstLine: string) => boolean,
): Diagnostic | undefined {
  if (!existsSync(path) || !statSync(path).isFile()) return undefined;
  const first = firstLine(path);
  if (first === "" || isOurs(first)) return undefined;
  return errorDiagnostic("PI962", `\`${path}\` is there, and is no ${what} that preimage wrote`, [
    "name another place with `-o`, or remove it first",
  ]);
}

/** What we write says that it is ours within so many bytes. */
const mostOfMark = 4_096;

export const firstLine = (path: string): string => fileStart(path, mostOfMark).toString("utf8").split("\n", 1)[0] ?? "";
