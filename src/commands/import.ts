import { basename, resolve } from "node:path";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
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
}

/** Records existing trace output, a run a file. Files before one that cannot be read stay recorded. */
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
    for (const file of request.files) {
      const run = await importFile(file, request, context, store);
      if (!run.ok) return run;
      runs.push(run.value);
    }
    return ok({ runs });
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
  const state = fileState(path);
  const remembered = store.rememberedDigest(resolve(path), state);
  const unread = remembered && store.runOfSource(sourceDigest(remembered, origin));
  if (unread !== undefined) return ok(recordedBefore(unread, label, request, context));
  // What reads a trace is loaded where there is one to read.
  const { NoStatement, readImport } = await import("./read-import.ts");
  const facts = {
    name: request.name ?? (label === "-" ? "stdin" : basename(label).replace(/\.jl$/, "")),
    kind: "import",
    command: ["import", label],
    folder: process.cwd(),
    juliaVersion: request.juliaVersion,
    startedAt: new Date().toISOString(),
    tags: request.tags,
  } as const;
  try {
    const { run, known } = store.recordImport(facts, (sink) => {
      const { lines, digest } = withUtf8(path, (text) => readImport(text, sink, origin));
      store.rememberDigest(resolve(path), state, digest);
      return { lines, sourceDigest: sourceDigest(digest, origin) };
    });
    if (known) return ok(recordedBefore(run, label, request, context));
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

function recordedBefore(run: TraceRun, label: string, request: ImportRequest, context: CommandContext): ImportedRun {
  context.notify({
    kind: "note",
    text: `${label}: the same content is already recorded as run ${run.id} (${run.name})${ignoredText(request)}`,
  });
  return { ...run, known: true };
}

/** What was asked for a run that is there already. */
function ignoredText({ name, tags, juliaVersion }: ImportRequest): string {
  const asked = [name && "--name", Object.keys(tags).length > 0 && "--tag", juliaVersion && "--julia-version"].filter(
    Boolean,
  );
  return asked.length === 0
    ? ""
    : `; ${asked.join(", ")} did not change it (remove it with \`preimage runs rm\` first)`;
}

/** The same text states something else when its names belong to another module. */
function sourceDigest(content: ContentDigest, { module, moduleOfPackage }: FileOrigin): string {
  const name = module ?? moduleOfPackage;
  return name === undefined ? content : `${content} in ${name}`;
}
