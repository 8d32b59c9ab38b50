import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { type ContentDigest, digestFile } from "../support/hashing.ts";

const projectFiles = ["JuliaProject.toml", "Project.toml"];
const manifestFiles = ["JuliaManifest.toml", "Manifest.toml"];

/** The folder of a project, absolute; undefined where no Project.toml stands there. A path to the file itself is taken too. */
export function projectFolder(path: string): string | undefined {
  const full = resolve(path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat?.isFile()) return projectFiles.includes(basename(full)) ? dirname(full) : undefined;
  return stat?.isDirectory() && projectFiles.some((name) => existsSync(join(full, name))) ? full : undefined;
}

/** Why a path is no project. */
export function noProject(path: string): Diagnostic {
  const message = existsSync(path) ? `\`${path}\` holds no Project.toml` : `the project \`${path}\` does not exist`;
  return errorDiagnostic("PI921", message, ["name a project's folder with `--project DIR`"]);
}

/** SHA-256 of the project's Manifest: which versions it resolves to. Undefined where it has none. */
export function manifestDigest(folder: string): ContentDigest | undefined {
  const file = manifestFiles.map((name) => join(folder, name)).find((path) => existsSync(path));
  return file === undefined ? undefined : digestFile(file);
}
