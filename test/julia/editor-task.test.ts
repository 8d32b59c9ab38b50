import { mkdirSync } from "node:fs";
import { expect, it } from "vitest";
import { Rig } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

const toolchain = await realToolchain();

/** A project whose file lists one statement and one program; it has nothing that could not be loaded. */
function projectWith(task: string): Rig {
  const rig = new Rig();
  mkdirSync(rig.path(".vscode"));
  rig.write(".vscode/JuliaSysimage.toml", task);
  rig.write(
    "Project.toml",
    '[deps]\nDates = "ade2ca70-3891-5945-98fb-dc099432e06a"\nPrintf = "de0858da-6303-5e67-8744-51eddeeeb8d7"\n',
  );
  rig.write(
    "Manifest.toml",
    '[[Dates]]\ndeps = ["Printf"]\nuuid = "ade2ca70-3891-5945-98fb-dc099432e06a"\n\n[[Printf]]\ndeps = ["Unicode"]\nuuid = "de0858da-6303-5e67-8744-51eddeeeb8d7"\n\n[[Unicode]]\nuuid = "4ec0a83e-493e-50e2-b9ac-8f72acf5a8f5"\n',
  );
  rig.write("list.jl", "precompile(Tuple{typeof(Base.sort), Array{UInt8, 1}})\n");
  return rig;
}

/** A toolchain's linker that ends at once: what is asked for is known by then, and no bake has to be waited for. */
const noLinker = { JULIA_CC: "/bin/false" };
const build = ["build", "-o", "app.so", "--project", ".", "--julia", toolchain.julia];

it("a build without a set takes in what the project's file names, and traces its programs", async () => {
  const rig = projectWith(
    '[sysimage]\nexclude = ["Printf"]\nstatements_files = ["list.jl"]\nexecution_files = ["run.jl"]\n',
  );
  rig.write("run.jl", "println(sum(Int8[1, 2, 3]))\n");
  const { stderr, status } = await rig.run(build, { env: noLinker });
  expect(stderr).toContain("takes in 1 of its lists, what 1 of its files compile, no package");
  expect(stderr).toContain("leaves out Dates (needs one that is left out), Printf (excluded)");
  expect(status).toBe(3);
  const { runs } = await rig.json<{ runs: { name: string; statements: number }[] }>(["runs"]);
  expect(runs.map(({ name }) => name)).toEqual(["run"]);
  expect(runs[0]?.statements).toBeGreaterThan(0);
});

it("a program of the file that fails is no ground to bake on", async () => {
  const rig = projectWith('[sysimage]\nexecution_files = ["run.jl"]\n');
  rig.write("run.jl", "error(1)\n");
  const { stderr, status } = await rig.run(build);
  expect(stderr).toContain("error[PI415]: the execution file");
  expect(status).toBe(1);
});

it("the file is left alone where that is wanted, and then there is nothing to bake without a set", async () => {
  const rig = projectWith('[sysimage]\nstatements_files = ["list.jl"]\n');
  const { stderr, status } = await rig.run([...build, "--no-editor-task"]);
  expect(stderr).toContain("error[PI929]: neither a set nor a program to trace was named");
  expect(status).toBe(2);
});
