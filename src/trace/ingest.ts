import { joinedLine } from "../statement/joined-line.ts";
import type { DistinctLine, LineHash, SightingSink } from "../statement/provenance.ts";
import { type FileOrigin, type FileReader, fileReader } from "./file-reader.ts";
import { hashText } from "./line-hash.ts";
import { type ByteLine, bytesOf, eachLine, longestLine } from "./line-reader.ts";
import { LineTable } from "./line-table.ts";

/** How trace files are to be read. */
export interface Ingesting {
  /** Makes, for each file, the filter that decides which lines count: so the recorder cuts out its own. */
  readonly cutting?: (() => LineFilter) | undefined;
  /** Of names without a module. A line is read once, so it holds for all the files. */
  readonly origin?: FileOrigin | undefined;
  /**
   * Is told of each line that counts its key, and its hash where no line before it was the same; the hash is only good until
   * the call returns.
   */
  readonly onLine?: ((key: number, hash: LineHash | undefined) => void) | undefined;
}

/** Is this line part of the trace? Asked for each line in order. */
export type LineFilter = (bytes: Buffer) => boolean;

/**
 * Reads trace files into a sink, each distinct line once. Gives the number of lines read. Where there are several, each
 * is a process of its own to the sink, by its place among them.
 */
export function ingest(
  paths: readonly string[],
  sink: SightingSink,
  { cutting, origin = {}, onLine }: Ingesting = {},
): number {
  const table = new LineTable();
  const keyOf = (text: string): number | undefined => {
    const distinct = table.size;
    const key = table.add(hashText(text));
    written?.(key);
    return key === distinct ? key : undefined;
  };
  let lines = 0;
  let written: ((key: number) => void) | undefined;
  for (const [index, path] of paths.entries()) {
    const process = index + 1;
    if (paths.length > 1) written = (key) => sink.writtenBy?.(key, process);
    const keep = cutting?.();
    const before = lines;
    /** The line at hand; statements may also be found in lines before it. */
    let current: { readonly key: number; readonly hash: LineHash } | undefined;
    const reader = fileReader(
      {
        found: ({ digest, canonical, spelling, compileMs, recompile }, { key, number, text }, whole) => {
          const lineHash = whole && current?.key === key && spelling === text ? current.hash : undefined;
          sink.sighting({ lineKey: key, digest, canonical, spelling, line: number, compileMs, recompile, lineHash });
        },
        damage: (damage) => sink.damage(damage),
        keyOf,
      },
      origin,
    );
    const visit = (line: ByteLine): void => {
      if (keep !== undefined && !keep(bytesOf(line))) return;
      lines += 1;
      const distinct = table.size;
      const key = table.add(line.hash);
      written?.(key);
      const fresh = key === distinct;
      onLine?.(key, fresh ? line.hash : undefined);
      if (!fresh && !reader.wants(key)) return;
      current = { key, hash: line.hash };
      readOne(reader, sink, line, { ...current, line: lines, first: lines === before + 1, fresh, origin });
    };
    eachLine(path, visit);
    reader.end();
    sink.processEnds?.(process, lines - before);
  }
  for (const [key, count] of table.repeated()) sink.repeated(key, count);
  return lines;
}

interface LineToRead {
  readonly key: number;
  readonly hash: LineHash;
  readonly line: number;
  /** Of its file. */
  readonly first: boolean;
  /** Not seen before. */
  readonly fresh: boolean;
  readonly origin: FileOrigin;
}

function readOne(
  reader: FileReader,
  sink: SightingSink,
  bytes: ByteLine,
  { key, hash, line, first, fresh, origin }: LineToRead,
): void {
  if (bytes.cut) {
    sink.damage({ line, code: "PI109", message: `line is longer than ${longestLine} bytes`, text: "" });
    return;
  }
  // What the store knows a line to state, it states outside any module.
  const plain = fresh && origin.module === undefined && origin.moduleOfPackage === undefined;
  if (plain && sink.isKnown?.(key, hash, line)) reader.passed();
  else if (plain && reader.isPlain && isStated(sink, bytes, { key, hash, number: line })) reader.passed();
  else reader.read({ key, number: line, text: textOf(bytes, first), fresh });
}

function isStated(sink: SightingSink, text: ByteLine, line: Omit<DistinctLine, "text">): boolean {
  if (sink.isStated?.(line.hash)) return true;
  const stated = sink.stated && joinedLine(text);
  if (stated === undefined) return false;
  sink.stated?.({ ...line, text }, stated);
  return true;
}

const byteOrderMark = 0xfeff;

function textOf(line: ByteLine, first: boolean): string {
  const { chunk, start, end } = line;
  const text = chunk.toString("utf8", start, end);
  const whole = text.includes("\uFFFD") && !isUtf8(bytesOf(line)) ? chunk.toString("latin1", start, end) : text;
  return first && whole.charCodeAt(0) === byteOrderMark ? whole.slice(1) : whole;
}

function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString("utf8"), "utf8").equals(bytes);
}
