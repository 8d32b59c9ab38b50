import { fileState } from "../support/file-state.ts";
import { type ContentDigest, digestFile } from "../support/hashing.ts";
import type { StatementStore } from "./statement-store.ts";

/** SHA-256 of a file, taken once while the file stays as it is. Throws what reading the file throws. */
export function digestOf(path: string, store: StatementStore): ContentDigest {
  const state = fileState(path);
  const known = store.rememberedDigest(path, state);
  if (known !== undefined) return known;
  const digest = digestFile(path);
  try {
    store.rememberDigest(path, state, digest);
  } catch (error) {
    // A store that others keep, and that one may only read, still answers.
    if (!String((error as { code?: unknown }).code).startsWith("SQLITE_READONLY")) throw error;
  }
  return digest;
}
