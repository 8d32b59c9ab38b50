import { createHash, hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import type { Brand } from "./brand.ts";

/** SHA-256 of a file's bytes, 64 hex digits. */
export type ContentDigest = Brand<string, "ContentDigest">;

export function digestText(text: string): ContentDigest {
  return hash("sha256", text, "hex") as ContentDigest;
}

/** Reads the file in pieces; a sysimage of some hundred megabytes is never held whole. Throws what `open` throws. */
export function digestFile(path: string): ContentDigest {
  const sha = createHash("sha256");
  const chunk = Buffer.allocUnsafe(1 << 20);
  const file = openSync(path, "r");
  try {
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) sha.update(chunk.subarray(0, size));
  } finally {
    closeSync(file);
  }
  return sha.digest("hex") as ContentDigest;
}
