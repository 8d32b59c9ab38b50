import { readdirSync, readFileSync } from "node:fs";

/** What a tool may take before it is ended. */
export interface ToolLimits {
  readonly timeMs?: number | undefined;
  /** Resident memory of the tool and all it started, in bytes. Watched where the system tells it: on Linux. */
  readonly memoryBytes?: number | undefined;
}

export type OverLimit =
  | { readonly limit: "time"; readonly timeMs: number }
  | { readonly limit: "memory"; readonly memoryBytes: number };

const watchEveryMs = 500;

/** Calls `end` once, as soon as the process goes over a limit. What it gives back stops the watch. */
export function watchLimits(pid: number, limits: ToolLimits, end: (over: OverLimit) => void): () => void {
  const { timeMs, memoryBytes } = limits;
  const timer = timeMs === undefined ? undefined : setTimeout(() => over({ limit: "time", timeMs }), timeMs);
  const watch =
    memoryBytes === undefined
      ? undefined
      : setInterval(() => {
          if (residentBytes(pid) > memoryBytes) over({ limit: "memory", memoryBytes });
        }, watchEveryMs);
  const stop = (): void => {
    clearTimeout(timer);
    clearInterval(watch);
  };
  const over = (which: OverLimit): void => {
    stop();
    end(which);
  };
  return stop;
}

/** Tells, twice a second, what a process and its descendants hold and what the system has left. What it gives back stops it. */
export function watchMemory(pid: number, seen: (usedBytes: number, freeBytes: number) => void): () => void {
  const watch = setInterval(() => seen(residentBytes(pid), process.availableMemory()), watchEveryMs);
  return () => clearInterval(watch);
}

/** Of a process and its descendants; 0 where the system does not tell. */
function residentBytes(pid: number): number {
  const family = new Set([pid]);
  let pages = 0;
  for (const { id, parent, resident } of processes()) {
    if (!family.has(id) && !family.has(parent)) continue;
    family.add(id);
    pages += resident;
  }
  return pages * pageBytes;
}

// Linux on every architecture that Julia runs on has pages of 4 KiB, unless its kernel was built otherwise.
const pageBytes = 4096;

/** Parents before their children, as far as numbers tell. */
function processes(): { readonly id: number; readonly parent: number; readonly resident: number }[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b)
      .flatMap(statOf);
  } catch {
    return [];
  }
}

function statOf(id: number) {
  try {
    // Fields behind the name, which may hold anything, are told by proc(5): state, parent, …, resident set as the 22nd.
    const fields = readFileSync(`/proc/${id}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ");
    return [{ id, parent: Number(fields[1]), resident: Number(fields[21]) }];
  } catch {
    return [];
  }
}
