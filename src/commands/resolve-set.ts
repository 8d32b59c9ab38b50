import { createWriteStream, existsSync } from "node:fs";
import { type StatementSet, unite } from "../analysis/statement-set.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { SeenStatement, StatementStore } from "../store/statement-store.ts";
import { err, ok, type Result } from "../support/result.ts";
import { Scratch } from "../support/scratch.ts";
import { isModuleName } from "../trace/module-names.ts";
import { type CommandContext, type CommandResult, failed, noStore } from "./context.ts";
import { fileSet } from "./file-set.ts";
import { findRuns, unknownRun } from "./find-runs.ts";
import { processesNamed } from "./process-set.ts";
import { seenMembers } from "./seen-members.ts";

/** Unites the sets named. Errors: an unknown run or tag, a file that does not exist or holds no statement. */
export async function resolveSets(
  context: CommandContext,
  store: StatementStore,
  names: readonly string[],
): Promise<CommandResult<StatementSet>> {
  const sets = await resolveEach(context, store, names);
  return sets.ok ? ok(unite(names.join(" "), sets.value)) : sets;
}

/** The same, a set for each name. */
export async function resolveEach(
  context: CommandContext,
  store: StatementStore,
  names: readonly string[],
): Promise<CommandResult<readonly StatementSet[]>> {
  const noModule = checkModule(context.module);
  if (noModule !== undefined) return failed(noModule);
  const sets: StatementSet[] = [];
  // Named twice, it is there once.
  for (const name of new Set(names)) {
    const set = await resolveSet(context, store, name);
    if (!set.ok) return err([set.error]);
    sets.push(set.value);
  }
  return ok(sets);
}

/** The runs that a set is made of; undefined where it is a file, or there are none. */
export function runsOfSet(store: StatementStore, name: string): readonly TraceRun[] | undefined {
  const runs = runsNamed(store, name);
  return runs.length === 0 ? undefined : runs;
}

function runsNamed(store: StatementStore, name: string): readonly TraceRun[] {
  if (name === "store") return store.runs();
  if (name.startsWith("run:")) return findRuns(store, name.slice("run:".length));
  const tag = tagOf(name);
  return tag === undefined ? [] : store.runsTagged(tag.key, tag.value);
}

function tagOf(name: string): { readonly key: string; readonly value: string } | undefined {
  const [whole, key = "", value = ""] = /^tag:([^=]+)=(.*)$/.exec(name) ?? [];
  return whole === undefined ? undefined : { key, value };
}

async function resolveSet(
  context: CommandContext,
  store: StatementStore,
  name: string,
): Promise<Result<StatementSet, Diagnostic>> {
  if (name === "store") return store.isNowhere ? err(noStore(context.storePath)) : ok(wholeStore(store));
  if (name === "-") return standardInput(context);
  const runs = runsOfSet(store, name);
  if (runs !== undefined) return ok(runSet(store, name, runs));
  if (name.startsWith("run:")) {
    const reference = name.slice("run:".length);
    const part = processesNamed(store, reference);
    if (part === undefined) return err(unknownRun(reference));
    return part.ok ? ok({ label: name, members: seenMembers(part.value.seen), runs: part.value.runs }) : part;
  }
  const tag = tagOf(name);
  if (tag !== undefined) {
    return err(
      errorDiagnostic("PI911", `no run has the tag \`${tag.key}=${tag.value}\``, [
        "list the runs with `preimage runs`",
      ]),
    );
  }
  if (name.startsWith("tag:") && !existsSync(name)) {
    return err(errorDiagnostic("PI911", `\`${name}\` names no value`, ["write it like `tag:KEY=VALUE`"]));
  }
  return fileSet(context, name, name);
}

/** Whether the name is that of a file. */
export function namesFile(name: string): boolean {
  return name !== "store" && name !== "-" && !name.startsWith("run:") && tagOf(name) === undefined;
}

/** Undefined where it is a module's name, or none was given. */
export function checkModule(module: string | undefined): Diagnostic | undefined {
  if (module === undefined || isModuleName(module)) return undefined;
  return errorDiagnostic("PI931", `\`${module}\` is no name of a module`, ["write it like `--module Base.Iterators`"]);
}

function runSet(store: StatementStore, label: string, runs: readonly TraceRun[]): StatementSet {
  return { label, members: seenMembers(inTurn(store, runs)), runs };
}

function* inTurn(store: StatementStore, runs: readonly TraceRun[]): Generator<SeenStatement> {
  for (const { id } of runs) yield* store.sightingsIn(id);
}

function wholeStore(store: StatementStore): StatementSet {
  return { label: "store", members: seenMembers(store.allSightings()), runs: store.runs() };
}

async function standardInput(context: CommandContext): Promise<Result<StatementSet, Diagnostic>> {
  const scratch = new Scratch("stdin");
  try {
    const path = scratch.file("stdin");
    await spoolStandardInput(path);
    return await fileSet(context, path, "-");
  } finally {
    scratch.remove();
  }
}

/** Standard input as a file: it is read twice, and may be larger than memory. */
export async function spoolStandardInput(path: string): Promise<void> {
  const { pipeline } = await import("node:stream/promises");
  await pipeline(process.stdin, createWriteStream(path));
}
