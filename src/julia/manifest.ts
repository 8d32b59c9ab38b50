import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse, TomlError, type TomlTable } from "smol-toml";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { err, ok, type Result } from "../support/result.ts";
import type { JuliaVersion } from "./julia-version.ts";
import { manifestFile, projectFile } from "./project.ts";

/** A package as a project's Manifest has it, or the project itself where it is one. */
export interface ManifestPackage {
  readonly name: string;
  readonly uuid: string;
  /** Undefined for most standard libraries: Julia's own version says it. */
  readonly version?: string | undefined;
  /** Git's hash of the tree that the package's files were taken from. */
  readonly treeHash?: string | undefined;
  /** Where it is developed, absolute: a folder, or a file. */
  readonly path?: string | undefined;
  /** UUIDs of what it loads. */
  readonly dependsOn: readonly string[];
}

export interface ManifestFailure {
  readonly path: string;
  readonly detail: string;
  /** Where it is no TOML, counted from 1. */
  readonly line?: number;
}

export function manifestDiagnostic({ path, detail, line }: ManifestFailure): Diagnostic {
  return {
    ...errorDiagnostic("PI980", `\`${path}\` cannot be read: ${detail}`, [
      "mend it, or let Julia's `Pkg` write it anew",
    ]),
    ...(line === undefined ? {} : { at: { file: path, line } }),
  };
}

/**
 * All that the project resolves to: what its Manifest lists (formats 1 and 2), and the project itself where it is a
 * package. Empty where it has no Manifest and is none. `version` is that of the Julia which would read it.
 */
export function readManifest(folder: string, version?: JuliaVersion): Result<ManifestPackage[], ManifestFailure> {
  const manifest = manifestFile(folder, version);
  const listed = manifest === undefined ? ok([]) : readToml(manifest, (table) => packagesOf(table, dirname(manifest)));
  const project = projectFile(folder);
  if (!listed.ok || project === undefined) return listed;
  const own = readToml(project, (table) => ownPackage(table, folder));
  return own.ok ? ok([...listed.value, ...own.value]) : own;
}

/** Takes something out of a TOML file, or says why it cannot be read. */
export function readToml<T>(path: string, take: (table: TomlTable) => T): Result<T, ManifestFailure> {
  try {
    return ok(take(parse(readFileSync(path, "utf8")) as TomlTable));
  } catch (error) {
    if (!(error instanceof TomlError)) return err({ path, detail: fileErrorText(error) });
    const [detail = ""] = error.message.replace("Invalid TOML document: ", "").split("\n");
    return err({ path, detail, line: error.line });
  }
}

/** Format 1 has the packages at the top, format 2 (Julia 1.6.2 and later) below `deps`. A name may stand for several. */
function packagesOf(table: TomlTable, folder: string): ManifestPackage[] {
  const named = table.manifest_format === undefined ? table : tableOf(table.deps);
  const entries = Object.entries(named).flatMap(([name, list]) =>
    (Array.isArray(list) ? list : []).map((entry) => ({ name, entry: tableOf(entry) })),
  );
  const uuidsOf = Map.groupBy(entries, ({ name }) => name);
  return entries.map(({ name, entry }) => {
    const path = text(entry.path);
    return {
      name,
      uuid: text(entry.uuid)?.toLowerCase() ?? "",
      version: text(entry.version),
      treeHash: text(entry["git-tree-sha1"]),
      path: path === undefined ? undefined : resolve(folder, path),
      dependsOn: dependencies(entry.deps, (dependency) => text(uuidsOf.get(dependency)?.[0]?.entry.uuid)),
    };
  });
}

/** Either names, or, where a name alone would not tell, a table of names and UUIDs. */
function dependencies(deps: unknown, uuidOf: (name: string) => string | undefined): string[] {
  const uuids = Array.isArray(deps) ? deps.map((name) => uuidOf(String(name))) : Object.values(tableOf(deps)).map(text);
  return uuids.flatMap((uuid) => uuid?.toLowerCase() ?? []);
}

/** A project is a package where it has a name, a UUID and the file that defines its module. */
function ownPackage(table: TomlTable, folder: string): ManifestPackage[] {
  const [name, uuid] = [text(table.name), text(table.uuid)];
  if (name === undefined || uuid === undefined) return [];
  const entry = text(table.entryfile) ?? join("src", `${name}.jl`);
  if (!existsSync(join(folder, entry))) return [];
  const dependsOn = dependencies(table.deps, () => undefined);
  return [{ name, uuid: uuid.toLowerCase(), version: text(table.version), path: folder, dependsOn }];
}

function tableOf(value: unknown): TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as TomlTable) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
