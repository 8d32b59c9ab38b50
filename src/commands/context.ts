import { existsSync, statSync } from "node:fs";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { DamagedText } from "../statement/damaged-text.ts";
import { StatementStore } from "../store/statement-store.ts";
import { storeDiagnostic } from "../store/store-diagnostic.ts";
import { err, ok, type Result } from "../support/result.ts";

/** What a command that could not do its work says. */
export type Diagnostics = readonly [Diagnostic, ...Diagnostic[]];
export type CommandResult<T> = Result<T, Diagnostics>;

/** What happens while a command works; drawn on standard error, live or in plain lines. */
export type ProgressEvent =
  /** `estimateMs`: how long the same step took last time. */
  | { readonly kind: "step-begins"; readonly step: string; readonly estimateMs?: number | undefined }
  | { readonly kind: "step-ends"; readonly step: string; readonly durationMs: number; readonly failed: boolean }
  /** The workload writes to the terminal itself: nothing may be drawn over it. */
  | { readonly kind: "workload-begins"; readonly command: string }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "diagnostic"; readonly diagnostic: Diagnostic };

/** What every command is given. */
export interface CommandContext {
  /** Name and version of this tool, for files that say who wrote them. */
  readonly tool: string;
  readonly storePath: string;
  /** How the user named it; otherwise it is the nearest one, or one to be made here. */
  readonly storeNamedBy: "option" | "environment" | undefined;
  /** What names without a module belong to in files that are named as sets; undefined: what each file says. */
  readonly module?: string | undefined;
  readonly notify: (event: ProgressEvent) => void;
  readonly abort: AbortSignal;
  /** From now on Ctrl-C is for the program on the terminal alone, until what is returned is called. */
  readonly leaveInterrupts: () => () => void;
}

export const failed = (first: Diagnostic, ...rest: Diagnostic[]): { ok: false; error: Diagnostics } =>
  err([first, ...rest]);

/** Opens the store for one command that records, or makes it, and closes it again. */
export function withStore<T>(context: CommandContext, work: StoreWork<T>): Promise<CommandResult<T>> {
  return withOpened(context, (store) => {
    const refused = store.whyNotWritable();
    return refused === undefined ? work(store) : failed(storeDiagnostic(refused));
  });
}

async function withOpened<T>(context: CommandContext, work: StoreWork<T>): Promise<CommandResult<T>> {
  const opened = StatementStore.open(context.storePath);
  return opened.ok ? workOn(opened.value, context, work) : failed(storeDiagnostic(opened.error));
}

/** The same for what only reads: where there is no store, none is made, and nothing is recorded yet. */
export async function withExistingStore<T>(context: CommandContext, work: StoreWork<T>): Promise<CommandResult<T>> {
  const { storePath, storeNamedBy } = context;
  if (existsSync(storePath)) {
    // What a full disk has left. To open it would make a store of it, and who merges it would never know.
    if (statSync(storePath).size === 0) return failed(storeDiagnostic({ reason: "empty", path: storePath }));
    return withOpened(context, work);
  }
  if (storeNamedBy === "option") {
    return failed(noStore(storePath));
  }
  if (storeNamedBy === "environment") context.notify({ kind: "note", text: `there is no store at ${storePath}` });
  return workOn(StatementStore.empty(), context, work);
}

export const noStore = (path: string): Diagnostic =>
  errorDiagnostic("PI205", `there is no store at \`${path}\``, [
    "correct the path; `preimage trace` and `preimage import` make a store where there is none",
  ]);

type StoreWork<T> = (store: StatementStore) => Promise<CommandResult<T>> | CommandResult<T>;

async function workOn<T>(
  store: StatementStore,
  context: CommandContext,
  work: StoreWork<T>,
): Promise<CommandResult<T>> {
  try {
    if (store.isOutdated) await renew(store, context);
    return await work(store);
  } catch (error) {
    const diagnostic = storeTrouble(error, context.storePath);
    if (diagnostic === undefined) throw error;
    return failed(diagnostic);
  } finally {
    store.close();
  }
}

async function renew(store: StatementStore, context: CommandContext): Promise<void> {
  context.notify({
    kind: "note",
    text: `${context.storePath}: an older preimage wrote it; its statements are read anew`,
  });
  const { renewedStatement } = await import("../store/renewed-statement.ts");
  store.renew(renewedStatement);
}

/** In the middle of work: the disk is full, another process holds the store for too long, somebody has changed it. */
function storeTrouble(error: unknown, path: string): Diagnostic | undefined {
  if (error instanceof DamagedText) return storeDiagnostic({ reason: "damaged", path, detail: error.message });
  const code = (error as { code?: unknown }).code;
  if (typeof code !== "string" || !code.startsWith("SQLITE_")) return undefined;
  const detail = error instanceof Error ? error.message : code;
  return storeDiagnostic(
    code === "SQLITE_NOTADB" ? { reason: "not-a-store", path } : { reason: "not-writable", path, detail },
  );
}

export async function withToolchain(
  context: CommandContext,
  asked: string | undefined,
): Promise<CommandResult<Toolchain>> {
  // Most commands start no Julia, and load nothing of it.
  const { findToolchain } = await import("../julia/toolchain.ts");
  const { toolchainDiagnostic } = await import("../julia/toolchain-diagnostic.ts");
  const found = await findToolchain(asked, context.abort);
  return found.ok ? ok(found.value) : failed(toolchainDiagnostic(found.error));
}

/** The same without starting Julia, where it described itself before. */
export async function withKnownToolchain(
  context: CommandContext,
  asked: string | undefined,
): Promise<CommandResult<Toolchain>> {
  const { knownToolchain } = await import("../julia/known-toolchain.ts");
  const { toolchainDiagnostic } = await import("../julia/toolchain-diagnostic.ts");
  const found = await knownToolchain(asked, context.abort);
  return found.ok ? ok(found.value) : failed(toolchainDiagnostic(found.error));
}

/** A step of work, with its begin and end told. What it returns is called at the end. */
export function beginStep(context: CommandContext, step: string, estimateMs?: number): (failed?: boolean) => void {
  const startedAt = performance.now();
  context.notify({ kind: "step-begins", step, estimateMs });
  return (failed = false) =>
    context.notify({ kind: "step-ends", step, durationMs: performance.now() - startedAt, failed });
}

/** Not an error of anybody's: the user wanted it. */
export function interrupted(what: string): Diagnostic {
  return errorDiagnostic("PI404", `interrupted while ${what}`, []);
}

export function warn(context: CommandContext, diagnostic: Diagnostic): void {
  context.notify({ kind: "diagnostic", diagnostic });
}
