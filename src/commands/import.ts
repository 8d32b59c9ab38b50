import { basename, resolve } from "node:path";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { parseJuliaVersion } from "../julia/julia-version.ts";
import type { DamagedLine, SightingSink, TraceRun } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { type ContentDigest, digestText } from "../support/hashing.ts";
import { ok } from "../support/result.ts";
import { Scratch } from "../support/scratch.ts";
import type { FileOrigin } from "../trace/file-reader.ts";
import { ingest } from "../trace/ingest.ts";
import { isModuleName, moduleOfFile } from "../trace/module-names.ts";
import { type CommandContext, type CommandResult, failed, warn, withStore } from "./context.ts";
import { checkFile, damageDiagnostics, noStatement, spoolStandardInput } from "./resolve-set.ts";

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
  if (request.module !== undefined && !isModuleName(request.module)) {
    return failed(
      errorDiagnostic("PI931", `\`${request.module}\` is no name of a module`, [
        "write it like `--module Base.Iterators`",
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
  const origin: FileOrigin = { module: request.module, moduleOfPackage: moduleOfFile(label) };
  const sourceDigest = digestWithin(store.digestOf(resolve(path)), origin);
  const known = store.runOfSource(sourceDigest);
  if (known !== undefined) {
    context.notify({
      kind: "note",
      text: `${label}: the same content is already recorded as run ${known.id} (${known.name})${ignoredText(request)}`,
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
    const run = store.recordRun(facts, (sink) => ingestOrRefuse(path, sink, origin));
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

/** What was asked for a run that is there already. */
function ignoredText({ name, tags, juliaVersion }: ImportRequest): string {
  const asked = [name && "--name", Object.keys(tags).length > 0 && "--tag", juliaVersion && "--julia-version"].filter(
    Boolean,
  );
  return asked.length === 0
    ? ""
    : `; ${asked.join(", ")} did not change it (remove it with \`preimage runs rm\` first)`;
}

/** Thrown out of the recording, so that nothing of a file that is no trace is recorded. */
class NoStatement extends Error {
  readonly damage: readonly DamagedLine[];

  constructor(damage: readonly DamagedLine[]) {
    super("no statement");
    this.damage = damage;
  }
}

/** The same text states something else when its names belong to another module. */
function digestWithin(content: ContentDigest, { module, moduleOfPackage }: FileOrigin): ContentDigest {
  const name = module ?? moduleOfPackage;
  return name === undefined ? content : digestText(`${content} in ${name}`);
}

function ingestOrRefuse(path: string, sink: SightingSink, origin: FileOrigin): number {
  const firstDamage: DamagedLine[] = [];
  let found = false;
  const watched: SightingSink = {
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
  };
  const lines = ingest([path], watched, undefined, origin);
  if (!found && firstDamage.length > 0) throw new NoStatement(firstDamage);
  return lines;
}
