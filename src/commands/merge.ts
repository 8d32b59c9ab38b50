import { copyFileSync, existsSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { DamagedSource, type MergedCounts, StoreMerger } from "../store/merge-stores.ts";
import { StatementStore } from "../store/statement-store.ts";
import { storeDiagnostic } from "../store/store-diagnostic.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { err, ok, type Result } from "../support/result.ts";
import { Scratch } from "../support/scratch.ts";
import { beginStep, type CommandContext, type CommandResult, failed, interrupted, warn, withStore } from "./context.ts";

export interface MergeRequest {
  /** Stores, and folders with stores below them. */
  readonly sources: readonly string[];
  readonly onDamage: "skip" | "fail";
}

export interface MergeOutcome {
  readonly into: string;
  /** In the order in which they were named. */
  readonly stores: readonly MergedStore[];
}

export interface MergedStore extends MergedCounts {
  readonly path: string;
  /** Why it could not be read, or not all of it. */
  readonly damage?: string;
}

/** Fewer take no time, and need no progress to be shown. */
const manyStores = 20;
const nothing: MergedCounts = { runs: 0, known: 0, newStatements: 0, bakes: 0, rehearsed: 0 };

/** Errors: a source that does not exist; one that is damaged, unless those are skipped. What was merged until then stays. */
export async function mergeStores(
  { sources, onDamage }: MergeRequest,
  context: CommandContext,
): Promise<CommandResult<MergeOutcome>> {
  const paths: string[] = [];
  for (const source of sources) {
    const found = storesAt(source);
    if (!found.ok) return failed(found.error);
    paths.push(...found.value);
  }
  return withStore(context, (target) => {
    const into = realpathSync(target.path);
    const merger = new StoreMerger(target);
    const scratch = new Scratch("merge");
    const endStep = paths.length < manyStores ? undefined : beginStep(context, `merge ${paths.length} stores`);
    const stores: MergedStore[] = [];
    try {
      for (const path of paths) {
        if (context.abort.aborted) return failed(interrupted("stores were merged"));
        if (realpathSync(path) === into) {
          context.notify({ kind: "note", text: `${path}: it is the store that is merged into` });
          continue;
        }
        const merged = mergeOne(path, scratch, takingOf(merger, target, onDamage));
        if (merged.damage !== undefined) {
          if (onDamage === "fail") return failed(damageDiagnostic(path, merged.damage, false, stores.length));
          const isPart = merged.runs + merged.known > 0;
          warn(context, { ...damageDiagnostic(path, merged.damage, isPart), severity: "warning", hints: [] });
        }
        stores.push(merged);
      }
      if (stores.length > 0 && stores.every(isUnreadable)) return failed(nothingRead(stores.length));
      return ok({ into: target.path, stores });
    } finally {
      endStep?.(context.abort.aborted);
      scratch.remove();
    }
  });
}

function storesAt(source: string): Result<readonly string[], Diagnostic> {
  if (!existsSync(source)) {
    return err(
      errorDiagnostic("PI970", `the store \`${source}\` does not exist`, [
        "name a store, or a folder with stores in it",
      ]),
    );
  }
  if (!statSync(source).isDirectory()) return ok([source]);
  const below = storesBelow(source, new Set());
  if (below.length > 0) return ok(below);
  return err(
    errorDiagnostic("PI971", `there is no store in \`${source}\``, [
      "name the file itself: in a folder only `store.db` is taken for one",
    ]),
  );
}

/** Each once, however links lead to it. */
function storesBelow(folder: string, seen: Set<string>): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory() && !entry.isSymbolicLink() && entry.name !== "store.db") return [];
    // A link that leads nowhere.
    if (!existsSync(path)) return [];
    const real = realpathSync(path);
    if (seen.has(real)) return [];
    seen.add(real);
    if (statSync(real).isDirectory()) return storesBelow(path, seen);
    return entry.name === "store.db" ? [path] : [];
  });
}

/** Of a damaged store everything that can be read is taken, or, where it ends the merge, nothing. */
function takingOf(merger: StoreMerger, target: StatementStore, onDamage: MergeRequest["onDamage"]) {
  const take = (source: StatementStore): MergedCounts => merger.take(source);
  return onDamage === "skip" ? take : (source: StatementStore) => target.atOnce(() => take(source));
}

/** Of a copy: a store is not changed by being merged, and may lie where nothing can be written. */
function mergeOne(path: string, scratch: Scratch, take: (source: StatementStore) => MergedCounts): MergedStore {
  const copy = scratch.file("store.db");
  try {
    copyFileSync(path, copy);
    // What a process that ended by force had begun to write, and SQLite takes back.
    if (existsSync(`${path}-journal`)) copyFileSync(`${path}-journal`, `${copy}-journal`);
  } catch (error) {
    return { path, ...nothing, damage: fileErrorText(error) };
  }
  const opened = statSync(copy).size === 0 ? undefined : StatementStore.open(copy);
  try {
    if (opened === undefined) return { path, ...nothing, damage: "it is empty" };
    if (!opened.ok) return { path, ...nothing, damage: openingText(opened.error) };
    return { path, ...take(opened.value) };
  } catch (error) {
    if (!(error instanceof DamagedSource)) throw error;
    return { path, ...error.merged, damage: error.message };
  } finally {
    if (opened?.ok) opened.value.close();
    for (const suffix of ["", "-journal"]) rmSync(`${copy}${suffix}`, { force: true });
  }
}

/** The copy's path would tell nobody anything. */
function openingText(failure: Parameters<typeof storeDiagnostic>[0]): string {
  if (failure.reason === "not-a-store") return "it is not a store of preimage";
  return failure.reason === "not-writable"
    ? failure.detail
    : storeDiagnostic(failure).message.replace(`the store \`${failure.path}\``, "it");
}

const isUnreadable = ({ damage, path: _path, ...counts }: MergedStore): boolean =>
  damage !== undefined && Object.values(counts).every((count) => count === 0);

const nothingRead = (stores: number): Diagnostic =>
  errorDiagnostic(
    "PI972",
    `nothing was merged: ${stores === 1 ? "the store cannot" : `none of the ${stores} stores can`} be read`,
    ["see what each of them is; a store is what `preimage trace` and `preimage import` write"],
  );

/** `before`: how many stores were merged until then. */
function damageDiagnostic(path: string, damage: string, isPart: boolean, before = 0): Diagnostic {
  const merged =
    before === 0
      ? "no store is merged"
      : `the ${before === 1 ? "store" : `${before} stores`} before it ${before === 1 ? "is" : "are"} merged`;
  const what = isPart ? `not all of \`${path}\` can` : `\`${path}\` cannot`;
  return errorDiagnostic("PI204", `${what} be merged: ${damage}`, [
    `leave it out, or take what can be read with \`--on-damage skip\`; ${merged}`,
  ]);
}
