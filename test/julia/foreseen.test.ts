import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Rig, workloads } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

beforeAll(async () => {
  await realToolchain();
});

interface Baked {
  readonly optimized: {
    readonly compileMs: number;
    readonly rounds: readonly { readonly residualMs: number; readonly untimed: number }[];
    readonly residual: readonly { readonly statement: string; readonly cause: string }[];
  };
  readonly built: { readonly verdicts: Readonly<Record<string, number>> };
  readonly verified: {
    readonly residual: readonly { readonly statement: string; readonly cause: string }[];
    readonly predicted: { readonly unforeseen: readonly string[]; readonly notCome: readonly string[] };
  };
}

/** The workload of bake.test.ts is the fourth; each of these is a bake of its own. */
describe("what a rehearsal foresees is what a bake leaves", () => {
  it.each([
    ["twelve-lines", [join(workloads, "twelve-lines", "work.jl")]],
    ["stdlib-tour", [join(workloads, "stdlib-tour", "tour.jl")]],
    ["shapes", [join(workloads, "shapes", "test", "runtests.jl"), "--project", join(workloads, "shapes")]],
  ])("of %s", async (_, words) => {
    const rig = new Rig();
    const { optimized, built, verified } = await rig.json<Baked>([
      "bake",
      ...words,
      "-o",
      "image.so",
      "--stdout",
      "pipe",
      "--repeat",
      "1",
    ]);
    expect(verified.predicted).toMatchObject({ unforeseen: [], notCome: [] });
    expect(verified.residual.map(({ statement }) => statement).sort()).toEqual(
      optimized.residual.map(({ statement }) => statement).sort(),
    );
    expect(built.verdicts).toMatchObject({ unresolved: 0, failed: 0, crashed: 0 });
    // What the script itself defines aside, next to nothing is left to compile.
    expect(optimized.rounds.at(-1)?.residualMs).toBeLessThanOrEqual(0.02 * optimized.compileMs);
    expect(optimized.rounds.at(-1)).toMatchObject({ residual: 0, untimed: 0 });
    expect(new Set(verified.residual.map(({ cause }) => cause))).toEqual(new Set(["belongs to the script"]));
  });
});
