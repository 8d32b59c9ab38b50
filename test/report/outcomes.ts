import type { Sysimage } from "../../src/build/build-plan.ts";
import type { Verification } from "../../src/build/verify.ts";
import type { BuildOutcome } from "../../src/commands/build.ts";
import { countVerdicts } from "../../src/commands/build.ts";
import type { Verdict } from "../../src/statement/verdict.ts";
import { call, statementFrom } from "../samples.ts";

/** What became of each of these lines when it was baked. */
export function built(
  judged: readonly (readonly [line: string, verdict: Verdict, reason?: string])[],
  failing = 0,
): BuildOutcome {
  const all = judged.map(([line, verdict, reason = ""]) => ({ statement: statementFrom(line), verdict, reason }));
  const counts = countVerdicts(all);
  return {
    named: "sys.so",
    sysimage: "/app/sys.so" as Sysimage,
    bytes: 181_234_567,
    judged: all,
    steps: {
      "try linker": 40,
      "load packages": 900,
      "emit object file": 12_345,
      "link sysimage": 1_200,
      "start on sysimage": 300,
    },
    stamp: {
      preimage: "preimage 0.1.0",
      julia: { version: "1.10.8", commit: "4c16ff44be", os: "Linux", arch: "x86_64" },
      cpuTarget: "native",
      baseSysimage: { path: "/opt/julia/sys.so", digest: "00ff" },
      packages: [],
      listDigest: "ff00",
      ioKinds: ["pipe"],
      verdicts: counts,
      statements: [],
      bakedAt: "2024-05-01T10:00:00.000Z",
    },
    stampPath: "/app/sys.so.json",
    counts,
    failing,
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
  exits: [
    { status: 0, signal: null },
    { status: 0, signal: null },
  ],
};
