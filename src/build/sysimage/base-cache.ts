import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../julia/private-toolchain.ts";
import { makeFolder } from "../../support/make-folder.ts";
import { partialPath } from "../../support/scratch.ts";

/** Bases that were compiled here: each takes minutes, and the next bake most often wants the same. */
const folder = (): string => join(cacheFolder(), "bases");

/** A base that nobody has used for so long is removed, in milliseconds. */
const keptMs = 7 * 24 * 3600 * 1000;

/** The base of that key, if it is there still. */
export function cachedBase(key: string): string | undefined {
  const path = join(folder(), `${key}.ji`);
  if (!existsSync(path)) return undefined;
  const now = new Date();
  utimesSync(path, now, now);
  return path;
}

/** Keeps a base under its key, and removes those that were not used for a week. Where the cache cannot be written, nothing. */
export function cacheBase(key: string, image: string): void {
  try {
    makeFolder(folder());
    const path = join(folder(), `${key}.ji`);
    const partial = partialPath(path);
    copyFileSync(image, partial);
    renameSync(partial, path);
    for (const name of readdirSync(folder())) {
      const old = join(folder(), name);
      if (Date.now() - statSync(old).mtimeMs > keptMs) rmSync(old, { force: true });
    }
  } catch {
    // It is compiled again next time.
  }
}
