import { existsSync, statSync } from "node:fs";
import type { StatementSet } from "../analysis/statement-set.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { type DamagedLine, excerptStart, isDamaged, type LineHash, type RunId } from "../statement/provenance.ts";
import type { StatementDigest } from "../statement/statement.ts";
import { fileStart } from "../support/file-start.ts";
import { err, ok, type Result } from "../support/result.ts";
import { moduleOfFile } from "../trace/module-names.ts";
import { type CommandContext, type CommandResult, warn } from "./context.ts";
import { fileMembers, type SharedLines } from "./file-members.ts";
import { StatedLines } from "./stated-lines.ts";

/** How a set is named: for help texts and hints. */
const setForms = "run:ID, run:NAME, tag:KEY=VALUE, store, a path to a list or a trace, or - for standard input";

/** How many damaged lines of a file are shown one by one. */
const shownDamage = 5;

/** What a list or a trace holds. Tells of its damage; error: there is no such file, or no statement in it. */
export async function fileSet(
  context: CommandContext,
  path: string,
  label: string,
  lines: SharedLines = {},
): Promise<Result<StatementSet, Diagnostic>> {
  const unreadable = checkFile(path, label, `name a set as ${setForms}`);
  if (unreadable !== undefined) return err(unreadable);
  const origin = { module: context.module, moduleOfPackage: moduleOfFile(label) };
  const { members, damage, passed } = await fileMembers(path, label, origin, lines);
  if (members.size + passed === 0 && damage.length > 0) return err(noStatement(label, damage));
  for (const diagnostic of damageDiagnostics(label, damage)) warn(context, diagnostic);
  return ok({ label, members, runs: [] });
}

/** Two sets without what both have, and how many statements that is. */
export interface ApartSets {
  readonly setA: StatementSet;
  readonly setB: StatementSet;
  readonly both: number;
}

/** Sets two files apart where they have a line in common, which is read once; sets that share nothing else stay as they are. */
export async function filesApart(context: CommandContext, a: string, b: string): Promise<CommandResult<ApartSets>> {
  const lines = new StatedLines();
  const setA = await fileSet(context, a, a, { stated: (hash, digest) => lines.add(hash, digest) });
  if (!setA.ok) return err([setA.error]);
  const shared = new Set<StatementDigest>();
  const isStated = (hash: LineHash): boolean => {
    const digest = lines.digestOf(hash);
    if (digest !== undefined) shared.add(digest);
    return digest !== undefined;
  };
  const setB = await fileSet(context, b, b, { isStated });
  if (!setB.ok) return err([setB.error]);
  const without = (set: StatementSet): StatementSet => ({
    ...set,
    members: new Map([...set.members].filter(([digest]) => !shared.has(digest))),
  });
  return ok({ setA: without(setA.value), setB: without(setB.value), both: shared.size });
}

/** Undefined where the file can be read. `hint`: what to name instead. */
export function checkFile(path: string, label: string, hint: string): Diagnostic | undefined {
  if (!existsSync(path)) return errorDiagnostic("PI912", `\`${label}\` does not exist`, [hint]);
  if (statSync(path).isDirectory()) return errorDiagnostic("PI913", `\`${label}\` is a folder`, [hint]);
  const known = binaryFormat(path);
  return known && errorDiagnostic("PI919", `\`${label}\` is ${known.what}`, [known.hint(label)]);
}

interface BinaryFormat {
  readonly what: string;
  /** The bytes it begins with, one a character. */
  readonly mark: string;
  readonly hint: (label: string) => string;
}

const unpack = (program: string) => (label: string) => `unpack it: \`${program} ${label} | preimage import -\``;

/** What users hand us in the place of a trace, and what to do with it. */
const binaryFormats: readonly BinaryFormat[] = [
  {
    what: "a database",
    mark: "SQLite format 3\0",
    hint: (label) => `take in the runs of a store with \`preimage merge ${label}\``,
  },
  { what: "packed by gzip", mark: "\x1f\x8b", hint: unpack("zcat") },
  { what: "packed by xz", mark: "\xfd7zXZ\0", hint: unpack("xzcat") },
  { what: "packed by zstd", mark: "\x28\xb5\x2f\xfd", hint: unpack("zstdcat") },
  { what: "packed by bzip2", mark: "BZh", hint: unpack("bzcat") },
  { what: "a zip archive", mark: "PK\x03\x04", hint: unpack("unzip -p") },
];
const longestMark = Math.max(...binaryFormats.map(({ mark }) => mark.length));

function binaryFormat(path: string): BinaryFormat | undefined {
  try {
    const start = fileStart(path, longestMark).toString("latin1");
    return binaryFormats.find(({ mark }) => start.startsWith(mark));
  } catch {
    // Whoever reads it says why that cannot be.
    return undefined;
  }
}

/** A file with text but without a single statement is not what the user meant. */
export function noStatement(label: string, damage: readonly DamagedLine[]): Diagnostic {
  const [first] = damage;
  return {
    code: "PI110",
    severity: "error",
    message: `\`${label}\` holds no precompile statement${first === undefined ? "" : `: ${first.message}`}`,
    ...(first === undefined ? {} : { at: locationOf(label, first) }),
    hints: ["name a file that `julia --trace-compile=FILE` wrote, or a curated list"],
  };
}

/** The first few damaged lines, how many more there are, and what holds for the whole. `run`: which has them all. */
export function damageDiagnostics(label: string, damage: readonly DamagedLine[], run?: RunId): Diagnostic[] {
  const told = (line: DamagedLine): Diagnostic => ({
    code: line.code as Diagnostic["code"],
    severity: "warning",
    message: line.message,
    at: locationOf(label, line),
    hints: [],
  });
  const damaged = damage.filter(isDamaged);
  const more = damaged.length - shownDamage;
  const rest: Diagnostic = {
    code: "PI111",
    severity: "warning",
    message: `${more} more damaged ${more === 1 ? "line" : "lines"} in \`${label}\``,
    hints: run === undefined ? [] : [`see all with \`preimage runs show ${run}\``],
  };
  return [
    ...damaged.slice(0, shownDamage).map(told),
    ...(more > 0 ? [rest] : []),
    ...damage.filter((line) => !isDamaged(line)).map(told),
  ];
}

function locationOf(label: string, line: DamagedLine): NonNullable<Diagnostic["at"]> {
  const before = excerptStart(line.start ?? 0);
  const start = (line.start ?? 0) - before;
  return { file: label, line: line.line, text: line.text, before, span: { start, end: start + 1 } };
}
