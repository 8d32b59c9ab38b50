import type { SightingSink } from "../statement/provenance.ts";
import { statementOf } from "../statement/statement.ts";
import { type FileOrigin, type FileReader, fileReader } from "./file-reader.ts";
import { type ByteLine, bytesOf, eachLine, lineOf, longestLine } from "./line-reader.ts";
import { LineTable } from "./line-table.ts";

/**
 * Reads trace files into a sink, each distinct line once. Gives the number of lines read.
 * `cutting` makes, for each file, the filter that decides which lines count: so the recorder cuts out its own.
 * `origin`: of names without a module. A line is read once, so it holds for all the files.
 */
export function ingest(
  paths: readonly string[],
  sink: SightingSink,
  cutting?: () => LineFilter,
  origin: FileOrigin = {},
): number {
  const table = new LineTable();
  const keyOf = (text: string): number | undefined => {
    const distinct = table.size;
    const key = table.add(lineOf(Buffer.from(text)));
    return key === distinct ? key : undefined;
  };
  let lines = 0;
  for (const path of paths) {
    const keep = cutting?.();
    const before = lines;
    let current: { readonly key: number; readonly hash: Buffer } | undefined;
    const reader = fileReader(
      {
        found: ({ tree, spelling, compileMs, recompile }, { key, number, text }, whole) => {
          const { digest, canonical } = statementOf(tree);
          const lineHash = whole && current?.key === key && spelling === text ? current.hash : undefined;
          sink.sighting({ lineKey: key, digest, canonical, spelling, line: number, compileMs, recompile, lineHash });
        },
        damage: (damage) => sink.damage(damage),
        keyOf,
      },
      origin,
    );
    eachLine(path, (line) => {
      if (keep !== undefined && !keep(bytesOf(line))) return;
      lines += 1;
      const distinct = table.size;
      const key = table.add(line);
      const fresh = key === distinct;
      if (!fresh && !reader.wants(key)) return;
      current = { key, hash: table.hashOf(key) };
      readOne(reader, sink, line, { ...current, line: lines, first: lines === before + 1, fresh, origin });
    });
    reader.end();
  }
  for (const [key, count] of table.repeated()) sink.repeated(key, count);
  return lines;
}

/** Is this line part of the trace? Asked for each line in order. */
export type LineFilter = (bytes: Buffer) => boolean;

interface LineToRead {
  readonly key: number;
  readonly hash: Buffer;
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
  if (plain && sink.known?.(key, hash, line)) reader.passed();
  else reader.read({ key, number: line, text: textOf(bytesOf(bytes), first), fresh });
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
