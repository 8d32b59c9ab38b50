import { basename, normalize, resolve } from "node:path";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { parseJuliaVersion } from "../julia/julia-version.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { fileState } from "../support/file-state.ts";
import type { ContentDigest } from "../support/hashing.ts";
import { ok } from "../support/result.ts";
import { Scratch } from "../support/scratch.ts";
import type { FileOrigin } from "../trace/file-reader.ts";
import { moduleOfFile } from "../trace/module-names.ts";
import { withUtf8 } from "../trace/utf16.ts";
import { type CommandContext, type CommandResult, failed, warn, withStore } from "./context.ts";
import { checkFile, damageDiagnostics, noStatement } from "./file-set.ts";
import { checkModule, spoolStandardInput } from "./resolve-set.ts";

export interface ImportRequest {
  /** `-` is standard input. */
  readonly files: readonly string[];
  readonly name?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly juliaVersion?: string | undefined;
  /** The module that names without one belong to; undefined: what the file says. */
  readonly module?: string | undefined;
}

export interface ImportedRun extends TraceRun {
  /** The same content was imported before: this is that run. */
  readonly known: boolean;
}

export interface ImportOutcome {
  readonly runs: readonly ImportedRun[];
  /** How many files could not be recorded; each was told of. */
  readonly refused: number;
}

/** Records existing trace output, a run a file. One that cannot be read is told of, and the others are recorded all the same. */
export async function importTraces(
  request: ImportRequest,
  context: CommandContext,
): Promise<CommandResult<ImportOutcome>> {
  if (request.juliaVersion !== undefined && parseJuliaVersion(request.juliaVersion) === undefined) {
    return failed(
      errorDiagnostic("PI930", `\`${request.juliaVersion}\` is no Julia version`, [
        "write it like `--julia-version 1.10.8`",
      ]),
    );
  }
  const noModule = checkModule(request.module);
  if (noModule !== undefined) return failed(noModule);
  return withStore(context, async (store) => {
    const runs: ImportedRun[] = [];
    const refused: Diagnostic[] = [];
    for (const file of request.files) {
      const run = await importFile(file, request, context, store);
      if (run.ok) runs.push(run.value);
      else refused.push(...run.error);
    }
    const [first, ...others] = refused;
    if (runs.length === 0 && first !== undefined) return failed(first, ...others);
    for (const diagnostic of refused) warn(context, diagnostic);
    return ok({ runs, refused: refused.length });
  });
}

async function importFile(
  file: string,
  request: ImportRequest,
  context: CommandContext,
  store: StatementStore,
): Promise<CommandResult<ImportedRun>> {
  if (file !== "-") return recordFile(file, file, request, context, store);
  const scratch = new Scratch("stdin");
  try {
    await spoolStandardInput(scratch.file("stdin"));
    return await recordFile(scratch.file("stdin"), "-", request, context, store);
  } finally {
    scratch.remove();
  }
}

async function recordFile(
  path: string,
  label: string,
  request: ImportRequest,
  context: CommandContext,
  store: StatementStore,
): Promise<CommandResult<ImportedRun>> {
  const unreadable = checkFile(
    path,
    label,
    "name a file that `julia --trace-compile=FILE` wrote, or - for standard input",
  );
  if (unreadable !== undefined) return failed(unreadable);
  const origin: FileOrigin = { module: request.module, moduleOfPackage: moduleOfFile(label) };
  const name = request.name ?? (label === "-" ? "stdin" : basename(label).replace(/\.jl$/, ""));
  const sourceOf = (content: ContentDigest): string => sourceText(content, name, label, request, origin);
  const state = fileState(path);
  const remembered = store.rememberedDigest(resolve(path), state);
  const unread = remembered && store.runOfSource(sourceOf(remembered));
  if (unread !== undefined) return ok(recordedBefore(unread, label, context));
  // What reads a trace is loaded where there is one to read.
  const { NoStatement, juliaOfList, readImport } = await import("./read-import.ts");
  const facts = {
    name,
    kind: "import",
    command: ["import", label],
    folder: process.cwd(),
    juliaVersion: request.juliaVersion ?? juliaOfList(path),
    startedAt: new Date().toISOString(),
    tags: request.tags,
  } as const;
  try {
    const { run, known } = store.recordImport(facts, (sink) => {
      const { lines, digest } = withUtf8(path, (text) => readImport(text, sink, origin));
      store.rememberDigest(resolve(path), state, digest);
      return { lines, sourceDigest: sourceOf(digest) };
    });
    if (known) return ok(recordedBefore(run, label, context));
    for (const diagnostic of damageDiagnostics(label, store.damageOf(run.id), run.id)) warn(context, diagnostic);
    if (run.lines === 0) {
      warn(context, {
        code: "PI112",
        severity: "warning",
        message: `\`${label}\` is empty: nothing was compiled`,
        hints: [],
      });
    }
    return ok({ ...run, known: false });
  } catch (error) {
    if (error instanceof NoStatement) return failed(noStatement(label, error.damage));
    throw error;
  }
}

function recordedBefore(run: TraceRun, label: string, context: CommandContext): ImportedRun {
  context.notify({
    kind: "note",
    text: `${label}: the same content is already recorded as run ${run.id} (${run.name})`,
  });
  return { ...run, known: true };
}

/**
 * What an import is known by: the content, and all that was said of it. Two jobs may well compile the same; who imports one
 * file twice says the same of it.
 */
function sourceText(
  content: ContentDigest,
  name: string,
  label: string,
  { tags, juliaVersion = "" }: ImportRequest,
  { module, moduleOfPackage = "" }: FileOrigin,
): string {
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return `${content} ${JSON.stringify([name, normalize(label), module ?? moduleOfPackage, juliaVersion, ...tagged.sort()])}`;
}
