import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Cost {
  /** User and system time of the whole process, in seconds. */
  readonly cpu: number;
}

export interface Command {
  readonly name: string;
  readonly words: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Run before each measured run, not measured. */
  readonly prepare?: () => void;
}

/** One run, measured by bash's own accounting of its child. Throws where the command fails. */
function runOnce({ words, env, prepare }: Command): Cost {
  prepare?.();
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>/dev/null';
  const run = spawnSync("bash", ["-c", script, "bench", ...words], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  const [user = Number.NaN, system = Number.NaN] = run.stderr.trim().split(" ").map(Number);
  if (run.status !== 0 || Number.isNaN(user + system))
    throw new Error(`${words.join(" ")} ended with ${run.status}: ${run.stderr}`);
  return { cpu: user + system };
}

/** The commands in turn, `rounds` times after one that is not counted; the median CPU time of each, by name. */
export function interleaved(commands: readonly Command[], rounds: number): ReadonlyMap<string, number> {
  const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const command of commands) {
      const { cpu } = runOnce(command);
      if (round > 0) times.get(command.name)?.push(cpu);
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Each command's median against that of the first. */
export function printRatios(title: string, medians: ReadonlyMap<string, number>): void {
  const [[baseline = "", base = Number.NaN] = []] = medians;
  console.log(`\n${title} (CPU seconds; ratio to ${baseline})`);
  for (const [name, seconds] of medians) {
    console.log(`  ${name.padEnd(44)} ${seconds.toFixed(3).padStart(8)}  ${(seconds / base).toFixed(2).padStart(6)}x`);
  }
}

/** Runs a command of Node once; its peak memory in megabytes. `folder`: for what it writes that down with. */
export function peakMemory({ words, env, prepare }: Command, folder: string): number {
  prepare?.();
  const [hook, note] = [join(folder, "peak.cjs"), join(folder, "peak.txt")];
  const write = `require("node:fs").writeFileSync(${JSON.stringify(note)}, String(process.resourceUsage().maxRSS))`;
  writeFileSync(hook, `process.on("exit", () => ${write});\n`);
  const [program = "", ...args] = words;
  const { status } = spawnSync(program, ["--require", hook, ...args], { env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}`);
  return Number(readFileSync(note, "utf8")) / 1024;
}
