// npm run bench: what preimage costs, as ratios to named baselines measured in the same run.
// The last parts ask a store of one million statements and 1,000 runs (`npm run bench -- --questions`: nothing else), and
// compare lists and rehearsals with real bakes, which takes some ten minutes (`-- --bakes`: nothing else; `-- --no-bakes`).
// `npm run bench -- --large` also imports ten million lines, for which it writes 1.4 GB into the temporary folder.
import { spawnSync } from "node:child_process";
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findToolchain } from "../../src/julia/toolchain.ts";
import { installPacked } from "../packed.ts";
import { benchBakes } from "./bakes.ts";
import { distinctStatements } from "./distinct.ts";
import { fleetTrace } from "./fleet.ts";
import { type Command, interleaved, median, peakMemory, printRatios } from "./measure.ts";
import { benchQuestions } from "./questions.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), "preimage-bench-"));
const distinct = distinctStatements(root, 100_000);
const inCheckout = (...args: readonly string[]): string[] => [
  process.execPath,
  join(root, "bin", "preimage.js"),
  ...args,
];
/** As `npm install -g` gives it: this is what users run. */
const preimage = (...args: readonly string[]): string[] => [process.execPath, launcher, ...args];

let launcher = "";

try {
  launcher = installPacked(join(folder, "packed"));
  const only = ["--bakes", "--questions"].find((part) => process.argv.includes(part));
  const questions = () => benchQuestions({ folder, pool: distinctLines(), preimage, rounds });
  if (only === "--questions") {
    questions();
  } else if (only === undefined) {
    startUp();
    await parsing();
    ingest();
    distinctIngest();
    questions();
    if (process.argv.includes("--large")) largeIngest();
  }
  if (only !== "--questions" && !process.argv.includes("--no-bakes")) await benchBakes();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Real lines: of the corpora beside the checkout where they are, else our own. */
function realLines(): string[] {
  const found = globSync("../shared/corpora/julia-1.5.3/stdlib-tests/*.jl", { cwd: root });
  const files = found.length > 0 ? found : globSync("corpora/traces/*/*.jl", { cwd: root });
  const lines = files.flatMap((file) => readFileSync(join(root, file), "utf8").split("\n"));
  return [...new Set(lines)].filter((line) => line.startsWith("precompile("));
}

/** Those that call a function by its name, so that others can be made of them. */
function distinctLines(): string[] {
  return realLines().filter((line) => /^precompile\(Tuple\{typeof\([\w.]+\)/.test(line));
}

async function parsing(): Promise<void> {
  const found = await findToolchain(undefined);
  if (!found.ok) return;
  const { lines, real } = distinct;
  const file = join(folder, "distinct.jl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const seconds = (program: string, script: string, ...more: readonly string[]): number =>
    Number.parseFloat(
      spawnSync(program, [join(root, "test", "bench", script), file, ...more], { encoding: "utf8" }).stdout,
    );
  const rounds = Array.from({ length: 3 }, () => ({
    julia: seconds(found.value.julia, "meta-parse.jl"),
    tree: seconds(process.execPath, "parse-all.ts", "tree"),
    warm: seconds(process.execPath, "parse-all.ts", "tree", "2"),
    digest: seconds(process.execPath, "parse-all.ts", "digest"),
  }));
  printRatios(
    `parsing ${lines.length} distinct statements, ${real} of them real, start-up left out`,
    new Map([
      ["Julia's Meta.parse", median(rounds.map(({ julia }) => julia))],
      ["preimage's parser", median(rounds.map(({ tree }) => tree))],
      ["preimage's parser, warm", median(rounds.map(({ warm }) => warm))],
      ["preimage, line to canonical text and digest", median(rounds.map(({ digest }) => digest))],
    ]),
  );
}

function distinctIngest(): void {
  if (spawnSync("sqlite3", ["--version"]).error !== undefined) {
    console.log("\nfirst ingest of distinct statements: left out, as it needs sqlite3");
    return;
  }
  const { lines, real } = distinct;
  const file = join(folder, "wide.jl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const [ours, theirs] = [join(folder, "wide.db"), join(folder, "import.db")];
  printRatios(
    `first ingest of ${lines.length} distinct statements, ${real} of them real`,
    interleaved(
      [
        {
          name: "sqlite3 .import into a UNIQUE table",
          words: [
            "sqlite3",
            ...["create table s (t text unique)", ".mode ascii", '.separator "\\037" "\\n"'].flatMap((command) => [
              "-cmd",
              command,
            ]),
            theirs,
            `.import ${file} s`,
          ],
          prepare: clear(theirs),
        },
        {
          name: "preimage import",
          words: preimage("import", file),
          env: { PREIMAGE_STORE: ours },
          prepare: clear(ours),
        },
      ],
      3,
    ),
  );
}

function startUp(): void {
  const env = { PREIMAGE_STORE: join(folder, "start.db") };
  const trace = join(folder, "start.jl");
  copyFileSync(join(root, "corpora", "traces", "1.5.3", "stdlib-tour.jl"), trace);
  // A file that was written just now is not taken for unchanged.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
  const [program = "", ...args] = preimage("import", trace);
  spawnSync(program, args, { env: { ...process.env, ...env } });
  const listed = spawnSync(program, [...args.slice(0, 1), "list", "store", "--format", "json"], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  const [digest = ""] = /[0-9a-f]{32}/.exec(listed.stdout) ?? [];
  const commands = [
    ["--version"],
    ["runs"],
    ["runs", "show", "1"],
    ["list", "store"],
    ["show", digest],
    ["import", trace],
  ];
  const nameOf = ([word = "", ...rest]: readonly string[]): string =>
    word === "import" ? "import of an unchanged file" : [word, ...rest].join(" ").slice(0, 16);
  printRatios(
    "start-up",
    interleaved(
      [
        { name: "node -e 0", words: [process.execPath, "-e", "0"] },
        ...commands.map((words) => ({ name: `preimage ${nameOf(words)}`, words: preimage(...words), env })),
        ...commands.map((words) => ({ name: `checkout: ${nameOf(words)}`, words: inCheckout(...words), env })),
      ],
      rounds * 2,
    ),
  );
}

function ingest(): void {
  const file = join(folder, "fleet.jl");
  const { lines, distinct, bytes } = fleetTrace(realLines(), file);
  const store = join(folder, "ingest.db");
  const env = { PREIMAGE_STORE: store };
  const first: Command = { name: "preimage import", words: preimage("import", file), env, prepare: clear(store) };
  printRatios(
    `first ingest of ${lines} lines, ${distinct} distinct, ${Math.round(bytes / 1e6)} MB`,
    interleaved(
      [
        { name: "LC_ALL=C sort -u", words: ["sort", "-u", file], env: { LC_ALL: "C" } },
        { name: "wc -l", words: ["wc", "-l", file] },
        first,
        { name: "preimage import, once more", words: preimage("import", file), env },
      ],
      3,
    ),
  );
  console.log(`  peak memory of the first import: ${Math.round(peakMemory(first, folder))} MB`);
  const overlapping = join(folder, "overlapping.jl");
  copyFileSync(file, overlapping);
  const addLine = (): void =>
    writeFileSync(overlapping, `precompile(Tuple{typeof(Bench.run${process.hrtime.bigint()})})\n`, { flag: "a" });
  printRatios(
    "a trace that overlaps with a filled store",
    interleaved(
      [
        { name: "LC_ALL=C sort -u", words: ["sort", "-u", overlapping], env: { LC_ALL: "C" } },
        { name: "preimage import", words: preimage("import", overlapping), env, prepare: addLine },
        { name: "checkout: import", words: inCheckout("import", overlapping), env, prepare: addLine },
      ],
      3,
    ),
  );
}

function largeIngest(): void {
  const file = join(folder, "large.jl");
  const { lines, distinct, bytes } = fleetTrace(realLines(), file, 2_000);
  const store = join(folder, "large.db");
  const env = { PREIMAGE_STORE: store };
  const first: Command = { name: "preimage import", words: preimage("import", file), env, prepare: clear(store) };
  printRatios(
    `first ingest of ${lines} lines, ${distinct} distinct, ${Math.round(bytes / 1e6)} MB`,
    interleaved([{ name: "LC_ALL=C sort -u", words: ["sort", "-u", file], env: { LC_ALL: "C" } }, first], 1),
  );
  console.log(`  peak memory of the import: ${Math.round(peakMemory(first, folder))} MB`);
}

/** Removes a database with what SQLite keeps beside it. */
function clear(path: string): () => void {
  return () => {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(path + suffix, { force: true });
  };
}
