import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { TomlTable, TomlValue } from "smol-toml";
import { ok, type Result } from "../support/result.ts";
import { defaultProject } from "./active-project.ts";
import { type ManifestFailure, readToml } from "./manifest.ts";
import { manifestFile, projectFile } from "./project.ts";
import type { Toolchain } from "./toolchain.ts";

/** A package as a Manifest writes it down, whole: also what this version of ours does not know. */
export interface RawEntry {
  readonly name: string;
  readonly uuid: string;
  /** `path` in it is absolute. */
  readonly table: TomlTable;
}

export interface NamedPackage {
  readonly name: string;
  readonly uuid?: string | undefined;
}

/** All that an environment resolves to, to be written down as a Manifest elsewhere. */
export interface RawManifest {
  readonly entries: readonly RawEntry[];
  /** Of those asked for, the ones that are in it, each name once. */
  readonly found: readonly { readonly name: string; readonly uuid: string }[];
  /** Those that neither the Manifest nor the standard library has. */
  readonly missing: readonly string[];
}

/**
 * What the Manifest of `project` lists, the project itself where it is a package, and the standard libraries that `wanted`
 * and these need and no Manifest lists. Without a project, the environment is the one that Julia starts in by itself.
 */
export function rawManifest(
  project: string | undefined,
  wanted: readonly NamedPackage[],
  { version, stdlib }: Pick<Toolchain, "version" | "stdlib">,
): Result<RawManifest, ManifestFailure> {
  const folder = project ?? defaultProject(version);
  const manifest = folder === undefined ? undefined : manifestFile(folder, version);
  const listed = manifest === undefined ? ok([]) : readToml(manifest, (table) => entriesOf(table, dirname(manifest)));
  if (!listed.ok) return listed;
  const own = project === undefined ? ok([]) : ownEntry(project);
  if (!own.ok) return own;
  const known = new Map([...listed.value, ...own.value].map((entry) => [entry.uuid, entry]));
  const library = standardLibrary(stdlib);
  const found = new Map<string, { name: string; uuid: string }>();
  const missing: string[] = [];
  for (const { name, uuid = uuidOf(name, known, library) } of wanted) {
    if (uuid !== undefined && (known.has(uuid) || library.get(name)?.uuid === uuid)) {
      if (!found.has(name)) found.set(name, { name, uuid });
    } else missing.push(name);
  }
  const needed = [...[...found.values()].map(({ name }) => name), ...[...known.values()].flatMap(dependencyNames)];
  addLibraries(needed, known, library);
  return ok({ entries: [...known.values()], found: [...found.values()], missing });
}

/** Of format 1, packages at the top, and of format 2, below `deps`. */
function entriesOf(table: TomlTable, folder: string): RawEntry[] {
  const named = table.manifest_format === undefined ? table : tableOf(table.deps);
  return Object.entries(named).flatMap(([name, list]) =>
    (Array.isArray(list) ? list : []).map(tableOf).flatMap((entry): RawEntry[] => {
      if (typeof entry.uuid !== "string") return [];
      const path = typeof entry.path === "string" ? { path: resolve(folder, entry.path) } : {};
      return [{ name, uuid: entry.uuid.toLowerCase(), table: { ...entry, ...path } }];
    }),
  );
}

/** As a Manifest would list the project that it belongs to. */
function ownEntry(project: string): Result<readonly RawEntry[], ManifestFailure> {
  const file = projectFile(project);
  if (file === undefined) return ok([]);
  return readToml(file, (table) => {
    const { name, uuid, version, deps, weakdeps, extensions } = table;
    const entryFile = typeof table.entryfile === "string" ? table.entryfile : join("src", `${name}.jl`);
    if (typeof name !== "string" || typeof uuid !== "string" || !existsSync(join(project, entryFile))) return [];
    const parts = { deps, path: project, uuid, version, weakdeps, extensions };
    const given = Object.entries(parts).filter(([, value]) => value !== undefined) as [string, TomlValue][];
    return [{ name, uuid: uuid.toLowerCase(), table: Object.fromEntries(given) }];
  });
}

interface Library {
  readonly uuid: string;
  readonly version?: string | undefined;
  readonly deps: readonly string[];
}

/** The packages that come with Julia, by their names; their own Project.toml files say what they need. */
function standardLibrary(stdlib: string): ReadonlyMap<string, Library> {
  const names = existsSync(stdlib) ? readdirSync(stdlib) : [];
  const library = new Map<string, Library>();
  for (const name of names) {
    const file = projectFile(join(stdlib, name));
    const read = file === undefined ? undefined : readToml(file, (table) => table);
    if (read === undefined || !read.ok || typeof read.value.uuid !== "string") continue;
    const { uuid, version, deps } = read.value;
    library.set(name, {
      uuid: uuid.toLowerCase(),
      version: typeof version === "string" ? version : undefined,
      deps: Object.keys(tableOf(deps)),
    });
  }
  return library;
}

function uuidOf(
  name: string,
  known: ReadonlyMap<string, RawEntry>,
  library: ReadonlyMap<string, Library>,
): string | undefined {
  return [...known.values()].find((entry) => entry.name === name)?.uuid ?? library.get(name)?.uuid;
}

function addLibraries(
  names: readonly string[],
  known: Map<string, RawEntry>,
  library: ReadonlyMap<string, Library>,
): void {
  for (const name of names) {
    const found = library.get(name);
    if (found === undefined || known.has(found.uuid)) continue;
    const { uuid, version, deps } = found;
    const table = {
      ...(deps.length === 0 ? {} : { deps: [...deps] }),
      uuid,
      ...(version === undefined ? {} : { version }),
    };
    known.set(uuid, { name, uuid, table });
    addLibraries(deps, known, library);
  }
}

const dependencyNames = ({ table: { deps } }: RawEntry): string[] =>
  Array.isArray(deps) ? deps.map(String) : Object.keys(tableOf(deps));

function tableOf(value: unknown): TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as TomlTable) : {};
}
