import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { fileStart } from "../support/file-start.ts";
import { Scratch } from "../support/scratch.ts";

type Utf16 = "utf-16le" | "utf-16be";

const chunkBytes = 256 * 1024;

/**
 * Calls `read` with the path of the file's text in UTF-8: with that of a copy where the file is in UTF-16, as Windows
 * PowerShell writes what `>` and `Out-File` send to a file. Throws what the file system throws.
 */
export function withUtf8<T>(path: string, read: (path: string) => T): T {
  const encoding = utf16Of(path);
  if (encoding === undefined) return read(path);
  const scratch = new Scratch("utf8");
  try {
    const copy = scratch.file("text");
    writeUtf8(path, encoding, copy);
    return read(copy);
  } finally {
    scratch.remove();
  }
}

/** Told by the byte order mark, which PowerShell always writes. A pipe has none that could be looked at. */
function utf16Of(path: string): Utf16 | undefined {
  const marks: Readonly<Record<string, Utf16>> = { fffe: "utf-16le", feff: "utf-16be" };
  return marks[fileStart(path, 2).toString("hex")];
}

function writeUtf8(from: string, encoding: Utf16, to: string): void {
  const decoder = new TextDecoder(encoding);
  const chunk = Buffer.alloc(chunkBytes);
  const [source, target] = [openSync(from, "r"), openSync(to, "w")];
  try {
    for (let size = readSync(source, chunk); size > 0; size = readSync(source, chunk)) {
      writeWholly(target, Buffer.from(decoder.decode(chunk.subarray(0, size), { stream: true })));
    }
    writeWholly(target, Buffer.from(decoder.decode()));
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

function writeWholly(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
