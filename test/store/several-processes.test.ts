import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { StatementStore } from "../../src/store/statement-store.ts";
import { tempFolder } from "../temp-folder.ts";

const program = fileURLToPath(new URL("recording-process.ts", import.meta.url));

function recording(path: string, name: string, runs: number, size: number, ...more: readonly string[]): ChildProcess {
  const words = ["--disable-warning=ExperimentalWarning", program, path, name, String(runs), String(size), ...more];
  return spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
}

async function said(child: ChildProcess, word: string): Promise<void> {
  if (child.stdout === null) throw new Error("no output");
  for await (const line of createInterface(child.stdout)) if (line.startsWith(word)) return;
  throw new Error(`the process ended before it said "${word}"`);
}

/** How many runs the store holds; every one of them has to be whole. */
function wholeRuns(path: string, size: number): number {
  const db = new Database(path);
  expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(db.pragma("foreign_key_check")).toEqual([]);
  db.close();
  const opened = StatementStore.open(path);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const runs = opened.value.runs();
  for (const { id, statements, newStatements, lines } of runs) {
    const held = [...opened.value.sightingsIn(id)].length;
    expect({ statements, newStatements, lines, held }).toEqual({
      statements: size,
      newStatements: size,
      lines: size,
      held: size,
    });
  }
  const stored = [...opened.value.allSightings()].length;
  expect(stored).toBe(runs.length * size);
  opened.value.close();
  return runs.length;
}

describe("several processes", () => {
  it("may make one new store at once, and all record in it", { timeout: 60_000 }, async () => {
    const path = join(tempFolder(), "new", "store.sqlite");
    const children = Array.from({ length: 6 }, (_, index) => recording(path, `p${index}`, 5, 200));
    const ends = await Promise.all(children.map((child) => once(child, "exit")));
    expect(ends).toEqual(children.map(() => [0, null]));
    expect(wholeRuns(path, 200)).toBe(30);
  });

  it("do not wait for one that is still reading its trace", { timeout: 60_000 }, async () => {
    const path = join(tempFolder(), "store.sqlite");
    const reading = recording(path, "slow", 1, 100, "stop");
    await said(reading, "halfway");
    expect(await once(recording(path, "quick", 2, 100), "exit")).toEqual([0, null]);
    expect(wholeRuns(path, 100)).toBe(2);
    reading.kill("SIGKILL");
    await once(reading, "exit");
    expect(wholeRuns(path, 100)).toBe(2);
  });
});

describe("a process that is killed", () => {
  it("while it reads a trace leaves nothing of that run", { timeout: 60_000 }, async () => {
    const path = join(tempFolder(), "store.sqlite");
    const child = recording(path, "killed", 1, 1_000, "stop");
    await said(child, "halfway");
    child.kill("SIGKILL");
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
    expect(wholeRuns(path, 1_000)).toBe(0);
  });

  // Whatever it is doing by then: reading, merging, or between two runs.
  it.each([0, 3, 7, 12, 18, 25, 40, 60])(
    "%i ms after its first run leaves whole runs",
    { timeout: 60_000 },
    async (delay) => {
      const path = join(tempFolder(), "store.sqlite");
      const child = recording(path, "killed", 1_000_000, 2_000);
      await said(child, "recorded");
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill("SIGKILL");
      await once(child, "exit");
      expect(wholeRuns(path, 2_000)).toBeGreaterThan(0);
      expect(await once(recording(path, "next", 1, 2_000), "exit")).toEqual([0, null]);
      expect(wholeRuns(path, 2_000)).toBeGreaterThan(1);
    },
  );
});
