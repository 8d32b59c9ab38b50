import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parse, type TomlTable } from "smol-toml";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { type ContentDigest, digestFile } from "../support/hashing.ts";
import type { JuliaVersion } from "./julia-version.ts";

const projectFiles = ["JuliaProject.toml", "Project.toml"];

/** The folder of a project, absolute; undefined where no Project.toml stands there. A path to the file itself is taken too. */
export function projectFolder(path: string): string | undefined {
  const full = resolve(path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat?.isFile()) return projectFiles.includes(basename(full)) ? dirname(full) : undefined;
  return stat?.isDirectory() && projectFile(full) !== undefined ? full : undefined;
}

/** The project's Project.toml, whatever it is called; undefined where none stands there. */
export function projectFile(folder: string): string | undefined {
  return firstFile(folder, projectFiles);
}

/** The nearest project in `folder` or above it, as Julia's `--project=@.` finds it: the user's home ends the search. */
export function projectAbove(folder: string): string | undefined {
  const full = resolve(folder);
  if (projectFile(full) !== undefined) return full;
  return dirname(full) === full || full === homedir() ? undefined : projectAbove(dirname(full));
}

/** The package that a project is; undefined where it is none. */
export function packageName(folder: string): string | undefined {
  const file = projectFile(folder);
  const [head = ""] = file === undefined ? [] : readFileSync(file, "utf8").split(/^\s*\[/m);
  return /^\s*name\s*=\s*["'](\w+)["']/m.exec(head)?.[1];
}

/** Why a path is no project. */
export function noProject(path: string): Diagnostic {
  const message = existsSync(path) ? `\`${path}\` holds no Project.toml` : `the project \`${path}\` does not exist`;
  return errorDiagnostic("PI921", message, ["name a project's folder with `--project DIR`"]);
}

/**
 * The project's Manifest; undefined where it has none. What Project.toml names as its `manifest` comes first, then the
 * files beside it: from Julia 1.10.8 on first one of the version's own. A project of a workspace (Julia 1.12) has that
 * of the project above it that names it.
 */
export function manifestFile(folder: string, version?: JuliaVersion): string | undefined {
  const named = tomlAt(projectFile(folder)).manifest;
  if (typeof named === "string") return firstFile(folder, [named]);
  const own = version === undefined ? [] : [`Manifest-v${version.major}.${version.minor}.toml`];
  const names = [...own.map((name) => `Julia${name}`), ...own, "JuliaManifest.toml", "Manifest.toml"];
  return firstFile(folder, names) ?? workspaceManifest(folder, version);
}

function workspaceManifest(folder: string, version: JuliaVersion | undefined): string | undefined {
  const above = dirname(folder) === folder ? undefined : projectAbove(dirname(folder));
  if (above === undefined) return undefined;
  const { projects = [] } = (tomlAt(projectFile(above)).workspace ?? {}) as { readonly projects?: unknown };
  const names = Array.isArray(projects) ? projects.map((name) => resolve(above, String(name))) : [];
  return names.includes(folder) ? manifestFile(above, version) : undefined;
}

/** What the project itself asks for, by its Project.toml. Empty where that cannot be read. */
export function directDependencies(folder: string): { readonly name: string; readonly uuid: string }[] {
  const { deps } = tomlAt(projectFile(folder));
  return Object.entries(typeof deps === "object" ? deps : {}).flatMap(([name, uuid]) =>
    typeof uuid === "string" ? [{ name, uuid: uuid.toLowerCase() }] : [],
  );
}

/** The project's own UUID, which most packages and few other projects have. */
export function projectUuid(folder: string): string | undefined {
  const { uuid } = tomlAt(projectFile(folder));
  return typeof uuid === "string" ? uuid.toLowerCase() : undefined;
}

/** Nothing where it cannot be read: `readManifest` says why. */
function tomlAt(path: string | undefined): TomlTable {
  try {
    return path === undefined ? {} : (parse(readFileSync(path, "utf8")) as TomlTable);
  } catch {
    return {};
  }
}

function firstFile(folder: string, names: readonly string[]): string | undefined {
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** SHA-256 of the project's Manifest: which versions it resolves to. Undefined where it has none. */
export function manifestDigest(folder: string, version?: JuliaVersion): ContentDigest | undefined {
  const file = manifestFile(folder, version);
  return file === undefined ? undefined : digestFile(file);
}
