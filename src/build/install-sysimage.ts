import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { backupPath, isInstalled } from "../julia/own-sysimage.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { digestFile } from "../support/hashing.ts";
import { err, ok, type Result } from "../support/result.ts";
import { runTool, type ToolFailure } from "../support/run-tool.ts";
import { partialPath, writeWhole } from "../support/scratch.ts";
import { readStamp, stampPath } from "./stamp.ts";
import { describeStart } from "./tool-commands.ts";

export type InstallFailure =
  | { readonly reason: "not-writable"; readonly path: string; readonly detail: string }
  /** A backup is there, and neither it nor the sysimage is what `install` would have left. */
  | { readonly reason: "unknown-backup"; readonly sysimage: string; readonly backup: string }
  | { readonly reason: "no-backup"; readonly sysimage: string }
  /** Julia was tried on what had been put there; what was there before is there again. */
  | { readonly reason: "does-not-start"; readonly failure: ToolFailure }
  | { readonly reason: "other-image"; readonly found: string; readonly missing: readonly string[] };

/** How long Julia may take to start on a sysimage that was just put there. */
const startLimitMs = 120_000;

/**
 * Puts an image in the place of the one that Julia starts on when it is told nothing. The one that Julia came with is
 * kept beside it, once; Julia is started, and where it does not start, or on something else, all is as it was before.
 */
export async function installSysimage(
  image: string,
  toolchain: Toolchain,
  abort?: AbortSignal,
): Promise<Result<{ readonly backup: string }, InstallFailure>> {
  const target = toolchain.defaultSysimage;
  const backup = backupPath(target);
  const hadBackup = existsSync(backup);
  if (hadBackup && !isInstalled(target) && digestFile(backup) !== digestFile(target))
    return err({ reason: "unknown-backup", sysimage: target, backup });
  return changing(target, async () => {
    if (!hadBackup) linkOrCopy(target, backup);
    const bytes = statSync(image).size;
    const stamp = existsSync(stampPath(image)) ? readFileSync(stampPath(image), "utf8") : JSON.stringify({ bytes });
    const packages = readStamp(image)?.packages.map(({ name }) => name) ?? [];
    const failure = await swap(
      target,
      (partial) => copyFileSync(image, partial),
      stamp,
      () => startsOn(toolchain, packages, abort),
    );
    if (failure !== undefined && !hadBackup) rmSync(backup);
    return failure === undefined ? ok({ backup }) : err(failure);
  });
}

/** Puts the sysimage that Julia came with back in its place. `force`: also where the one there is not known to be ours. */
export async function restoreSysimage(
  toolchain: Toolchain,
  force: boolean,
  abort?: AbortSignal,
): Promise<Result<{ readonly sysimage: string }, InstallFailure>> {
  const target = toolchain.defaultSysimage;
  const backup = backupPath(target);
  if (!existsSync(backup)) return err({ reason: "no-backup", sysimage: target });
  if (!force && !isInstalled(target)) return err({ reason: "unknown-backup", sysimage: target, backup });
  return changing(target, async () => {
    const failure = await swap(
      target,
      (partial) => linkOrCopy(backup, partial),
      undefined,
      () => startsOn(toolchain, [], abort),
    );
    if (failure !== undefined) return err(failure);
    rmSync(backup);
    return ok({ sysimage: target });
  });
}

/** What the file system refuses is an answer; anything else is ours. */
async function changing<T>(
  path: string,
  work: () => Promise<Result<T, InstallFailure>>,
): Promise<Result<T, InstallFailure>> {
  try {
    return await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return err({ reason: "not-writable", path, detail: fileErrorText(error) });
  } finally {
    rmSync(partialPath(path), { force: true });
  }
}

/**
 * Gives `target` another content and its stamp, if `check` finds nothing wrong with it there. At any moment a whole image
 * stands there, but for an instant on Windows, where an image in use can be moved away and not replaced.
 */
async function swap(
  target: string,
  write: (partial: string) => void,
  stamp: string | undefined,
  check: () => Promise<InstallFailure | undefined>,
): Promise<InstallFailure | undefined> {
  const partial = partialPath(target);
  const previous = `${partial}-previous`;
  const stampFile = stampPath(target);
  const previousStamp = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : undefined;
  const { mode } = statSync(target);
  write(partial);
  chmodSync(partial, mode & 0o7777);
  try {
    if (process.platform === "win32") renameSync(target, previous);
    else linkOrCopy(target, previous);
    // A stamp never stands beside a sysimage that it does not describe.
    rmSync(stampFile, { force: true });
    renameSync(partial, target);
    const failure = await check();
    if (failure !== undefined) renameSync(previous, target);
    const text = failure === undefined ? stamp : previousStamp;
    if (text !== undefined) writeWhole(stampFile, text);
    return failure;
  } finally {
    rmSync(previous, { force: true });
  }
}

/** A second name costs no room; a file system without such gets a copy. Never overwrites. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (existsSync(to) || !existsSync(from)) throw error;
    const partial = `${to}.partial`;
    copyFileSync(from, partial);
    renameSync(partial, to);
  }
}

/** Starts Julia without naming a sysimage, and asks it which it started on and what that holds. */
async function startsOn(
  { julia, defaultSysimage }: Toolchain,
  packages: readonly string[],
  abort: AbortSignal | undefined,
): Promise<InstallFailure | undefined> {
  const limits = { timeMs: startLimitMs };
  const run = await runTool(describeStart(julia), { streams: { kind: "capture" }, abort, limits });
  if (!run.ok) return { reason: "does-not-start", failure: run.error };
  const [found = "", ...loaded] = run.value.stdout.trimEnd().split("\n");
  const missing = packages.filter((name) => !loaded.includes(name));
  const same = existsSync(found) && realpathSync(found) === defaultSysimage;
  return same && missing.length === 0 ? undefined : { reason: "other-image", found, missing };
}
