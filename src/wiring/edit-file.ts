import { chmodSync, constants, copyFileSync, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../support/make-folder.ts";
import { writeWhole } from "../support/scratch.ts";

export interface EditedFile {
  readonly path: string;
  /** False: it said so already, and was left alone. */
  readonly changed: boolean;
  /** The file as it was before we first touched it; undefined where there was none. */
  readonly backup?: string | undefined;
}

/**
 * Writes a file of the user's anew, whole or not at all: links are followed, its mode stays, and what it was before the
 * first time is kept beside it. Throws what the file system throws.
 */
export function editFile(named: string, after: string): EditedFile {
  const existed = existsSync(named);
  const path = existed ? realpathSync(named) : named;
  const backup = `${path}.before-preimage`;
  const kept = () => (existsSync(backup) ? backup : undefined);
  if (existed && readFileSync(path, "utf8") === after) return { path: named, changed: false, backup: kept() };
  if (existed && !existsSync(backup)) copyFileSync(path, backup, constants.COPYFILE_EXCL);
  const mode = existed ? statSync(path).mode & 0o7777 : undefined;
  makeFolder(dirname(path));
  writeWhole(path, after);
  if (mode !== undefined) chmodSync(path, mode);
  return { path: named, changed: true, backup: kept() };
}
