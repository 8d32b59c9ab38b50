// npm run bench: what preimage costs, as ratios to named baselines measured in the same run.
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findToolchain } from "../../src/julia/toolchain.ts";
import { fleetTrace } from "./fleet.ts";
import { interleaved, median, printRatios } from "./measure.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), "preimage-bench-"));
const launcher = join(root, "bin", "preimage.js");
const preimage = (...args: readonly string[]): string[] => [process.execPath, launcher, ...args];

try {
  startUp();
  await parsing();
  ingest();
  distinctIngest();
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

async function parsing(): Promise<void> {
  const found = await findToolchain(undefined);
  if (!found.ok) return;
  const lines = realLines();
  const file = join(folder, "distinct.jl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const seconds = (program: string, script: string): number =>
    Number.parseFloat(spawnSync(program, [join(root, "test", "bench", script), file], { encoding: "utf8" }).stdout);
  const rounds = Array.from({ length: 3 }, () => ({
    julia: seconds(found.value.julia, "meta-parse.jl"),
    ours: seconds(process.execPath, "parse-all.ts"),
  }));
  printRatios(
    `parsing ${lines.length} distinct statements, start-up left out`,
    new Map([
      ["Julia's Meta.parse", median(rounds.map(({ julia }) => julia))],
      ["preimage's parser", median(rounds.map(({ ours }) => ours))],
    ]),
  );
}

function distinctIngest(): void {
  const wide = globSync("../shared/corpora/**/*.jl", { cwd: root }).flatMap((file) =>
    readFileSync(join(root, file), "utf8").split("\n"),
  );
  const lines = [...new Set(wide)].filter((line) => /^precompile\(Tuple\{.*\}\)$/.test(line)).slice(0, 100_000);
  if (lines.length < 10_000 || spawnSync("sqlite3", ["--version"]).error !== undefined) {
    console.log("\nfirst ingest of distinct statements: left out, as it needs the corpora and sqlite3");
    return;
  }
  const file = join(folder, "wide.jl");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const [ours, theirs] = [join(folder, "wide.db"), join(folder, "import.db")];
  const clear = (path: string) => (): void => {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(path + suffix, { force: true });
  };
  printRatios(
    `first ingest of ${lines.length} distinct statements`,
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
  const store = join(folder, "start.db");
  const env = { PREIMAGE_STORE: store };
  const trace = join(root, "corpora", "traces", "1.5.3", "stdlib-tour.jl");
  interleaved([{ name: "fill", words: preimage("import", trace), env }], 1);
  printRatios(
    "start-up, in the checkout",
    interleaved(
      [
        { name: "node -e 0", words: [process.execPath, "-e", "0"] },
        { name: "preimage --version", words: preimage("--version") },
        { name: "preimage runs", words: preimage("runs"), env },
        { name: "preimage list store", words: preimage("list", "store"), env },
      ],
      rounds * 2,
    ),
  );
}

function ingest(): void {
  const file = join(folder, "fleet.jl");
  const { lines, distinct, bytes } = fleetTrace(realLines(), file);
  const store = join(folder, "ingest.db");
  const clear = (): void => {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(store + suffix, { force: true });
  };
  const env = { PREIMAGE_STORE: store };
  const title = `first ingest of ${lines} lines, ${distinct} distinct, ${Math.round(bytes / 1e6)} MB`;
  printRatios(
    title,
    interleaved(
      [
        { name: "LC_ALL=C sort -u", words: ["sort", "-u", file], env: { LC_ALL: "C" } },
        { name: "wc -l", words: ["wc", "-l", file] },
        { name: "preimage import", words: preimage("import", file), env, prepare: clear },
        { name: "preimage import, once more", words: preimage("import", file), env },
      ],
      3,
    ),
  );
  const overlapping = join(folder, "overlapping.jl");
  writeFileSync(
    overlapping,
    `${readFileSync(file, "latin1")}precompile(Tuple{typeof(Bench.added), Int64})\n`,
    "latin1",
  );
  printRatios(
    "a trace that overlaps with a filled store",
    interleaved(
      [
        { name: "LC_ALL=C sort -u", words: ["sort", "-u", overlapping], env: { LC_ALL: "C" } },
        {
          name: "preimage import",
          words: preimage("import", overlapping),
          env,
          prepare: () =>
            writeFileSync(overlapping, `precompile(Tuple{typeof(Bench.run${process.hrtime.bigint()})})\n`, {
              flag: "a",
            }),
        },
      ],
      3,
    ),
  );
}
