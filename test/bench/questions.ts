// What a store of one million statements and 1,000 runs answers, and what that costs.
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type Command, interleaved, printRatios } from "./measure.ts";

const statements = 1_000_000;
const smallRuns = 996;
const statementsPerRun = 5_000;
/** Runs that have so many: the first, and others that differ from it in one of a hundred, of twenty, of ten. */
const setSize = 100_000;
const differing = [1_000, 5_000, 10_000] as const;

export interface QuestionsRequest {
  readonly folder: string;
  /** Real lines, of which all others are made. */
  readonly pool: readonly string[];
  readonly preimage: (...args: readonly string[]) => string[];
  readonly rounds: number;
}

export function benchQuestions({ folder, pool, preimage, rounds }: QuestionsRequest): void {
  const traces = join(folder, "traces");
  mkdirSync(traces);
  const env = { PREIMAGE_STORE: join(folder, "million.db"), LC_ALL: "C" };
  const files = writeTraces(traces, pool);
  const [program = "", ...words] = preimage("import", ...files);
  const imported = spawnSync(program, words, { cwd: traces, env: { ...process.env, ...env }, encoding: "utf8" });
  if (imported.status !== 0) throw new Error(imported.stderr);
  const question = (...args: readonly string[]): Command => ({
    name: `preimage ${args
      .filter((word) => word !== "--no-exit-code")
      .join(" ")
      .replaceAll(`${traces}/`, "")
      .slice(0, 36)}`,
    words: preimage(...args),
    env,
  });
  const title = `a store of ${statements} statements and ${smallRuns + 1 + differing.length} runs`;
  for (const count of differing) {
    const [one, other] = ["big-a", `differs-${count}`] as const;
    // Not `comm <(sort …)`: what bash does not wait for, it does not count.
    const comm = `sort ${one}.jl >${folder}/one && sort ${other}.jl >${folder}/other && comm ${folder}/one ${folder}/other`;
    printRatios(
      `${title}: two sets of ${setSize}, ${count} of each not in the other`,
      interleaved(
        [
          { name: "LC_ALL=C comm of two sorts", words: ["bash", "-c", `cd '${traces}'; ${comm}`], env },
          question("diff", `run:${one}`, `run:${other}`, "--no-exit-code"),
          question("diff", join(traces, `${one}.jl`), join(traces, `${other}.jl`), "--no-exit-code"),
        ],
        rounds,
      ),
    );
  }
  printRatios(
    `${title}: counted`,
    interleaved(
      [
        { name: "node -e 0", words: [process.execPath, "-e", "0"] },
        question("stats", "store"),
        question("stats", "store", "--by", "method"),
        question("stats", "run:big-a"),
        question("stats", "run:run-500"),
      ],
      3,
    ),
  );
  const [digest = ""] = /[0-9a-f]{32}/.exec(spawnList(preimage, env)) ?? [];
  printRatios(
    `${title}: looked at`,
    interleaved(
      [
        { name: "node -e 0", words: [process.execPath, "-e", "0"] },
        question("runs"),
        question("show", digest),
        question("runs", "show", "500"),
      ],
      rounds * 2,
    ),
  );
}

function spawnList(preimage: QuestionsRequest["preimage"], env: NodeJS.ProcessEnv): string {
  const [command = "", ...args] = preimage("list", "run:run-3", "--format", "json");
  return spawnSync(command, args, { env: { ...process.env, ...env }, encoding: "utf8", maxBuffer: 1e9 }).stdout;
}

/** The names of the files, in their order: a run each. */
function writeTraces(folder: string, pool: readonly string[]): readonly string[] {
  const file = (name: string, numbers: Iterable<number>): string => {
    const written = openSync(join(folder, name), "w");
    writeSync(written, `${Array.from(numbers, (number) => line(pool, number)).join("\n")}\n`);
    closeSync(written);
    return name;
  };
  const names = Array.from({ length: smallRuns }, (_, run) => {
    const own = Math.ceil(statements / smallRuns);
    const numbers = Array.from({ length: statementsPerRun }, (_, index) =>
      index < own ? Math.min(statements - 1, run * own + index) : (index * 7) % statementsPerRun,
    );
    return file(`run-${run}.jl`, numbers);
  });
  const range = (from: number): number[] => Array.from({ length: setSize }, (_, index) => from + index);
  return [...names, file("big-a.jl", range(0)), ...differing.map((from) => file(`differs-${from}.jl`, range(from)))];
}

/** The same for the same number: a real line, with an argument more once the real ones are used up. */
function line(pool: readonly string[], number: number): string {
  const real = pool[number % pool.length] ?? "";
  const round = Math.floor(number / pool.length);
  return round === 0 ? real : `${real.slice(0, -"})".length)}, Base.Val{${round}}})`;
}
