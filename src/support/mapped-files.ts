import { readdirSync, readFileSync, realpathSync } from "node:fs";

/**
 * The processes that have a file loaded, by the file's path as given. Only Linux tells, and only of one's own processes
 * unless one is root; undefined elsewhere.
 */
export function processesMapping(paths: readonly string[]): ReadonlyMap<string, readonly number[]> | undefined {
  const pids = processes();
  if (pids === undefined) return undefined;
  const found = new Map<string, number[]>(paths.map((path) => [path, []]));
  const ends = paths.map((path) => ({ path, end: ` ${realpathSync(path)}\n` }));
  for (const pid of pids) {
    const maps = mapsOf(pid);
    for (const { path, end } of ends) if (maps.includes(end)) found.get(path)?.push(pid);
  }
  return found;
}

function processes(): number[] | undefined {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return undefined;
  }
}

function mapsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/maps`, "utf8");
  } catch {
    return "";
  }
}
