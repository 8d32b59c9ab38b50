import {
  lstatSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

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

  write(path: string, content: string): void {
    writeFileSync(path, content);
  }

  /** Removes a file of it, if it is there. */
  forget(path: string): void {
    rmSync(path, { force: true });
  }

  keep(): void {
    this.#kept = true;
  }

  remove(): void {
    // What a job started may still write into it: a worker that ends after the program it worked for.
    if (!this.#kept) rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where a file is written before it takes its name: beside it, so that the rename cannot cross file systems. */
export function partialPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
}

/**
 * Writes a file whole or not at all. A link stays a link to what is written; a device or a pipe, which nothing may take
 * the place of, takes what is written itself. Throws what the file system throws.
 */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o666): void {
  const place = placeOf(path);
  if (place === undefined) {
    writeFileSync(path, content);
    return;
  }
  const partial = partialPath(place);
  try {
    writeFileSync(partial, content, { mode });
    renameSync(partial, place);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** The file that a path leads to, or will; undefined where something stands there that is no file. */
function placeOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat !== undefined) return stat.isFile() ? realpathSync(path) : undefined;
  // A link may lead to what is not there yet.
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  return isLink ? placeOf(resolve(dirname(path), readlinkSync(path))) : path;
}
