import { globSync } from "node:fs";
import { join } from "node:path";
import { type EmittedFile, emit } from "../analysis/emit.ts";
import { type EmitForm, formsOfPackages } from "../analysis/emit-form.ts";
import { mainModule } from "../analysis/package-of.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { ok } from "../support/result.ts";
import { isModuleRelative } from "../trace/module-names.ts";
import { type CommandContext, type CommandResult, failed, warn, withExistingStore } from "./context.ts";
import { withRehearsedTimes } from "./rehearsed-times.ts";
import { resolveSets } from "./resolve-set.ts";
import { firstLine, foreignFile, writeOutput } from "./write-own.ts";

export interface EmitRequest {
  readonly sets: readonly string[];
  readonly form: EmitForm;
  /** A file; a folder where the form has a file for each package. */
  readonly output?: string | undefined;
}

export interface EmitOutcome {
  readonly form: EmitForm;
  readonly files: readonly EmittedFile[];
  readonly output: string | undefined;
}

/** Writes all files or none that would cost another program's. */
export function emitSets(
  { sets, form, output }: EmitRequest,
  context: CommandContext,
): Promise<CommandResult<EmitOutcome>> {
  return withExistingStore(context, async (store) => {
    if (formsOfPackages.has(form) && output === undefined) {
      return failed(
        errorDiagnostic("PI960", `\`${form}\` is a file for each package`, ["name the folder for them with `-o DIR`"]),
      );
    }
    const set = await resolveSets(context, store, sets);
    if (!set.ok) return set;
    const { tool } = context;
    const files = emit(form, withRehearsedTimes(set.value, store), {
      tool,
      isModuleRelative: ({ tree }) => isModuleRelative(tree),
    });
    warnOfMain(files, context);
    const unwritten = output === undefined ? undefined : writeFiles(output, files);
    if (unwritten !== undefined) return failed(unwritten);
    if (output !== undefined && formsOfPackages.has(form)) warnOfEarlier(output, form, files, context);
    return ok({ form, files, output });
  });
}

function warnOfMain(files: readonly EmittedFile[], context: CommandContext): void {
  const ofScript = files.find((file) => file.package === mainModule);
  if (ofScript === undefined) return;
  const { statements, path } = ofScript;
  warn(context, {
    code: "PI961",
    severity: "warning",
    message: `what the script defines is named in ${statements} of the statements, and no package can hold it: \`${path}\``,
    hints: ["drop them with `preimage prune --drop-main` first", "move what they name into a package"],
  });
}

/** What an earlier set had, and this one has not: whoever takes all files of the folder takes it along. */
function warnOfEarlier(folder: string, form: EmitForm, files: readonly EmittedFile[], context: CommandContext): void {
  const written = new Set(files.map(({ path }) => path));
  const earlier = globSync(form === "snoopcompile" ? "precompile_*.jl" : "*/precompile.jl", { cwd: folder }).filter(
    (path) => !written.has(path) && isOurs(firstLine(join(folder, path))),
  );
  if (earlier.length === 0) return;
  warn(context, {
    code: "PI963",
    severity: "warning",
    message: `the folder holds what was emitted before: ${earlier
      .sort()
      .map((path) => `\`${path}\``)
      .join(", ")}`,
    hints: ["remove it, unless it belongs to the same set"],
  });
}

/** Writes all of them or, where one would cost another program's, none. */
export function writeFiles(
  output: string,
  files: readonly Pick<EmittedFile, "path" | "text">[],
): Diagnostic | undefined {
  const targets = files.map((file) => ({ ...file, target: file.path === "" ? output : join(output, file.path) }));
  for (const { target } of targets) {
    const foreign = foreignFile(target, "file", isOurs);
    if (foreign !== undefined) return foreign;
  }
  for (const { target, text } of targets) {
    const unwritten = writeOutput(target, text);
    if (unwritten !== undefined) return unwritten;
  }
  return undefined;
}

const isOurs = (first: string): boolean => first === '{"statements":[' || /^#.*\bwritten by preimage\b/.test(first);
