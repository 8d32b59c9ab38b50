import { type StatementSet, unite } from "../analysis/statement-set.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { type EditorTask, editorTaskFile, readEditorTask } from "../julia/editor-task.ts";
import { projectFolder } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, failed } from "./context.ts";
import { resolveSets } from "./resolve-set.ts";
import { setsOf, traceForBuild } from "./trace-for-build.ts";

export interface EditorRequest {
  /** The project of the image, if any. */
  readonly project: string | undefined;
  /** What the user named; where there is one, the file's choice does not count. */
  readonly packages: readonly string[];
  /** False: the file is left alone. */
  readonly editorTask: boolean;
}

/** What is baked when the project's file is taken in. */
export interface WithEditorTask {
  readonly set: StatementSet;
  readonly packages: readonly string[];
}

/**
 * Takes in what `.vscode/JuliaSysimage.toml` of the project asks for: its lists, what its execution files compile, which
 * are traced now, and its choice of packages. Where there is no such file, all stays as it was.
 */
export async function withEditorTask(
  set: StatementSet,
  { project, packages, editorTask }: EditorRequest,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<WithEditorTask>> {
  const folder = project === undefined ? undefined : projectFolder(project);
  if (!editorTask || folder === undefined) return ok({ set, packages });
  const read = readEditorTask(folder);
  if (!read.ok) return failed(read.error);
  const task = read.value;
  if (task === undefined) return ok({ set, packages });
  context.notify({ kind: "note", text: taskText(task) });
  const workloads = task.executionFiles.map(
    (script) => ({ kind: "script", script, args: [], project: folder }) as const,
  );
  const traced = await traceForBuild({ workloads, streams: ["pipe"], failing }, context, store, toolchain);
  if (!traced.ok) return traced;
  const added = [...task.statementsFiles, ...setsOf(traced.value)];
  const more = await resolveSets(context, store, added);
  if (!more.ok) return more;
  const label = [set.label, ...added].filter((each) => each !== "").join(" ");
  const whole = added.length === 0 ? set : unite(label, set.label === "" ? [more.value] : [set, more.value]);
  return ok({
    set: whole,
    packages: packages.length > 0 ? packages : [...task.packages, ...ownOf(task, whole, store)],
  });
}

const failing = (script: string): Diagnostic =>
  errorDiagnostic("PI415", `the execution file \`${script}\` fails, so nothing was baked`, [
    `mend it, or take it out of ${editorTaskFile}`,
  ]);

/** The project's own package still changes as well, but a program that loads it is not fast without. */
function ownOf({ ownPackage }: EditorTask, { runs }: StatementSet, store: StatementStore): readonly string[] {
  if (ownPackage === undefined) return [];
  return runs.some(({ id }) => store.packagesOf(id)?.some(({ name }) => name === ownPackage)) ? [ownPackage] : [];
}

function taskText({ path, statementsFiles, executionFiles, packages, leftOut }: EditorTask): string {
  const parts = [
    ...(statementsFiles.length === 0 ? [] : [`${statementsFiles.length} of its lists`]),
    ...(executionFiles.length === 0 ? [] : [`what ${executionFiles.length} of its files compile`]),
    packages.length === 0 ? "no package" : `the packages ${packages.join(", ")}`,
  ];
  const out = leftOut.map(({ name, why }) => `${name} (${why})`);
  return `${path}: takes in ${parts.join(", ")}${out.length === 0 ? "" : `; leaves out ${out.join(", ")}`}`;
}

/** A build without a set has nothing to bake but what it traces, and what that file names. */
export const nothingToBake = errorDiagnostic("PI929", "neither a set nor a program to trace was named", [
  "name a list, `run:NAME` or `store`, or a program with `--execute-trace 'app.jl ARGS'`",
  `or have ${editorTaskFile} list files, and name its project with \`--project DIR\``,
]);
