import { closeSync, openSync, readSync } from "node:fs";

const chunkBytes = 256 * 1024;
/** A longer line is no statement: the longest seen in a real trace has seven million characters. */
export const longestLine = 64 * 1024 * 1024;

/** A line without its line feed. The bytes are only good until the next line is asked for. */
export interface ByteLine {
  readonly bytes: Buffer;
  /** The line was longer than the limit: of it, only a beginning and the end are here. */
  readonly cut: boolean;
}

/** Reads a file line by line, in pieces. Throws what `open` and `read` throw. `limit`: at least two pieces. */
export function* byteLines(path: string, limit = longestLine): Generator<ByteLine> {
  const file = openSync(path, "r");
  try {
    let chunk = Buffer.allocUnsafe(chunkBytes);
    let held = 0;
    let cut = false;
    for (;;) {
      if (held === chunk.length) {
        if (chunk.length < limit) chunk = Buffer.concat([chunk], Math.min(chunk.length * 2, limit));
        else {
          cut = true;
          held = limit - chunkBytes;
        }
      }
      const size = readSync(file, chunk, held, chunk.length - held, null);
      if (size === 0) break;
      const end = held + size;
      let start = 0;
      for (let feed = chunk.indexOf(10, held); feed !== -1 && feed < end; feed = chunk.indexOf(10, start)) {
        yield { bytes: chunk.subarray(start, feed), cut };
        cut = false;
        start = feed + 1;
      }
      if (start > 0) chunk.copyWithin(0, start, end);
      held = end - start;
    }
    if (held > 0) yield { bytes: chunk.subarray(0, held), cut };
  } finally {
    closeSync(file);
  }
}
