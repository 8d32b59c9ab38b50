import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installPacked } from "../packed.ts";
import { finished, Rig, repository, runToEnd } from "../rig.ts";

const statement = "precompile(Tuple{typeof(Base.sin), Float64})";

/** Runs the installed package in the rig's folder, with a cache of its own. */
function installed(rig: Rig) {
  const launcher = installPacked(rig.path("package"));
  return (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    finished(
      spawn(process.execPath, [launcher, ...args], {
        cwd: rig.folder,
        env: { ...process.env, PREIMAGE_STORE: "", CI: "true", XDG_CACHE_HOME: rig.path("cache"), ...env },
      }),
    );
}

it("the installed package does what the checkout does, and needs no bundler for it", async () => {
  const rig = new Rig();
  const preimage = installed(rig);
  rig.write(
    "list.jl",
    `${statement}\nprecompile(Tuple{Core.kwftype(typeof(Base.sum)), Base.Val{Symbol("größe x")}})\n`,
  );
  const written = await preimage(["report", "list.jl", "-o", "packed.html"]);
  expect(written.stderr).toBe("");
  expect((await rig.run(["report", "list.jl", "-o", "checkout.html"])).status).toBe(0);
  // When each was written stands in its data.
  const withoutData = (name: string): string => rig.read(name).replace(/id="data">[^<]*/, "");
  expect(withoutData("packed.html")).toBe(withoutData("checkout.html"));
  for (const args of [
    ["import", "list.jl", "--name", "größe"],
    ["import", "list.jl"],
    ["import", "list.jl"],
    ["runs"],
    ["runs", "show", "1"],
    ["runs", "--format", "json"],
    ["show", statement],
    ["explain", statement],
    ["list", "store", "--format", "table"],
    ["stats", "store"],
    ["help"],
    ["runs", "--help"],
    ["nonsense"],
    ["--version"],
  ]) {
    // The package goes first, and both ask one store: what it records the checkout knows.
    const packed = await preimage(args);
    const checkout = await rig.run(args);
    if (checkout.stderr.includes("already recorded") && packed.stderr === "") continue;
    expect({ args, ...packed }).toEqual({ args, ...checkout });
  }
});

it("the code that V8 made is kept, and is no harm where it cannot be", async () => {
  const rig = new Rig();
  const preimage = installed(rig);
  rig.write("list.jl", `${statement}\n`);
  const list = async (env?: NodeJS.ProcessEnv): Promise<void> => {
    const { status, stdout, stderr } = await preimage(["list", "list.jl"], env);
    expect([status, stdout, stderr]).toEqual([0, `${statement}\n`, ""]);
  };
  const folder = rig.path("cache/preimage/code");
  await list();
  const kept = readdirSync(folder).map((name) => join(folder, name));
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.filter((name) => name.endsWith(".partial"))).toEqual([]);
  const code = kept.map((name) => readFileSync(name));
  await list();
  expect(kept.map((name) => readFileSync(name))).toEqual(code);
  const damages: ((whole: Buffer) => Buffer)[] = [
    () => Buffer.alloc(0),
    () => Buffer.from("no code"),
    (whole) => whole.subarray(0, 1_000),
    (whole) => Buffer.from(whole).fill(0, 4_096, 4_608),
    (whole) => Buffer.concat([whole.subarray(0, -512), Buffer.alloc(512)]),
  ];
  for (const damage of damages) {
    for (const [index, name] of kept.entries()) writeFileSync(name, damage(code[index] ?? Buffer.alloc(0)));
    await list();
    // It was made anew.
    for (const [index, name] of kept.entries())
      expect(readFileSync(name).length).toBeGreaterThan((code[index]?.length ?? 0) / 2);
  }
  rig.write("file", "");
  for (const env of [
    { XDG_CACHE_HOME: rig.path("file") },
    // Nobody can make a folder there.
    { XDG_CACHE_HOME: "", HOME: "/proc" },
    { XDG_CACHE_HOME: "", HOME: "", USERPROFILE: "" },
    { NODE_DISABLE_COMPILE_CACHE: "1" },
  ])
    await list(env);
  expect(readdirSync(folder)).toHaveLength(kept.length);
});

it("what cannot work leaves no code behind", async () => {
  const rig = new Rig();
  const preimage = installed(rig);
  expect((await preimage(["nonsense"])).status).toBe(2);
  expect(readdirSync(rig.folder)).not.toContain("cache");
});

it("an internal error names the function it came from", async () => {
  const rig = new Rig();
  const preimage = installed(rig);
  rig.folderOf("store.db");
  const main = rig.path("package/dist/main.cjs");
  writeFileSync(
    main,
    readFileSync(main, "latin1").replace(
      "function reportRunList(",
      "function reportRunList(){throw new Error(`oops`)}function unused(",
    ),
    "latin1",
  );
  const failed = await preimage(["runs"]);
  expect(failed.status).toBe(70);
  expect(failed.stderr).toMatch(/^internal error: Error: oops\n {4}at reportRunList \(.*dist\/main\.cjs:\d+:\d+\)/);
});

it("a Node that is too old is told so, or a newer one is taken", async () => {
  const rig = new Rig();
  rig.write("old.cjs", `Object.defineProperty(process.versions, "node", { value: "18.20.0" });`);
  const launcher = installPacked(rig.path("package"));
  const refused = await runToEnd(process.execPath, ["-r", rig.path("old.cjs"), launcher, "runs"], rig);
  expect([refused.status, refused.stderr]).toEqual([3, expect.stringContaining("PI310")]);
  const restarted = await runToEnd(
    process.execPath,
    ["-r", rig.path("old.cjs"), join(repository, "bin", "preimage.js"), "runs"],
    rig,
  );
  expect([restarted.status, restarted.stdout]).toEqual([0, "no runs are recorded yet\n"]);
});
