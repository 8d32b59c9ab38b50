import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Rig, runToEnd, workloads } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

const { julia } = await realToolchain();
const tour = join(workloads, "stdlib-tour", "tour.jl");

it("two runs of one workload diff clean, and what is emitted of them Julia reads", async () => {
  const rig = new Rig();
  await rig.json(["trace", "--stdout", "pipe", "--repeat", "2", "--name", "tour", tour]);
  const { onlyA, onlyB, changed, both } = await rig.json<Record<string, unknown[]>>(["diff", "run:1", "run:2"]);
  expect([onlyA, onlyB, changed]).toEqual([[], [], []]);
  expect(both).toBeGreaterThan(50);

  await rig.run(["emit", "run:1", "--as", "precompiletools", "-o", "emitted"]);
  const { files } = await rig.json<{ files: { path: string }[] }>([
    "emit",
    "run:1",
    "--as",
    "precompiletools",
    "-o",
    "emitted",
  ]);
  expect(files.length).toBeGreaterThan(2);
  for (const { path } of files) {
    const included = rig.path(join("emitted", path));
    expect(readFileSync(included, "utf8")).toContain("precompile(");
    // Included outside of precompilation it does nothing, and so it may name what is not loaded here.
    const done = await runToEnd(
      julia,
      ["--startup-file=no", "-e", `module M; include(raw"${included}"); end; print("read")`],
      rig,
    );
    expect([done.stdout, done.stderr]).toEqual(["read", ""]);
  }
});
