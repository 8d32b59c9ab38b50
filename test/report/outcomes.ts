import { prune } from "../../src/analysis/prune.ts";
import type { Verification } from "../../src/build/verify.ts";
import type { BakeOutcome } from "../../src/commands/bake.ts";
import type { BuildOutcome } from "../../src/commands/build.ts";
import { countVerdicts } from "../../src/commands/stamp-of.ts";
import type { Verdict } from "../../src/statement/verdict.ts";
import { call, setOf, statementFrom, traceRun } from "../samples.ts";

/** What became of each of these lines when it was baked. */
export function built(
  judged: readonly (readonly [line: string, verdict: Verdict, reason?: string])[],
  failing = 0,
): BuildOutcome {
  const all = judged.map(([line, verdict, reason = ""]) => ({ statement: statementFrom(line), verdict, reason }));
  const counts = countVerdicts(all);
  return {
    named: "sys.so",
    output: "/app/sys.so",
    bytes: 181_234_567,
    judged: all,
    steps: {
      "try linker": { ms: 40, peakBytes: 1_000_000 },
      "load packages": { ms: 900, peakBytes: 1_000_000 },
      "emit object file": { ms: 12_345, peakBytes: 1_000_000 },
      "link sysimage": { ms: 1_200, peakBytes: 1_000_000 },
      "start on sysimage": { ms: 300, peakBytes: 1_000_000 },
    },
    stamp: {
      preimage: "preimage 0.1.0",
      as: "sysimage",
      inputs: [],
      julia: { version: "1.10.8", commit: "4c16ff44be", os: "Linux", arch: "x86_64" },
      cpuTarget: "native",
      baseSysimage: { path: "/opt/julia/sys.so", digest: "00ff" },
      packages: [],
      cpu: { name: "skylake" },
      bytes: 100_000_000,
      listDigest: "ff00",
      ioKinds: ["pipe"],
      verdicts: counts,
      statements: [],
      bakedAt: "2024-05-01T10:00:00.000Z",
    },
    stampPath: "/app/sys.so.json",
    counts,
    failing,
    fresh: false,
  };
}

export const verified: Verification = {
  traced: 318,
  absorbed: 316,
  residual: [
    { statement: call("Main.f", "Int64"), cause: "belongs to the script", detail: "move it into a package" },
    { statement: call("Base.string", "Any"), cause: "too abstract", detail: "inferred while baking" },
  ],
  before: { medianMs: 2_412.3, minMs: 2_380, maxMs: 2_700, runs: 5 },
  after: { medianMs: 288.6, minMs: 281.2, maxMs: 340, runs: 5 },
  streams: "pipe",
  as: "sysimage",
  exits: [
    { status: 0, signal: null },
    { status: 0, signal: null },
  ],
};

const sin = call("Base.sin", "Float64");
export const baked: BakeOutcome = {
  request: {
    workload: { kind: "script", script: "my work.jl", args: ["--fast"], project: "/app" },
    target: {
      as: "sysimage",
      output: "app.so",
      incremental: true,
      filterStdlibs: false,
      importIntoMain: false,
      compress: false,
      fast: false,
      resume: false,
    },
    packages: [],
    transitive: true,
    juliaArgs: [],
    force: false,
    unchecked: false,
    tags: {},
    streams: ["pipe", "tty"],
    optimize: false,
    rounds: 1,
    repeat: 5,
    editorTask: true,
  },
  julia: "julia",
  runs: [
    traceRun(7, { ioKind: "pipe", statements: 318, exitStatus: 0 }),
    traceRun(8, { ioKind: "tty", exitStatus: 0 }),
  ],
  pruned: {
    pruned: prune(
      setOf("x", [
        [sin, 7],
        [call("Main.f", "Int64"), 7],
      ]),
      { dropMain: true },
      () => undefined,
    ),
    text: `${sin}\n`,
    output: "list.jl",
  },
  built: built([[sin, "compiled"]]),
  verified,
};
