import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("..", import.meta.url));

/** Installs the package into `folder` as `npm pack` fills it, with its one dependency; gives the launcher's path. */
export function installPacked(folder: string): string {
  const { files, bin } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  for (const file of ["package.json", ...files.filter((name: string) => name.startsWith("bin/"))]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(repository, file), join(folder, file));
  }
  mkdirSync(join(folder, "node_modules"));
  const dependency = join("node_modules", "better-sqlite3");
  symlinkSync(join(repository, dependency), join(folder, dependency));
  const pack = [join(repository, "bin", "pack.js"), join(folder, "dist")];
  const { status, stderr } = spawnSync(process.execPath, pack, { encoding: "utf8" });
  if (status !== 0 || stderr !== "") throw new Error(`bin/pack.js ended with ${status}: ${stderr}`);
  return join(folder, bin.preimage);
}
