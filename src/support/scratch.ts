import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** A folder for the files of one job, removed in the job's `finally`, unless somebody has to look into it: then `keep` it. */
export class Scratch {
  readonly path: string;
  #kept = false;

  /** `parent`: where to make it, by default the system's folder for temporary files. Throws where that is not writable. */
  constructor(label: string, parent: string = tmpdir()) {
    this.path = mkdtempSync(join(parent, `preimage-${label}-`));
  }

  file(name: string): string {
    return join(this.path, name);
  }

  keep(): void {
    this.#kept = true;
  }

  remove(): void {
    if (!this.#kept) rmSync(this.path, { recursive: true, force: true });
  }
}

/** Where a file is written before it takes its name: beside it, so that the rename cannot cross file systems. */
export function partialPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
}

/** Writes a file whole or not at all. Throws what the file system throws. */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o666): void {
  const partial = partialPath(path);
  try {
    writeFileSync(partial, content, { mode });
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Makes a folder and those above it. Node's own way to do this never ends where no folder can be made, as in /proc. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it just now.
    if (!existsSync(path)) throw error;
  }
}
