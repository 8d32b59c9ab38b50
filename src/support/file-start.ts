import { closeSync, openSync, readSync, statSync } from "node:fs";

/**
 * The first `most` bytes of a file, or fewer where it has no more. None of what is no regular file: what is read of a pipe is
 * gone from it. Throws what the file system throws.
 */
export function fileStart(path: string, most: number): Buffer {
  if (!statSync(path).isFile()) return Buffer.alloc(0);
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(most);
    return start.subarray(0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}
