import { existsSync, readFileSync } from "node:fs";
import type { ChangeKind } from "../analysis/change-kind.ts";
import { type DiffGroup, diffSets, groupDiff, type SetDiff } from "../analysis/diff.ts";
import { type Grouping, groupsBy } from "../analysis/grouping.ts";
import { type SetMember, sortedMembers } from "../analysis/statement-set.ts";
import { directivePrefix } from "../statement/look-up.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, failed, withExistingStore } from "./context.ts";
import { type ApartSets, filesApart } from "./file-set.ts";
import { checkModule, namesFile, resolveSets, runsOfSet } from "./resolve-set.ts";
import { seenMembers } from "./seen-members.ts";

export interface DiffRequest {
  readonly a: string;
  readonly b: string;
  /** Changes of these kinds are no difference: they are counted, and neither shown nor do they decide the exit code. */
  readonly ignored: readonly ChangeKind[];
  readonly by?: Grouping | undefined;
  /** All that A has is wanted as well, for a patch of its list. */
  readonly patch: boolean;
}

export interface DiffOutcome extends SetDiff {
  readonly a: string;
  readonly b: string;
  /** How many changes were ignored. */
  readonly ignored: number;
  /** What A has in all, sorted by text; undefined where no patch was asked for. */
  readonly allOfA: readonly SetMember[] | undefined;
  /** Lines of comments at the head of A, where A is a list in a file and a patch was asked for. */
  readonly headerLines: number;
  readonly by?: Grouping | undefined;
  /** Only where they were asked for; those with the most differences first. */
  readonly groups?: readonly DiffGroup[];
}

export function diff(request: DiffRequest, context: CommandContext): Promise<CommandResult<DiffOutcome>> {
  const { a, b, ignored, by, patch } = request;
  return withExistingStore(context, async (store) => {
    const pair = await (patch ? wholeSets : setsApart)(a, b, context, store);
    if (!pair.ok) return pair;
    const { setA, setB, both } = pair.value;
    const whole = diffSets(setA, setB);
    const changed = whole.changed.filter(({ kind }) => !ignored.includes(kind));
    const difference: SetDiff = { ...whole, changed, both: whole.both + both };
    const runs = [...setA.runs, ...setB.runs];
    return ok({
      a,
      b,
      ...difference,
      ignored: whole.changed.length - changed.length,
      allOfA: patch ? sortedMembers(setA) : undefined,
      headerLines: patch && setA.runs.length === 0 && existsSync(a) ? headerLines(a) : 0,
      ...(by === undefined ? {} : { by, groups: groupDiff(difference, groupsBy(by, runs)) }),
    });
  });
}

/** What both have, and that is nearly all, is left out where it need not be read for that. */
async function setsApart(
  a: string,
  b: string,
  context: CommandContext,
  store: StatementStore,
): Promise<CommandResult<ApartSets>> {
  const noModule = checkModule(context.module);
  if (noModule !== undefined) return failed(noModule);
  if (namesFile(a) && namesFile(b)) return filesApart(context, a, b);
  const inStore = runsApart(store, a, b);
  return inStore === undefined ? wholeSets(a, b, context, store) : ok(inStore);
}

async function wholeSets(
  a: string,
  b: string,
  context: CommandContext,
  store: StatementStore,
): Promise<CommandResult<ApartSets>> {
  const setA = await resolveSets(context, store, [a]);
  if (!setA.ok) return setA;
  const setB = await resolveSets(context, store, [b]);
  return setB.ok ? ok({ setA: setA.value, setB: setB.value, both: 0 }) : setB;
}

function runsApart(store: StatementStore, a: string, b: string): ApartSets | undefined {
  const [runsA, runsB] = [runsOfSet(store, a), runsOfSet(store, b)];
  if (runsA === undefined || runsB === undefined) return undefined;
  const [idsA, idsB] = [runsA.map(({ id }) => id), runsB.map(({ id }) => id)];
  const setA = { label: a, members: seenMembers(store.missingFrom(idsB, idsA)), runs: runsA };
  const setB = { label: b, members: seenMembers(store.missingFrom(idsA, idsB)), runs: runsB };
  const [only] = runsA;
  const all = runsA.length === 1 && only !== undefined ? only.statements : store.statementCount(idsA);
  return { setA, setB, both: all - setA.members.size };
}

function headerLines(path: string): number {
  const lines = readFileSync(path, "utf8").split("\n");
  return Math.max(
    0,
    lines.findIndex((line) => !line.startsWith("#") || line.startsWith(directivePrefix)),
  );
}
