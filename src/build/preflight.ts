import { readFileSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileErrorText } from "../support/file-error-text.ts";
import { partialPath } from "../support/scratch.ts";
import type { BuildFailure } from "./build-failure.ts";

/** Why a file cannot be put there. */
export function unwritable(path: string): BuildFailure | undefined {
  const failure = (detail: string): BuildFailure => ({ reason: "output-not-writable", path, detail });
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return failure("it is a folder");
  if (stat !== undefined && !stat.isFile()) return failure("it is no file");
  try {
    const probe = partialPath(path);
    writeFileSync(probe, "");
    rmSync(probe);
    return undefined;
  } catch (error) {
    return failure(fileErrorText(error));
  }
}

/** Why there is no room for it: `needs` are folders with bytes, and folders on one disk are counted together. */
export function diskShort(needs: readonly (readonly [folder: string, bytes: number])[]): BuildFailure | undefined {
  const disks = new Map<number, { folder: string; bytes: number }>();
  for (const [folder, bytes] of needs) {
    const { dev } = statSync(folder);
    const disk = disks.get(dev) ?? { folder, bytes: 0 };
    disk.bytes += bytes;
    disks.set(dev, disk);
  }
  for (const { folder, bytes: neededBytes } of disks.values()) {
    const { bavail, bsize } = statfsSync(folder);
    const freeBytes = bavail * bsize;
    if (freeBytes < neededBytes) return { reason: "disk-full", folder, freeBytes, neededBytes };
  }
  return undefined;
}

/** What an image's file and its object file take, for a base image of that many bytes. */
export function diskNeeds(baseBytes: number, output: string, scratch: string): [folder: string, bytes: number][] {
  return [
    [dirname(output), baseBytes * 1.3],
    // The object file holds symbols that the linker leaves out.
    [scratch, baseBytes * 1.5],
  ];
}

/**
 * What emitting an image takes of memory, in bytes. Measured on Julia 1.5.3: 2.2 to 2.8 GB for a base image of 188 MB,
 * twelve to fifteen times its size. Other versions are taken to be alike.
 */
export function memoryNeed(baseBytes: number): number {
  return baseBytes * 13;
}

/** What a process of ours may still take: what the system, the control group and `ulimit -v` leave. */
export function freeMemory(): number {
  return Math.min(process.availableMemory(), addressSpaceLimit());
}

function addressSpaceLimit(): number {
  try {
    const [, soft] = /^Max address space\s+(\S+)/m.exec(readFileSync("/proc/self/limits", "latin1")) ?? [];
    return soft === undefined || soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
