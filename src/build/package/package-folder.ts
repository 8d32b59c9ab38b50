import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { replayFiles } from "../../julia/replay.ts";
import { fileErrorText } from "../../support/file-error-text.ts";
import { digestText } from "../../support/hashing.ts";
import { partialPath } from "../../support/scratch.ts";
import type { BuildFailure } from "../build-failure.ts";
import { stampName } from "../stamp.ts";
import { type StatementFile, writeStatementFile } from "../statement-file.ts";
import { loadPath, packageFiles, statementsPath } from "./package-files.ts";
import type { PackagePlan } from "./package-plan.ts";

/** Writes the whole package into a folder, over what is there. Throws what writing throws. */
export function writePackage(plan: PackagePlan, folder: string): StatementFile {
  mkdirSync(join(folder, "src"), { recursive: true });
  for (const [path, text] of packageFiles(plan)) writeFileSync(join(folder, path), text);
  return writeStatementFile(join(folder, statementsPath), plan.statements, plan.repairsOff);
}

/** Why what stands at `output` may not be replaced, or nothing can be put there. */
export function unfitFolder(output: string): BuildFailure | undefined {
  const stat = statSync(output, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isDirectory())
    return { reason: "folder-not-ours", path: output, detail: "it is a file" };
  const foreign = stat === undefined ? undefined : foreignIn(output);
  if (foreign !== undefined) return { reason: "folder-not-ours", path: output, detail: foreign };
  try {
    const probe = partialPath(output);
    mkdirSync(probe);
    rmSync(probe, { recursive: true });
    return undefined;
  } catch (error) {
    return { reason: "output-not-writable", path: output, detail: fileErrorText(error) };
  }
}

/** What of a folder preimage did not write, in words. */
export function foreignIn(folder: string): string | undefined {
  const found = readdirSync(folder);
  if (found.length === 0) return undefined;
  const name = writtenName(folder);
  if (name === undefined) return "preimage did not write what is in it";
  const ours = new Set(["Project.toml", "Manifest.toml", "README.md", loadPath, stampName, "src"]);
  const source = join(folder, "src");
  const sources = new Set([`${name}.jl`, basename(statementsPath), ...replayFiles.map((file) => basename(file))]);
  const stranger =
    found.find((each) => !ours.has(each)) ??
    (existsSync(source) ? readdirSync(source).find((each) => !sources.has(each)) : undefined);
  return stranger === undefined ? undefined : `it holds \`${stranger}\`, which preimage did not write`;
}

/** The name of the package that we wrote there. */
function writtenName(folder: string): string | undefined {
  const project = join(folder, "Project.toml");
  if (!existsSync(project)) return undefined;
  const text = readFileSync(project, "utf8");
  return /^# written by preimage\b/.test(text) ? /^name = "(.*)"$/m.exec(text)?.[1] : undefined;
}

/** SHA-256 over names and contents of the package's files, the stamp apart. Undefined where it is no folder any more. */
export function filesDigest(folder: string): string | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => name !== stampName && statSync(join(folder, name)).isFile());
  return digestText(files.map((name) => `${name}\0${digestText(readFileSync(join(folder, name), "utf8"))}\n`).join(""));
}

/** A new folder at its place, and what was there before, until one of them goes. Each is done once. */
export interface Swap {
  readonly keep: () => void;
  readonly restore: () => void;
}

/**
 * Puts a folder in its place: what Julia keeps of a package names its files by their paths, so that it has to be
 * precompiled where it is to stand.
 */
export function swapIn(folder: string, output: string): Swap {
  const before = beforePath(output);
  if (existsSync(output)) renameSync(output, before);
  renameSync(folder, output);
  let settled = false;
  return {
    keep: () => {
      settled = true;
      if (!existsSync(before)) return;
      // Half removed it is nothing to go back to.
      const trash = `${before}.old`;
      renameSync(before, trash);
      rmSync(trash, { recursive: true, force: true });
    },
    restore: () => {
      if (settled) return;
      settled = true;
      rmSync(output, { recursive: true, force: true });
      if (existsSync(before)) renameSync(before, output);
    },
  };
}

/** Puts back what a bake that was killed had moved aside. */
export function recoverFolder(output: string): void {
  const before = beforePath(output);
  rmSync(`${before}.old`, { recursive: true, force: true });
  if (!existsSync(before) || (existsSync(output) && foreignIn(output) !== undefined)) return;
  rmSync(output, { recursive: true, force: true });
  renameSync(before, output);
}

const beforePath = (output: string): string => join(dirname(output), `.${basename(output)}.before`);
