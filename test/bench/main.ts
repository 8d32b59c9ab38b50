// npm run bench: what preimage costs, as ratios to named baselines measured in the same run.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fleetTrace } from "./fleet.ts";
import { interleaved, printRatios } from "./measure.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rounds = 5;
const folder = mkdtempSync(join(tmpdir(), "preimage-bench-"));
const launcher = join(root, "bin", "preimage.js");
const preimage = (...args: readonly string[]): string[] => [process.execPath, launcher, ...args];

try {
  startUp();
  ingest();
} finally {
  rmSync(folder, { recursive: true, force: true });
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
  const own = globSync("corpora/traces/*/*.jl", { cwd: root });
  const shared = globSync("../shared/corpora/julia-1.5.3/stdlib-tests/*.jl", { cwd: root });
  const sources = (shared.length > 0 ? shared : own).map((file) => readFileSync(join(root, file), "utf8"));
  const file = join(folder, "fleet.jl");
  const { lines, distinct, bytes } = fleetTrace(sources, file);
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
