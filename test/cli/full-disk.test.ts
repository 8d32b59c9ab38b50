import { join } from "node:path";
import { expect, it } from "vitest";
import { Rig, repository, runToEnd } from "../rig.ts";

/** A limit on file sizes fails writes as a full disk does, and needs no disk of its own. */
async function withFileSizeLimit(blocks: number, args: readonly string[], rig: Rig) {
  const launcher = join(repository, "bin", "preimage.js");
  const script = `ulimit -f ${blocks}; PREIMAGE_STORE= CI=true exec "$@"`;
  return runToEnd("sh", ["-c", script, "sh", process.execPath, launcher, ...args], rig);
}

it("an import that the disk has no room for leaves the store as it was, and says so", async () => {
  const rig = new Rig();
  const statements = (from: number, count: number): string =>
    Array.from(
      { length: count },
      (_, n) => `precompile(Tuple{typeof(App.f${from + n}), Int64, ${"A{".repeat(20)}Int64${"}".repeat(20)}})\n`,
    ).join("");
  rig.write("small.jl", statements(0, 10));
  rig.write("large.jl", statements(10, 30_000));
  expect((await rig.run(["import", "small.jl"])).status).toBe(0);
  const full = await withFileSizeLimit(400, ["import", "large.jl"], rig);
  expect(full.status).toBe(3);
  expect(full.stderr).toContain("PI203");
  expect((await rig.run(["runs", "--format", "json"])).stdout).toContain('"name": "small"');
  expect((await rig.run(["list", "store"])).stdout.trimEnd().split("\n")).toHaveLength(10);
  expect((await rig.run(["import", "large.jl"])).status).toBe(0);
});
