import { basename, resolve } from "node:path";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { parseJuliaVersion } from "../julia/julia-version.ts";
import type { DamagedLine, SightingSink, TraceRun } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { Scratch } from "../support/scratch.ts";
import { ingest } from "../trace/ingest.ts";
import { type CommandContext, type CommandResult, failed, warn, withStore } from "./context.ts";
import { checkFile, damageDiagnostics, noStatement, spoolStandardInput } from "./resolve-set.ts";

export interface ImportRequest {
  /** `-` is standard input. */
  readonly files: readonly string[];
  readonly name?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly juliaVersion?: string | undefined;
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
    return recordFile(scratch.file("stdin"), "-", request, context, store);
  } finally {
    scratch.remove();
  }
}

function recordFile(
  path: string,
  label: string,
  request: ImportRequest,
  context: CommandContext,
  store: StatementStore,
): CommandResult<ImportedRun> {
  const unreadable = checkFile(
    path,
    label,
    "name a file that `julia --trace-compile=FILE` wrote, or - for standard input",
  );
  if (unreadable !== undefined) return failed(unreadable);
  const sourceDigest = store.digestOf(resolve(path));
  const known = store.runOfSource(sourceDigest);
  if (known !== undefined) {
    context.notify({
      kind: "note",
      text: `${label}: the same content is already recorded as run ${known.id} (${known.name})`,
    });
    return ok({ ...known, known: true });
  }
  const facts = {
    name: request.name ?? (label === "-" ? "stdin" : basename(label).replace(/\.jl$/, "")),
    kind: "import",
    command: ["import", label],
    folder: process.cwd(),
    juliaVersion: request.juliaVersion,
    sourceDigest,
    startedAt: new Date().toISOString(),
    tags: request.tags,
  } as const;
  try {
    const run = store.recordRun(facts, (sink) => ingestOrRefuse(path, sink));
    for (const diagnostic of damageDiagnostics(label, store.damageOf(run.id))) warn(context, diagnostic);
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

/** Thrown out of the recording, so that nothing of a file that is no trace is recorded. */
class NoStatement extends Error {
  readonly damage: readonly DamagedLine[];

  constructor(damage: readonly DamagedLine[]) {
    super("no statement");
    this.damage = damage;
  }
}

function ingestOrRefuse(path: string, sink: SightingSink): number {
  const firstDamage: DamagedLine[] = [];
  let found = false;
  const lines = ingest([path], {
    sighting: (sighting) => {
      found = true;
      sink.sighting(sighting);
    },
    damage: (damage) => {
      if (firstDamage.length === 0) firstDamage.push(damage);
      sink.damage(damage);
    },
    repeated: sink.repeated,
    known: (lineKey, lineHash, line) => {
      const known = sink.known?.(lineKey, lineHash, line) ?? false;
      found ||= known;
      return known;
    },
  });
  if (!found && firstDamage.length > 0) throw new NoStatement(firstDamage);
  return lines;
}
