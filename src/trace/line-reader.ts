import { closeSync, openSync, readSync } from "node:fs";
import type { LineHash } from "../statement/provenance.ts";
import { hashLine, newLineHash, readAhead } from "./line-hash.ts";

const chunkBytes = 256 * 1024;
/** A longer line is no statement: the longest seen in a real trace has seven million characters. */
export const longestLine = 64 * 1024 * 1024;

/**
 * A line without its line feed: the bytes of `chunk` from `start` to `end`. The same object serves for every line, and
 * what it holds is only good until the visitor returns, because a million small buffers cost more than all the reading.
 */
export interface ByteLine {
  readonly chunk: Buffer;
  readonly start: number;
  readonly end: number;
  readonly hash: LineHash;
  /** The line was longer than the limit: of it, only a beginning and the end are here. */
  readonly cut: boolean;
}

/** The line's bytes as a buffer of their own place, sharing the memory. */
export function bytesOf({ chunk, start, end }: ByteLine): Buffer {
  return chunk.subarray(start, end);
}

const feed = 10;

/** Shows each line of a file, in pieces. Throws what `open` and `read` throw. `limit`: at least two pieces. */
export function eachLine(path: string, visit: (line: ByteLine) => void, limit = longestLine): void {
  const file = openSync(path, "r");
  try {
    const hash = newLineHash();
    const line = { chunk: roomFor(chunkBytes), start: 0, end: 0, hash, cut: false };
    let words = wordsOf(line.chunk);
    let held = 0;
    for (;;) {
      let room = line.chunk.length - readAhead;
      if (held === room) {
        if (held < limit) {
          room = Math.min(held * 2, limit);
          line.chunk = Buffer.concat([line.chunk], room + readAhead);
          words = wordsOf(line.chunk);
        } else {
          line.cut = true;
          held = limit - chunkBytes;
        }
      }
      const { chunk } = line;
      const size = readSync(file, chunk, held, room - held, null);
      const filled = held + size;
      // Every search ends here at the latest: in a line that goes on, or is the file's last.
      chunk[filled] = feed;
      if (size === 0) break;
      line.start = 0;
      // A line of many pieces is hashed when its end is there, not with each of them.
      if (chunk.indexOf(feed, held) < filled) {
        for (;;) {
          line.end = hashLine(words, line.start, hash);
          if (line.end === filled) break;
          visit(line);
          line.cut = false;
          line.start = line.end + 1;
        }
      }
      held = filled - line.start;
      if (line.start > 0) chunk.copyWithin(0, line.start, filled);
    }
    if (held > 0) {
      line.start = 0;
      line.end = hashLine(words, 0, hash);
      visit(line);
    }
  } finally {
    closeSync(file);
  }
}

const roomFor = (bytes: number): Buffer => Buffer.allocUnsafe(bytes + readAhead);
const wordsOf = (chunk: Buffer): DataView => new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
