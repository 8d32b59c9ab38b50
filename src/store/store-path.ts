import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const inFolder = join(".preimage", "store.db");

/** `--store`, then PREIMAGE_STORE, then the nearest store in this folder or one above it, then a new one here. */
export function storePath(asked: string | undefined, folder = process.cwd()): string {
  const named = asked ?? process.env.PREIMAGE_STORE;
  if (named !== undefined && named !== "") return resolve(folder, named);
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, inFolder))) return join(at, inFolder);
    if (dirname(at) === at) return join(folder, inFolder);
  }
}
