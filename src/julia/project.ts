import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type ContentDigest, digestFile } from "../support/hashing.ts";

const projectFiles = ["JuliaProject.toml", "Project.toml"];
const manifestFiles = ["JuliaManifest.toml", "Manifest.toml"];

/** The folder of a project, absolute; undefined where no Project.toml stands there. A path to the file itself is taken too. */
export function projectFolder(path: string): string | undefined {
  const full = resolve(path);
  const folder = statSync(full, { throwIfNoEntry: false })?.isDirectory() ? full : dirname(full);
  return projectFiles.some((name) => existsSync(join(folder, name))) ? folder : undefined;
}

/** SHA-256 of the project's Manifest: which versions it resolves to. Undefined where it has none. */
export function manifestDigest(folder: string): ContentDigest | undefined {
  const file = manifestFiles.map((name) => join(folder, name)).find((path) => existsSync(path));
  return file === undefined ? undefined : digestFile(file);
}
