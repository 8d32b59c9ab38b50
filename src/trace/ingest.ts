import type { SightingSink } from "../statement/provenance.ts";
import { statementOf } from "../statement/statement.ts";
import { type ByteLine, bytesOf, eachLine, longestLine } from "./line-reader.ts";
import { LineTable } from "./line-table.ts";
import { readTraceLine } from "./trace-line.ts";

/** How much of a damaged line is kept. */
const keptText = 2_000;

/**
 * Reads trace files into a sink, each distinct line once. Gives the number of lines read.
 * `cutting` makes, for each file, the filter that decides which lines count: so the recorder cuts out its own.
 */
export function ingest(paths: readonly string[], sink: SightingSink, cutting?: () => LineFilter): number {
  const table = new LineTable();
  let lines = 0;
  for (const path of paths) {
    const keep = cutting?.();
    const before = lines;
    eachLine(path, (line) => {
      if (keep !== undefined && !keep(bytesOf(line))) return;
      lines += 1;
      const distinct = table.size;
      const key = table.add(line);
      if (key === distinct)
        readFresh(sink, line, { key, hash: table.hashOf(key), line: lines, first: lines === before + 1 });
    });
  }
  for (const [key, count] of table.repeated()) sink.repeated(key, count);
  return lines;
}

/** Is this line part of the trace? Asked for each line in order. */
export type LineFilter = (bytes: Buffer) => boolean;

interface FreshLine {
  readonly key: number;
  readonly hash: Buffer;
  readonly line: number;
  /** Of its file. */
  readonly first: boolean;
}

function readFresh(sink: SightingSink, bytes: ByteLine, { key, hash, line, first }: FreshLine): void {
  if (bytes.cut) {
    sink.damage({ line, code: "PI109", message: `line is longer than ${longestLine} bytes`, text: "" });
    return;
  }
  if (sink.known?.(key, hash, line)) return;
  const text = textOf(bytesOf(bytes), first);
  const { statements, damage } = readTraceLine(text);
  const plain = damage.length === 0 && statements.length === 1;
  for (const { tree, spelling, compileMs, recompile } of statements) {
    const { digest, canonical } = statementOf(tree);
    const lineHash = plain && spelling === text ? hash : undefined;
    sink.sighting({ lineKey: key, digest, canonical, spelling, line, compileMs, recompile, lineHash });
  }
  for (const { diagnostic, start } of damage) {
    sink.damage({ line, code: diagnostic.code, message: diagnostic.message, start, text: text.slice(0, keptText) });
  }
}

const byteOrderMark = 0xfeff;

function textOf(bytes: Buffer, first: boolean): string {
  const text = bytes.toString("utf8");
  const whole = text.includes("\uFFFD") && !isUtf8(bytes) ? bytes.toString("latin1") : text;
  return first && whole.charCodeAt(0) === byteOrderMark ? whole.slice(1) : whole;
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString("utf8"), "utf8").equals(bytes);
}
