import { createHash, hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import type { Brand } from "./brand.ts";

/** SHA-256 of a file's bytes, 64 hex digits. */
export type ContentDigest = Brand<string, "ContentDigest">;

export function digestText(text: string): ContentDigest {
  return hash("sha256", text, "hex") as ContentDigest;
}

/** The digest of bytes that come in pieces. */
export function contentHash(): { readonly add: (bytes: Uint8Array) => void; readonly digest: () => ContentDigest } {
  const sha = createHash("sha256");
  return { add: (bytes) => void sha.update(bytes), digest: () => sha.digest("hex") as ContentDigest };
}

/** Reads the file in pieces; a sysimage of some hundred megabytes is never held whole. Throws what `open` throws. */
export function digestFile(path: string): ContentDigest {
  const content = contentHash();
  const chunk = Buffer.allocUnsafe(1 << 20);
  const file = openSync(path, "r");
  try {
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) content.add(chunk.subarray(0, size));
  } finally {
    closeSync(file);
  }
  return content.digest();
}
