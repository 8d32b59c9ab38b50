import type { Measurements } from "../analysis/measurement.ts";
import { joined, type SetMember } from "../analysis/statement-set.ts";
import { printedWithHash } from "../statement/portability.ts";
import type { ByteText, DamagedLine, LineHash, SightingSink } from "../statement/provenance.ts";
import type { CanonicalText, StatementDigest } from "../statement/statement.ts";
import type { FileOrigin } from "../trace/file-reader.ts";
import { withUtf8 } from "../trace/utf16.ts";

export interface FileMembers {
  readonly members: ReadonlyMap<StatementDigest, SetMember>;
  readonly damage: readonly DamagedLine[];
  /** How many lines were not read, as they were stated before. */
  readonly passed: number;
}

/** What is asked and told of lines that state one statement and nothing else; the hash is only good until the call returns. */
export interface SharedLines {
  readonly stated?: (hash: LineHash, digest: StatementDigest) => void;
  /** Such a line need not be read, and is no member. */
  readonly isStated?: (hash: LineHash) => boolean;
}

/** What a list or a trace states, a member for each statement; its measurements are those of `label`. */
export async function fileMembers(
  path: string,
  label: string,
  origin: FileOrigin,
  lines: SharedLines = {},
): Promise<FileMembers> {
  // The parser is loaded where there is a file to read.
  const { ingest } = await import("../trace/ingest.ts");
  const members = new Map<StatementDigest, SetMember>();
  const damage: DamagedLine[] = [];
  let passed = 0;
  const sink: SightingSink = {
    sighting: ({ digest, canonical, spelling, compileMs, recompile }) =>
      add(members, memberOf(digest, canonical, spelling, measurementOf(label, compileMs, recompile))),
    isStated: (hash) => {
      const isStated = lines.isStated?.(hash) ?? false;
      if (isStated) passed += 1;
      return isStated;
    },
    stated: ({ text, hash }, { digest: words, canonical, isCanonical }) => {
      const digest = hexOf(words);
      lines.stated?.(hash, digest);
      const canonicalText = textOf(canonical);
      const spelling = isCanonical ? canonicalText : textOf(text);
      add(members, memberOf(digest, canonicalText as CanonicalText, spelling, undefined));
    },
    damage: (line) => void damage.push(line),
    repeated: () => {},
  };
  withUtf8(path, (text) => ingest([text], sink, { origin }));
  return { members, damage, passed };
}

const textOf = ({ chunk, start, end }: ByteText): string => chunk.toString("utf8", start, end);

const hexOf = ({ buffer, byteOffset, byteLength }: Int32Array): StatementDigest =>
  Buffer.from(buffer, byteOffset, byteLength).toString("hex") as StatementDigest;

function memberOf(
  digest: StatementDigest,
  canonical: CanonicalText,
  printed: string,
  measured: Measurements,
): SetMember {
  const spelling = printed === canonical ? undefined : printed;
  return { digest, canonical, spelling, runs: [], printedWithHash: printedWithHash(printed), measured };
}

function add(members: Map<StatementDigest, SetMember>, member: SetMember): void {
  const known = members.get(member.digest);
  members.set(member.digest, known === undefined ? member : joined(known, member, true));
}

/** Most sightings tell neither a time nor that it was not the first. */
function measurementOf(source: string, compileMs: number | undefined, recompile: boolean): Measurements {
  return compileMs === undefined && !recompile ? undefined : [{ source, compileMs, recompiles: recompile ? 1 : 0 }];
}
