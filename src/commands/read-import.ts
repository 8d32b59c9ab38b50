import { curatedListMark } from "../analysis/curated-list.ts";
import { parseJuliaVersion } from "../julia/julia-version.ts";
import type { DamagedLine, DistinctLine, LineHash, SightingSink, StatedLine } from "../statement/provenance.ts";
import { fileStart } from "../support/file-start.ts";
import { type ContentDigest, contentHash } from "../support/hashing.ts";
import type { FileOrigin } from "../trace/file-reader.ts";
import { ingest } from "../trace/ingest.ts";

/** Thrown out of the recording, so that nothing of a file that is no trace is recorded. */
export class NoStatement extends Error {
  readonly damage: readonly DamagedLine[];

  constructor(damage: readonly DamagedLine[]) {
    super("no statement");
    this.damage = damage;
  }
}

/**
 * Reads a file for an import, and takes the digest of its content on the way: of its lines' hashes, as that of all its
 * bytes costs as much again as reading them. Throws `NoStatement`.
 */
export function readImport(
  path: string,
  sink: SightingSink,
  origin: FileOrigin,
): { readonly lines: number; readonly digest: ContentDigest } {
  const firstDamage: DamagedLine[] = [];
  let found = false;
  const watched: SightingSink = {
    sighting: (sighting) => {
      found = true;
      sink.sighting(sighting);
    },
    ...(sink.stated && {
      stated: (line: DistinctLine, stated: StatedLine) => {
        found = true;
        sink.stated?.(line, stated);
      },
    }),
    damage: (damage) => {
      if (firstDamage.length === 0) firstDamage.push(damage);
      sink.damage(damage);
    },
    repeated: (lineKey, count) => sink.repeated(lineKey, count),
    isKnown: (lineKey, lineHash, line) => {
      const known = sink.isKnown?.(lineKey, lineHash, line) ?? false;
      found ||= known;
      return known;
    },
  };
  const content = contentOfLines();
  const lines = ingest([path], watched, { origin, onLine: content.add });
  if (!found && firstDamage.length > 0) throw new NoStatement(firstDamage);
  return { lines, digest: content.digest() };
}

interface LineContent {
  readonly add: (key: number, hash: LineHash | undefined) => void;
  readonly digest: () => ContentDigest;
}

/** The lines' keys in order, each with the hash of its line where it comes first: that is what the file says. */
function contentOfLines(): LineContent {
  const content = contentHash();
  const words = new Int32Array(1 << 14);
  const widest = 5;
  let filled = 0;
  const flush = (): void => {
    content.add(new Uint8Array(words.buffer, 0, filled * 4));
    filled = 0;
  };
  return {
    add: (key, hash) => {
      words[filled] = key;
      filled += 1;
      if (hash !== undefined) {
        words.set(hash, filled);
        filled += hash.length;
      }
      if (filled > words.length - widest) flush();
    },
    digest: () => {
      flush();
      return content.digest();
    },
  };
}

/** A curated list says at its head which Julia its statements are from; undefined where it is of several, or no list. */
export function juliaOfList(path: string): string | undefined {
  const text = fileStart(path, 4_096).toString("utf8");
  const [, version] = (text.startsWith(curatedListMark) && /^# julia: (\S+)$/m.exec(text)) || [];
  return version !== undefined && parseJuliaVersion(version) !== undefined ? version : undefined;
}
