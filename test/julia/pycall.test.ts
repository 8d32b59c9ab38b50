import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pycallCommand } from "../../src/julia/pycall.ts";
import { Rig, runToEnd } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

// PyCall itself is not to be had here: a small package of its name stands for it, in a registry of the test.
describe("PyCall", () => {
  it("says why PyCall cannot be had", async () => {
    const rig = new Rig();
    emptyRegistry(rig);
    const { julia } = await realToolchain();
    const done = await rig.run(["build", "--pycall", "--julia", julia, "-o", "a.so"], { env: env(rig) });
    expect(done.status).toBe(3);
    expect(done.stderr).toMatch(/PI438.*PyCall cannot be had:$/m);
    expect(done.stderr).toMatch(/^ {4}.*PyCall/m);
  });

  it("is added to the project by Pkg, and built for the Python that is named", async () => {
    const rig = new Rig();
    await registerStandIn(rig);
    const { julia } = await realToolchain();
    mkdirSync(rig.path("project"));
    const { program, args } = pycallCommand(julia, rig.path("project"), "/usr/bin/python3");
    const words = Object.entries(env(rig)).map(([name, value]) => `${name}=${value}`);
    const done = await runToEnd("env", [...words, program, ...args], rig);
    expect(`${done.status} ${done.stderr}`).toMatch(/^0 /);
    expect(rig.read("project/Project.toml")).toContain("PyCall");
    expect(rig.read("built-for")).toBe("/usr/bin/python3");
  });
});

const env = (rig: Rig) => ({ JULIA_DEPOT_PATH: `${rig.path("depot")}:`, XDG_CACHE_HOME: rig.path("cache") });

function emptyRegistry(rig: Rig, packages = ""): string {
  const registry = rig.path("depot/registries/Local");
  mkdirSync(registry, { recursive: true });
  const head = 'name = "Local"\nuuid = "8f7a1c52-5f3a-4d0b-9f57-0d7d8c1b1a10"\nrepo = ""\n\n[packages]\n';
  writeFileSync(join(registry, "Registry.toml"), head + packages);
  return registry;
}

async function registerStandIn(rig: Rig): Promise<void> {
  const uuid = "438e738f-606a-5dbb-bf0a-cddfbfd45ab0";
  const files = {
    "Project.toml": `name = "PyCall"\nuuid = "${uuid}"\nversion = "1.0.0"\n`,
    "src/PyCall.jl": "module PyCall\nend\n",
    "deps/build.jl": `write(${JSON.stringify(rig.path("built-for"))}, get(ENV, "PYTHON", ""))\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(rig.path("PyCall"), name, ".."), { recursive: true });
    rig.write(`PyCall/${name}`, text);
  }
  const git = async (...args: string[]): Promise<string> => {
    const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"];
    const done = await runToEnd("git", ["-C", rig.path("PyCall"), ...who, ...args], rig);
    if (done.status !== 0) throw new Error(done.stderr);
    return done.stdout.trim();
  };
  await git("init");
  await git("add", ".");
  await git("commit", "-m", "stand-in");
  const tree = await git("rev-parse", "HEAD^{tree}");
  const registry = emptyRegistry(rig, `${uuid} = { name = "PyCall", path = "P/PyCall" }\n`);
  mkdirSync(join(registry, "P", "PyCall"), { recursive: true });
  const entry = {
    "Package.toml": `name = "PyCall"\nuuid = "${uuid}"\nrepo = ${JSON.stringify(rig.path("PyCall"))}\n`,
    "Versions.toml": `["1.0.0"]\ngit-tree-sha1 = "${tree}"\n`,
  };
  for (const [name, text] of Object.entries(entry)) writeFileSync(join(registry, "P", "PyCall", name), text);
}
