// What each step of curation wins, a rehearsal against the bake it foretells, and every workload of ours, on a real Julia.
// Seven bakes: some twelve minutes of a core.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findToolchain, type Toolchain } from "../../src/julia/toolchain.ts";
import { median } from "./measure.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const corpus = join(root, "corpora", "workloads");
const project = join(corpus, "my-linear-regression");
const workload = [join(project, "myscript.jl"), "X2", "Y2"] as const;

interface Ran {
  readonly stdout: string;
  /** On the clock: a rehearsal spares waiting, not only work. */
  readonly seconds: number;
}
type Preimage = (...args: readonly string[]) => Ran;

interface Verified {
  readonly residual: readonly unknown[];
  readonly before: { readonly medianMs: number };
  readonly after: { readonly medianMs: number };
}

interface Built {
  readonly bytes: number;
  readonly steps: Readonly<Record<string, number>>;
  /** Null where the step was too short to be looked at, or the system does not tell. */
  readonly peakBytes: Readonly<Record<string, number | null>>;
}

interface Searched {
  readonly compileMs: number;
  readonly rounds: readonly { readonly statements: number; readonly residual: number; readonly residualMs: number }[];
  readonly residual: readonly { readonly cause: string }[];
}

export async function benchBakes(): Promise<void> {
  const toolchain = await findToolchain(undefined);
  if (!toolchain.ok) return console.log("\nbakes: left out, as no Julia was found");
  const folder = mkdtempSync(join(tmpdir(), "preimage-bakes-"));
  try {
    const preimage: Preimage = (...args) => run(folder, process.execPath, [join(root, "bin", "preimage.js"), ...args]);
    searches(preimage);
    const seconds = lists(preimage, folder, toolchain.value);
    rehearsals(preimage, seconds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(folder: string, program: string, args: readonly string[]): Ran & { readonly stderr: string } {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: { ...process.env, PREIMAGE_STORE: join(folder, "store.db") },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return { stdout, stderr, seconds: (performance.now() - startedAt) / 1000 };
}

/** What the trace leaves of each workload when it is baked as it is, and what the search leaves, by rehearsals. */
function searches(preimage: Preimage): void {
  console.log("\nwhat a search leaves to be compiled, standard output a pipe; what the script itself defines aside");
  console.log(
    `  ${"".padEnd(22)} ${"traced".padStart(12)} ${"of it left".padStart(16)} ${"optimized, left".padStart(22)}`,
  );
  const shapes = join(corpus, "shapes");
  for (const [name, words, inProject] of [
    ["twelve-lines", [join(corpus, "twelve-lines", "work.jl")], []],
    ["stdlib-tour", [join(corpus, "stdlib-tour", "tour.jl")], []],
    ["shapes", [join(shapes, "test", "runtests.jl")], ["--project", shapes]],
    ["my-linear-regression", workload, ["--project", project]],
  ] as const) {
    preimage("trace", "--name", name, "--stdout", "pipe", ...inProject, ...words);
    const asked = ["optimize", `run:${name}`, "--format", "json", "--workload", words.join(" ")];
    const { compileMs, rounds, residual } = JSON.parse(preimage(...asked).stdout) as Searched;
    const [first, last] = [rounds[0], rounds.at(-1)];
    const left = (round: Searched["rounds"][number] | undefined): string =>
      `${round?.residual} (${Math.round(round?.residualMs ?? 0)} ms)`;
    const own = residual.filter(({ cause }) => cause === "belongs to the script").length;
    console.log(
      `  ${name.padEnd(22)} ${String(first?.statements).padStart(12)} ${left(first).padStart(16)} ${left(last).padStart(22)}` +
        `   ${((100 * (last?.residualMs ?? 0)) / compileMs).toFixed(1)} % of ${(compileMs / 1000).toFixed(1)} s; the script's own: ${own}`,
    );
  }
}

/** Bakes the same trace as it is, and better; gives how long the repaired list took. */
function lists(preimage: Preimage, folder: string, { julia }: Toolchain): number {
  for (const kind of ["pipe", "file", "tty"]) {
    preimage("trace", "--name", "app", "--stdout", kind, "--project", project, ...workload);
  }
  preimage("prune", "run:app", "--no-repair", "-o", "raw.jl");
  preimage("prune", "run:app", "--drop-main", "--no-repair", "-o", "pruned.jl");
  preimage("prune", "run:app", "--drop-main", "-o", "repaired.jl");
  preimage("optimize", "run:app", "--workload", workload.join(" "), "-o", "optimized.jl");
  writeFileSync(join(folder, "nothing.jl"), "");
  const unrepaired = ["--no-repair"];
  const executed = ["--execute", ...workload];
  const costs: [name: string, Built][] = [];
  let seconds = Number.NaN;
  console.log(
    "\nwhat is baked, and what the program then still compiles (my-linear-regression, standard output a pipe)",
  );
  console.log(
    `  ${"".padEnd(22)} ${"residual".padStart(8)} ${"whole process".padStart(20)} ${"the script alone".padStart(18)}`,
  );
  for (const [name, list, flags] of [
    ["raw", "raw", unrepaired],
    ["pruned", "pruned", unrepaired],
    ["repaired", "repaired", []],
    ["optimized", "optimized", []],
    ["optimized, --fast", "optimized", ["--fast"]],
    ["executed, no list", "nothing", executed],
    ["optimized, executed", "optimized", executed],
  ] as const) {
    const image = `${list}-${flags.length}.so`;
    const built = preimage(
      ...["build", `${list}.jl`, "--project", project, "--package", "MyLinearRegression", "-o", image],
      ...["--format", "json", ...flags],
    );
    if (list === "optimized" && flags.length < 2) costs.push([name, JSON.parse(built.stdout) as Built]);
    if (name === "repaired") seconds = built.seconds;
    const { residual, before, after } = JSON.parse(
      preimage("verify", image, "--stdout", "pipe", "--format", "json", "--workload", ...workload).stdout,
    ) as Verified;
    const flags_ = [`--sysimage=${join(folder, image)}`, "--startup-file=no", `--project=${project}`];
    const script = Array.from({ length: 5 }, () => {
      const { stderr } = run(folder, julia, [...flags_, join(root, "test", "bench", "first-call.jl"), ...workload]);
      return Number(/ran ([\d.]+)/.exec(stderr)?.[1]);
    });
    const whole = `${Math.round(before.medianMs)} → ${Math.round(after.medianMs)} ms`;
    console.log(
      `  ${name.padEnd(22)} ${String(residual.length).padStart(8)} ${whole.padStart(20)} ${`${median(script).toFixed(1)} ms`.padStart(18)}`,
    );
    rmSync(join(folder, image));
  }
  for (const [name, built] of costs) stages(name, built);
  return seconds;
}

/** What each step of a bake takes. */
function stages(name: string, { bytes, steps, peakBytes }: Built): void {
  console.log(`\nwhat a bake takes, step by step (${name}, ${Math.round(bytes / 1e6)} MB)`);
  console.log(`  ${"".padEnd(22)} ${"seconds".padStart(8)} ${"memory".padStart(10)}`);
  for (const [step, ms] of Object.entries(steps)) {
    const peak = peakBytes[step];
    const memory = peak === null || peak === undefined ? "?" : `${Math.round(peak / 1e6)} MB`;
    console.log(`  ${step.padEnd(22)} ${(ms / 1000).toFixed(1).padStart(8)} ${memory.padStart(10)}`);
  }
}

/** On the same list, the first and the second time. */
function rehearsals(preimage: Preimage, bake: number): void {
  const words = ["rehearse", "repaired.jl", "--project", project, "--stdout", "pipe", "--workload", ...workload];
  const first = preimage(...words, "--fresh").seconds;
  const again = preimage(...words).seconds;
  console.log(`\nrehearsing a list against baking it (seconds on the clock; ratio to the bake)`);
  for (const [name, seconds] of [
    ["preimage build", bake],
    ["preimage rehearse", first],
    ["preimage rehearse, once more", again],
  ] as const) {
    console.log(`  ${name.padEnd(44)} ${seconds.toFixed(1).padStart(8)}  ${(seconds / bake).toFixed(2).padStart(6)}x`);
  }
}
