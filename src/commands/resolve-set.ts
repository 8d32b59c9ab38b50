import { createWriteStream, existsSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { joined, type SetMember, type StatementSet, unite } from "../analysis/statement-set.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { printedWithHash } from "../statement/portability.ts";
import type { DamagedLine, RunId, SightingSink, TraceRun } from "../statement/provenance.ts";
import type { CanonicalText, StatementDigest } from "../statement/statement.ts";
import type { SeenStatement, StatementStore } from "../store/statement-store.ts";
import { err, ok, type Result } from "../support/result.ts";
import { Scratch } from "../support/scratch.ts";
import { ingest } from "../trace/ingest.ts";
import { moduleOfFile } from "../trace/module-names.ts";
import { type CommandContext, type CommandResult, warn } from "./context.ts";
import { findRuns, unknownRun } from "./find-runs.ts";

/** How a set is named: for help texts and hints. */
export const setForms = "run:ID, run:NAME, tag:KEY=VALUE, store, a path to a list or a trace, or - for standard input";

/** How many damaged lines of a file are shown one by one. */
const shownDamage = 5;

/** Unites the sets named. Errors: an unknown run or tag, a file that does not exist or holds no statement. */
export async function resolveSets(
  context: CommandContext,
  store: StatementStore,
  names: readonly string[],
): Promise<CommandResult<StatementSet>> {
  const sets: StatementSet[] = [];
  for (const name of names) {
    const set = await resolveSet(context, store, name);
    if (!set.ok) return err([set.error]);
    sets.push(set.value);
  }
  return ok(unite(names.join(" "), sets));
}

async function resolveSet(
  context: CommandContext,
  store: StatementStore,
  name: string,
): Promise<Result<StatementSet, Diagnostic>> {
  if (name === "store") return ok(wholeStore(store));
  if (name === "-") return standardInput(context);
  if (name.startsWith("run:")) {
    const runs = findRuns(store, name.slice("run:".length));
    return runs.length > 0 ? ok(runSet(store, name, runs)) : err(unknownRun(name.slice("run:".length)));
  }
  const tag = /^tag:([^=]+)=(.*)$/.exec(name);
  if (tag !== null) {
    const runs = store.runsTagged(tag[1] ?? "", tag[2] ?? "");
    if (runs.length > 0) return ok(runSet(store, name, runs));
    return err(
      errorDiagnostic("PI911", `no run has the tag \`${tag[1]}=${tag[2]}\``, ["list the runs with `preimage runs`"]),
    );
  }
  return fileSet(context, name, name);
}

function runSet(store: StatementStore, label: string, runs: readonly TraceRun[]): StatementSet {
  const members = new Map<StatementDigest, SetMember>();
  for (const { id } of runs) addSeen(members, store.sightingsIn(id));
  return { label, members, runs };
}

function wholeStore(store: StatementStore): StatementSet {
  const members = new Map<StatementDigest, SetMember>();
  addSeen(members, store.allSightings());
  return { label: "store", members, runs: store.runs() };
}

function addSeen(members: Map<StatementDigest, SetMember>, seen: Iterable<SeenStatement>): void {
  for (const { digest, canonical, run, spelling } of seen) {
    add(members, memberOf(digest, canonical, spelling ?? canonical, [run]));
  }
}

function memberOf(
  digest: StatementDigest,
  canonical: CanonicalText,
  printed: string,
  runs: readonly RunId[],
): SetMember {
  const spelling = printed === canonical ? undefined : printed;
  return { digest, canonical, spelling, runs, printedWithHash: printedWithHash(printed) };
}

function add(members: Map<StatementDigest, SetMember>, member: SetMember): void {
  const known = members.get(member.digest);
  members.set(member.digest, known === undefined ? member : joined(known, member));
}

async function standardInput(context: CommandContext): Promise<Result<StatementSet, Diagnostic>> {
  const scratch = new Scratch("stdin");
  try {
    const path = scratch.file("stdin");
    await spoolStandardInput(path);
    return fileSet(context, path, "-");
  } finally {
    scratch.remove();
  }
}

/** Standard input as a file: it is read twice, and may be larger than memory. */
export async function spoolStandardInput(path: string): Promise<void> {
  await pipeline(process.stdin, createWriteStream(path));
}

function fileSet(context: CommandContext, path: string, label: string): Result<StatementSet, Diagnostic> {
  const unreadable = checkFile(path, label, `name a set as ${setForms}`);
  if (unreadable !== undefined) return err(unreadable);
  const members = new Map<StatementDigest, SetMember>();
  const damage: DamagedLine[] = [];
  const sink: SightingSink = {
    sighting: ({ digest, canonical, spelling }) => add(members, memberOf(digest, canonical, spelling, [])),
    damage: (line) => void damage.push(line),
    repeated: () => {},
  };
  ingest([path], sink, undefined, { moduleOfPackage: moduleOfFile(label) });
  if (members.size === 0 && damage.length > 0) return err(noStatement(label, damage));
  for (const diagnostic of damageDiagnostics(label, damage)) warn(context, diagnostic);
  return ok({ label, members, runs: [] });
}

/** Undefined where the file can be read. `hint`: what to name instead. */
export function checkFile(path: string, label: string, hint: string): Diagnostic | undefined {
  if (!existsSync(path)) return errorDiagnostic("PI912", `\`${label}\` does not exist`, [hint]);
  if (statSync(path).isDirectory()) return errorDiagnostic("PI913", `\`${label}\` is a folder`, [hint]);
  return undefined;
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

/** The first few damaged lines, and how many more there are. */
export function damageDiagnostics(label: string, damage: readonly DamagedLine[]): Diagnostic[] {
  const shown = damage.slice(0, shownDamage).map(
    (line): Diagnostic => ({
      code: line.code as Diagnostic["code"],
      severity: "warning",
      message: line.message,
      at: locationOf(label, line),
      hints: [],
    }),
  );
  const more = damage.length - shown.length;
  if (more > 0) {
    shown.push({
      code: "PI111",
      severity: "warning",
      message: `${more} more damaged lines in \`${label}\``,
      hints: [],
    });
  }
  return shown;
}

function locationOf(label: string, line: DamagedLine): NonNullable<Diagnostic["at"]> {
  const start = line.start ?? 0;
  return { file: label, line: line.line, text: line.text, span: { start, end: start + 1 } };
}
