import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, TomlError } from "smol-toml";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { err, ok, type Result } from "../support/result.ts";
import { readManifest } from "./manifest.ts";
import { directDependencies } from "./project.ts";

/** Where the Julia extension of VS Code looked for what its task was to bake; it has no such task since 2024. */
export const editorTaskFile = join(".vscode", "JuliaSysimage.toml");

/** What the file asks for. */
export interface EditorTask {
  readonly path: string;
  /** Absolute paths. */
  readonly statementsFiles: readonly string[];
  readonly executionFiles: readonly string[];
  /** What the image is to load: the project's packages, without those that are left out. */
  readonly packages: readonly string[];
  /** The package that the project is itself, unless it is excluded. */
  readonly ownPackage: string | undefined;
  readonly leftOut: readonly LeftOut[];
}

/** A package of the project that is not loaded into the image, as what is in it does not change any more. */
export interface LeftOut {
  readonly name: string;
  readonly why: "excluded" | "developed" | "needs one that is left out";
}

/** Undefined where the project, a folder, has no such file. */
export function readEditorTask(project: string): Result<EditorTask | undefined, Diagnostic> {
  const path = join(project, editorTaskFile);
  if (!existsSync(path)) return ok(undefined);
  const document = tomlOf(path);
  if (!document.ok) return document;
  const section = document.value.sysimage ?? {};
  if (!isTable(section)) return err(malformed(path, "`sysimage` is no table"));
  const known = new Map<string, readonly string[]>();
  for (const key of ["exclude", "statements_files", "execution_files"]) {
    const texts = textsOf(section[key]);
    if (texts === undefined) return err(malformed(path, `\`${key}\` is no list of texts`));
    known.set(key, texts);
  }
  const absolute = (key: string): string[] => (known.get(key) ?? []).map((name) => join(project, name));
  const chosen = packagesFor(project, new Set(known.get("exclude")));
  const files = { statementsFiles: absolute("statements_files"), executionFiles: absolute("execution_files") };
  const missing = [...files.statementsFiles, ...files.executionFiles].find((file) => !existsSync(file));
  if (missing !== undefined) {
    return err(
      errorDiagnostic("PI991", `\`${path}\` names \`${missing}\`, which does not exist`, [
        "its paths count from the project's folder: correct it, or ignore the file with `--no-editor-task`",
      ]),
    );
  }
  return ok({ path, ...files, ...chosen });
}

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** One text, or several; undefined where it is neither. */
function textsOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  if (typeof value === "string") return [value];
  return Array.isArray(value) && value.every((each) => typeof each === "string") ? value : undefined;
}

function tomlOf(path: string): Result<Table, Diagnostic> {
  const text = readFileSync(path, "utf8");
  try {
    return ok(parse(text));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { line, column } = error;
    const [what = ""] = error.message.replace(/^Invalid TOML document: /, "").split("\n");
    const start = column - 1;
    const at = { file: path, line, text: text.split("\n")[line - 1] ?? "", before: 0, span: { start, end: start + 1 } };
    return err({ ...malformed(path, what), at });
  }
}

const malformed = (path: string, what: string): Diagnostic =>
  errorDiagnostic("PI990", `\`${path}\` cannot be read: ${what}`, ["mend it, or ignore it with `--no-editor-task`"]);

/**
 * As the task chose them: all that the project names, but for what is excluded, what is developed, as its code still
 * changes, and what would load one of these.
 */
function packagesFor(
  project: string,
  excluded: ReadonlySet<string>,
): Pick<EditorTask, "packages" | "ownPackage" | "leftOut"> {
  const read = readManifest(project);
  const manifest = read.ok ? read.value : [];
  const own = manifest.find(({ path }) => path === project)?.name;
  const others = manifest.filter(({ path }) => path !== project);
  const dependencies = directDependencies(project).map(({ name }) => name);
  const developed = new Set(others.filter(({ path }) => path !== undefined).map(({ name }) => name));
  const nameOf = new Map(others.map(({ uuid, name }) => [uuid, name]));
  const out = new Set([...excluded, ...developed]);
  for (let before = -1; before !== out.size; ) {
    before = out.size;
    for (const { name, dependsOn } of others) {
      if (dependsOn.some((uuid) => out.has(nameOf.get(uuid) ?? ""))) out.add(name);
    }
  }
  const why = (name: string): LeftOut["why"] =>
    excluded.has(name) ? "excluded" : developed.has(name) ? "developed" : "needs one that is left out";
  return {
    ownPackage: own === undefined || excluded.has(own) ? undefined : own,
    packages: dependencies.filter((name) => !out.has(name)),
    leftOut: dependencies.filter((name) => out.has(name)).map((name) => ({ name, why: why(name) })),
  };
}
