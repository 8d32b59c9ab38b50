import { closeSync, openSync, readSync } from "node:fs";

const chunkBytes = 256 * 1024;
/** A longer line is no statement: the longest seen in a real trace has seven million characters. */
export const longestLine = 64 * 1024 * 1024;

/**
 * A line without its line feed: the bytes of `chunk` from `start` to `end`. The same object serves for every line, and
 * its bytes are only good until the visitor returns, because a million small buffers cost more than all the reading.
 */
export interface ByteLine {
  readonly chunk: Buffer;
  /** The same bytes, to be read four at a time. */
  readonly words: DataView;
  readonly start: number;
  readonly end: number;
  /** The line was longer than the limit: of it, only a beginning and the end are here. */
  readonly cut: boolean;
}

/** The line's bytes as a buffer of their own place, sharing the memory. */
export function bytesOf({ chunk, start, end }: ByteLine): Buffer {
  return chunk.subarray(start, end);
}

/** A line that stands in no file. */
export const lineOf = (bytes: Buffer): ByteLine => ({ ...chunkOf(bytes), start: 0, end: bytes.length, cut: false });

/** Shows each line of a file, in pieces. Throws what `open` and `read` throw. `limit`: at least two pieces. */
export function eachLine(path: string, visit: (line: ByteLine) => void, limit = longestLine): void {
  const file = openSync(path, "r");
  try {
    const line = { ...chunkOf(Buffer.allocUnsafe(chunkBytes)), start: 0, end: 0, cut: false };
    let held = 0;
    for (;;) {
      if (held === line.chunk.length) {
        if (held < limit) Object.assign(line, chunkOf(Buffer.concat([line.chunk], Math.min(held * 2, limit))));
        else {
          line.cut = true;
          held = limit - chunkBytes;
        }
      }
      const { chunk } = line;
      const size = readSync(file, chunk, held, chunk.length - held, null);
      if (size === 0) break;
      const filled = held + size;
      line.start = 0;
      for (let feed = chunk.indexOf(10, held); feed !== -1 && feed < filled; feed = chunk.indexOf(10, line.start)) {
        line.end = feed;
        visit(line);
        line.cut = false;
        line.start = feed + 1;
      }
      held = filled - line.start;
      if (line.start > 0) chunk.copyWithin(0, line.start, filled);
    }
    if (held > 0) visit(Object.assign(line, { start: 0, end: held }));
  } finally {
    closeSync(file);
  }
}

function chunkOf(chunk: Buffer): Pick<ByteLine, "chunk" | "words"> {
  return { chunk, words: new DataView(chunk.buffer, chunk.byteOffset, chunk.length) };
}
