import { readFileSync, statSync } from "node:fs";
import type { ChangeKind } from "../analysis/change-kind.ts";
import { type DiffGroup, diffApart, diffSets, groupDiff, type SetDiff } from "../analysis/diff.ts";
import { type Grouping, groupsBy } from "../analysis/grouping.ts";
import { type SeenIn, type Stated, type StatementSet, sortedMembers } from "../analysis/statement-set.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { directivePrefix, listed } from "../statement/look-up.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { err, ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, failed, warn, withExistingStore } from "./context.ts";
import { filesApart } from "./file-set.ts";
import { checkModule, namesFile, resolveSets, runsOfSet } from "./resolve-set.ts";

export interface DiffRequest {
  readonly a: string;
  readonly b: string;
  /** Changes of these kinds are no difference: they are counted, and neither shown nor do they decide the exit code. */
  readonly ignored: readonly ChangeKind[];
  readonly by?: Grouping | undefined;
  /** All that A has is wanted as well, for a patch of its list. */
  readonly patch: boolean;
}

export interface DiffOutcome extends SetDiff<SeenIn> {
  readonly a: string;
  readonly b: string;
  /** How many changes were ignored. */
  readonly ignored: number;
  /** What A has in all, sorted by text; undefined where no patch was asked for. */
  readonly allOfA: readonly Stated[] | undefined;
  /** The comments at the head of A, where A is a list in a file and a patch was asked for. */
  readonly header: readonly string[];
  readonly by?: Grouping | undefined;
  /** Only where they were asked for; those with the most differences first. */
  readonly groups?: readonly DiffGroup[];
}

export function diff(request: DiffRequest, context: CommandContext): Promise<CommandResult<DiffOutcome>> {
  const { a, b, ignored, by, patch } = request;
  return withExistingStore(context, async (store) => {
    const compared = await (patch ? compareWhole : compare)(a, b, context, store);
    if (!compared.ok) return compared;
    const { whole, runs, setA } = compared.value;
    const changed = whole.changed.filter(({ kind }) => !ignored.includes(kind));
    const difference = { ...whole, changed };
    const allOfA = patch && setA !== undefined ? sortedMembers(setA) : undefined;
    const list = allOfA === undefined ? undefined : listIn(a);
    if (allOfA !== undefined && list !== undefined && !holds(list, allOfA)) warn(context, notAPatchOf(a));
    return ok({
      a,
      b,
      ...difference,
      ignored: whole.changed.length - changed.length,
      allOfA,
      header: list?.header ?? [],
      ...(by === undefined ? {} : { by, groups: groupDiff(difference, groupsBy(by, runs)) }),
    });
  });
}

interface Compared {
  readonly whole: SetDiff<SeenIn>;
  /** Those of both sets. */
  readonly runs: readonly TraceRun[];
  /** Where all of it was read. */
  readonly setA?: StatementSet;
}

/** What both have, and that is nearly all, is not read where it need not be for that. */
async function compare(
  a: string,
  b: string,
  context: CommandContext,
  store: StatementStore,
): Promise<CommandResult<Compared>> {
  const noModule = checkModule(context.module);
  if (noModule !== undefined) return failed(noModule);
  if (namesFile(a) && namesFile(b)) return compareFiles(a, b, context);
  const ofRuns = compareRuns(a, b, store);
  return ofRuns === undefined ? compareWhole(a, b, context, store) : ok(ofRuns);
}

async function compareWhole(
  a: string,
  b: string,
  context: CommandContext,
  store: StatementStore,
): Promise<CommandResult<Compared>> {
  const setA = await resolveSets(context, store, [a]);
  if (!setA.ok) return setA;
  const setB = await resolveSets(context, store, [b]);
  if (!setB.ok) return setB;
  const runs = [...setA.value.runs, ...setB.value.runs];
  return ok({ whole: diffSets(setA.value, setB.value), runs, setA: setA.value });
}

async function compareFiles(a: string, b: string, context: CommandContext): Promise<CommandResult<Compared>> {
  const apart = await filesApart(context, a, b);
  if (!apart.ok) return err(apart.error);
  const { setA, setB, both } = apart.value;
  const rest = diffSets(setA, setB);
  return ok({ whole: { ...rest, both: rest.both + both }, runs: [] });
}

function compareRuns(a: string, b: string, store: StatementStore): Compared | undefined {
  const [runsA, runsB] = [runsOfSet(store, a), runsOfSet(store, b)];
  if (runsA === undefined || runsB === undefined) return undefined;
  const [idsA, idsB] = [runsA.map(({ id }) => id), runsB.map(({ id }) => id)];
  const [onlyA, onlyB] = [store.missingFrom(idsB, idsA), store.missingFrom(idsA, idsB)];
  const [only] = runsA;
  const all = runsA.length === 1 && only !== undefined ? only.statements : store.statementCount(idsA);
  return { whole: diffApart(onlyA, onlyB, all - onlyA.length), runs: [...runsA, ...runsB] };
}

interface ListFile {
  /** The comments at its head. */
  readonly header: readonly string[];
  /** What follows them. */
  readonly lines: readonly string[];
}

/** Undefined where it is no file; of a pipe, which was read before, nothing is left. */
function listIn(name: string): ListFile | undefined {
  if (!namesFile(name) || !statSync(name).isFile()) return undefined;
  const lines = readFileSync(name, "utf8").split("\n");
  const begin = lines.findIndex((line) => !line.startsWith("#") || line.startsWith(directivePrefix));
  const end = begin < 0 ? lines.length : begin;
  return { header: lines.slice(0, end), lines: lines.slice(end) };
}

/** Whether the file has the statements, and nothing else but comments at its head, as a list has them. */
function holds({ lines }: ListFile, members: readonly Stated[]): boolean {
  const expected = [...members.map(({ canonical }) => listed(canonical)), ""];
  return lines.length === expected.length && expected.every((line, index) => line === lines[index]);
}

const notAPatchOf = (path: string): Diagnostic => ({
  code: "PI954",
  severity: "warning",
  message: `\`${path}\` is not written as a list is, so the patch does not apply to it`,
  hints: [`make a list of it first: \`preimage prune ${path} -o list.jl\``],
});
