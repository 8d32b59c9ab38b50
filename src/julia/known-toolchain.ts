import { readFileSync, realpathSync } from "node:fs";
import { cpus, hostname } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fileStart } from "../support/file-start.ts";
import { fileState } from "../support/file-state.ts";
import { digestText } from "../support/hashing.ts";
import { makeFolder } from "../support/make-folder.ts";
import { ok, type Result } from "../support/result.ts";
import { writeWhole } from "../support/scratch.ts";
import { cacheFolder, privateJulia } from "./private-toolchain.ts";
import { askJulia, findToolchain, type Toolchain, type ToolchainFailure } from "./toolchain.ts";

/**
 * As `findToolchain`, but a Julia that described itself once is not started again to do so, as long as its program, its
 * library and its sysimages are the files that they were.
 */
export function knownToolchain(
  asked: string | undefined,
  abort?: AbortSignal,
): Promise<Result<Toolchain, ToolchainFailure>> {
  return findToolchain(asked, abort, async (julia, foundBy, signal) => {
    const memory = memoryOf(julia);
    const known = memory === undefined ? undefined : remembered(memory);
    if (known !== undefined) return ok({ ...known, julia, foundBy });
    const found = await askJulia(julia, foundBy, signal);
    if (found.ok && memory !== undefined) remember(memory, found.value);
    return found;
  });
}

interface Remembered {
  readonly states: Readonly<Record<string, string>>;
  readonly toolchain: Toolchain;
}

/**
 * Where it is remembered; undefined for a program that may start another Julia each time: a script that is not ours,
 * juliaup's launcher. A home may be shared between machines, whose processors differ.
 */
function memoryOf(julia: string): string | undefined {
  try {
    const program = realpathSync(julia);
    if (/juliaup|julialauncher/.test(program)) return undefined;
    if (isScript(program) && julia !== privateJulia()) return undefined;
    const key = digestText([julia, hostname(), cpus()[0]?.model, process.env.LD_LIBRARY_PATH].join("\n"));
    return join(cacheFolder(), "known", `${key.slice(0, 32)}.json`);
  } catch {
    return undefined;
  }
}

const isScript = (program: string): boolean => fileStart(program, 2).toString("latin1") === "#!";

function remembered(memory: string): Toolchain | undefined {
  try {
    const { states, toolchain } = JSON.parse(readFileSync(memory, "utf8")) as Remembered;
    const now = statesOf(toolchain);
    return now !== undefined && isDeepStrictEqual(now, states) ? toolchain : undefined;
  } catch {
    return undefined;
  }
}

/** What cannot be written is asked anew next time. */
function remember(memory: string, toolchain: Toolchain): void {
  const states = statesOf(toolchain);
  if (states === undefined) return;
  try {
    makeFolder(join(memory, ".."));
    writeWhole(memory, JSON.stringify({ states, toolchain } satisfies Remembered));
  } catch {
    // A home that is not writable.
  }
}

function statesOf({ julia, libjulia, baseSysimage, defaultSysimage }: Toolchain): Record<string, string> | undefined {
  try {
    const files = new Set([julia, libjulia, baseSysimage, defaultSysimage]);
    return Object.fromEntries([...files].map((path) => [path, fileState(path).text]));
  } catch {
    return undefined;
  }
}
