import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageBackEnd } from "../../src/build/package/package-back-end.ts";
import type { PackagePlan } from "../../src/build/package/package-plan.ts";
import { packageUuid } from "../../src/build/package/package-uuid.ts";
import type { JudgedStatement } from "../../src/build/statement-file.ts";
import { Workshop } from "../../src/build/workshop.ts";
import { rawManifest } from "../../src/julia/raw-manifest.ts";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { runTool, type ToolExit } from "../../src/support/run-tool.ts";
import { Scratch } from "../../src/support/scratch.ts";
import { Rig, workloads } from "../rig.ts";
import { statementFrom } from "../samples.ts";
import { realToolchain } from "./toolchain.ts";

// Julia 1.5 keeps no native code of packages, and is refused. What is generated is run there all the same: it loads,
// replays, and judges; what only a newer Julia does is to keep more.

const lines = [
  "precompile(Tuple{typeof(Base.sum), Array{Float64, 1}})",
  "precompile(Tuple{typeof(Dates.format), Dates.Date, String})",
  "precompile(Tuple{typeof(Shapes.area), Shapes.Circle{Float64}})",
  "precompile(Tuple{typeof(Base.println), Base.Val{Dates.Hour(value=1)}})",
  "precompile(Tuple{typeof(Base.println), Base.Val{Char(0x61000000)}})",
  "precompile(Tuple{typeof(Base.sin), String})",
  "precompile(Tuple{typeof(NoSuchPackage.run), Int64})",
  "precompile(Tuple{typeof(Shapes.no_such), Int64})",
];
const project = join(workloads, "shapes");

let removeRig = (): void => {};
const rig = new Rig((remove) => {
  removeRig = remove;
});
const depot = process.env.JULIA_DEPOT_PATH;
let toolchain: Toolchain;
let plan: PackagePlan;
let judged: readonly JudgedStatement[];
const notes: string[] = [];

/** The back end alone: `build` would refuse this Julia. */
async function bake(asked: PackagePlan): Promise<ReturnType<typeof packageBackEnd.make>> {
  const scratch = new Scratch("test");
  const workshop = new Workshop(scratch, { onStep: () => () => {}, onNote: (text) => notes.push(text) });
  try {
    expect(await packageBackEnd.unfit(asked, workshop)).toBeUndefined();
    return await packageBackEnd.make(asked, "", workshop);
  } finally {
    scratch.remove();
  }
}

async function julia(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ToolExit> {
  const run = await runTool(
    { program: toolchain.julia, args: ["--startup-file=no", ...args], env, cwd: rig.folder },
    { streams: { kind: "capture" } },
  );
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return run.value;
}

beforeAll(async () => {
  toolchain = await realToolchain();
  process.env.JULIA_DEPOT_PATH = rig.path("depot");
  const wanted = [{ name: "Dates" }, { name: "Shapes" }];
  const manifest = rawManifest(project, wanted, toolchain);
  if (!manifest.ok) throw new Error(manifest.error.detail);
  const { entries, found } = manifest.value;
  expect(found.map(({ name }) => name)).toEqual(["Dates", "Shapes"]);
  plan = {
    toolchain,
    project,
    packages: found,
    statements: lines.map(statementFrom),
    baseSysimage: toolchain.baseSysimage,
    juliaArgs: [],
    unchecked: false,
    output: rig.path("warm"),
    name: "WarmStart",
    uuid: packageUuid(project, "WarmStart"),
    tool: "preimage 0.1.0",
    dependencies: found,
    manifest: entries,
  };
  const made = await bake(plan);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  judged = made.value.judged;
  made.value.place();
  made.value.discard();
  expect(made.value.cache?.map(({ path }) => path)).toEqual([expect.stringMatching(/WarmStart.*\.ji$/)]);
  expect(made.value.bytes).toBeGreaterThan(1000);
});
afterAll(() => {
  if (depot === undefined) delete process.env.JULIA_DEPOT_PATH;
  else process.env.JULIA_DEPOT_PATH = depot;
  removeRig();
});

describe("a package that replays a list while Julia precompiles it", () => {
  it("has a verdict for every statement, and nothing threw", () => {
    expect(judged.map(({ verdict }) => verdict)).toEqual([
      ...["compiled", "compiled", "compiled", "compiled", "compiled"],
      "refused",
      ...["unresolved", "unresolved"],
    ]);
    expect(judged.map(({ statement }) => statement)).toEqual(plan.statements);
    expect(judged[6]?.reason).toBe("no module `NoSuchPackage` is loaded");
    expect(judged[7]?.reason).toBe("module `Shapes` has no `no_such`");
  });

  it("was loaded from its cache when it was tried, the way users are told", () => {
    expect(notes).toEqual([]);
  });

  it.each([
    ["-L load.jl", () => ["-L", join(plan.output, "load.jl"), "-e"], {}],
    ["-L load.jl in its project", () => [`--project=${project}`, "-L", join(plan.output, "load.jl"), "-e"], {}],
    ["an environment below the project", () => ["-e"], { JULIA_LOAD_PATH: ":WARM" }],
    ["its own project", () => ["--project=warm", "-e"], {}],
  ] as const)("is loaded with %s, without replaying, and leaves Main and the load path alone", async (_, args, env) => {
    const verdicts = rig.path("again.tsv");
    const path = Object.fromEntries(
      Object.entries(env).map(([key, value]) => [key, value.replace("WARM", plan.output)]),
    );
    const load = _.startsWith("-L") ? "" : "import WarmStart; ";
    const code = `before = copy(LOAD_PATH); ${load}print(any(id -> id.name == "WarmStart", keys(Base.loaded_modules)), " ", LOAD_PATH == before, " ", isdefined(Main, :package), " ", any(endswith("warm"), LOAD_PATH))`;
    const { stdout, stderr } = await julia([...args(), code], { PREIMAGE_VERDICTS: verdicts, ...path });
    const stacked = path.JULIA_LOAD_PATH !== undefined;
    expect([stdout, stderr]).toEqual([`true true false ${stacked}`, ""]);
    expect(existsSync(verdicts)).toBe(false);
  });

  it("says so where it cannot be loaded, and the program goes on", async () => {
    writeFileSync(rig.path("load.jl"), readFileSync(join(plan.output, "load.jl")));
    const { stdout, stderr } = await julia(["-L", rig.path("load.jl"), "-e", 'print("went on")']);
    expect(stdout).toBe("went on");
    expect(stderr).toContain(`the package image ${rig.folder} was not loaded`);
  });

  it("is precompiled anew, by Julia itself, where its list changed; and no code in that can run", async () => {
    const list = join(plan.output, "src", "statements.txt");
    const before = readFileSync(list, "utf8");
    const attacks = [
      "Tuple{run(`touch owned`)}",
      'Tuple{Base.Val{touch("owned")}}',
      'begin touch("owned"); Tuple{Int64} end',
    ];
    writeFileSync(list, `${attacks.join("\n")}\n${before}`);
    const verdicts = rig.path("anew.tsv");
    await julia(["-L", join(plan.output, "load.jl"), "-e", "nothing"], { PREIMAGE_VERDICTS: verdicts });
    const said = readFileSync(verdicts, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[1]);
    expect(said).toHaveLength(lines.length + attacks.length);
    expect(said.slice(0, 3)).not.toContain("compiled");
    expect(existsSync(rig.path("owned"))).toBe(false);
    writeFileSync(list, before);
  });

  it("leaves the old one in its place where it cannot be made", async () => {
    const nowhere = { name: "Nowhere", uuid: "00000000-0000-4000-8000-000000000001" };
    const old = readFileSync(join(plan.output, "src", "statements.txt"), "utf8");
    const made = await bake({ ...plan, statements: [], dependencies: [...plan.dependencies, nowhere] });
    expect(made).toMatchObject({ ok: false, error: { reason: "step", step: "precompile package" } });
    expect(readFileSync(join(plan.output, "src", "statements.txt"), "utf8")).toBe(old);
    const { stdout } = await julia([
      "-L",
      join(plan.output, "load.jl"),
      "-e",
      "print(length(Base.loaded_modules) > 0)",
    ]);
    expect(stdout).toBe("true");
  });
});

it("a statement that ends Julia is left out, and the package is made without it", async () => {
  const folder = rig.path("Deadly");
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "Project.toml"), 'name = "Deadly"\nuuid = "00000000-0000-4000-8000-0000000000de"\n');
  writeFileSync(
    join(folder, "src", "Deadly.jl"),
    "module Deadly\n@generated boom(x) = ccall(:exit, Cvoid, (Cint,), 3)\n@generated bang(x) = ccall(:abort, Cvoid, ())\nfine(x) = x + 1\nend\n",
  );
  const manifest = rawManifest(folder, [{ name: "Deadly" }], toolchain);
  if (!manifest.ok) throw new Error(manifest.error.detail);
  const { entries, found } = manifest.value;
  const statements = ["boom", "fine", "bang"].map((name) =>
    statementFrom(`precompile(Tuple{typeof(Deadly.${name}), Int64})`),
  );
  const output = rig.path("alive");
  const made = await bake({
    ...plan,
    project: folder,
    packages: found,
    dependencies: found,
    manifest: entries,
    statements,
    output,
    name: "Alive",
    uuid: packageUuid(folder, "Alive"),
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  made.value.place();
  expect(made.value.judged.map(({ verdict, statement }) => `${verdict} ${statement.canonical}`)).toEqual([
    "compiled precompile(Tuple{typeof(Deadly.fine), Int64})",
    "crashed precompile(Tuple{typeof(Deadly.boom), Int64})",
    "crashed precompile(Tuple{typeof(Deadly.bang), Int64})",
  ]);
  expect(readFileSync(join(output, "src", "statements.txt"), "utf8")).toBe("Tuple{typeof(Deadly.fine), Int64}\n");
  expect(notes).toHaveLength(2);
});

describe("the precompile file of a package", () => {
  it("is included by its source, and everything in it is understood", async () => {
    const trace = rig.write(
      "trace.jl",
      [
        "precompile(Tuple{typeof(Foo.double), Int64})",
        "precompile(Tuple{typeof(Base.map), typeof(Foo.double), Array{Float64, 1}})",
        "precompile(Tuple{typeof(Foo.gone), Int64})",
        "precompile(Tuple{typeof(Base.sum), Array{Int64, 1}})",
        "",
      ].join("\n"),
    );
    const folder = rig.path("Foo");
    const written = await rig.run(["build", trace, "--for-package", "Foo", "-o", join(folder, "src", "precompile.jl")]);
    expect(written.stderr).toContain("3 statements of Foo, written to");
    expect(written.status).toBe(0);
    writeFileSync(join(folder, "Project.toml"), 'name = "Foo"\nuuid = "00000000-0000-4000-8000-0000000000f0"\n');
    writeFileSync(join(folder, "src", "Foo.jl"), 'module Foo\ndouble(x) = 2x\ninclude("precompile.jl")\nend\n');
    const { stdout, stderr } = await julia([`--project=${folder}`, "-e", "import Foo; print(Foo.double(21))"]);
    expect([stdout, stderr]).toEqual(["42", ""]);
  });
});

/** From a request to a verified package, on a Julia that says it is newer than it is: it is the real one in all else. */
describe("the commands, on a Julia that says it is 1.9", () => {
  it("bake, verify, judge and tell how to use a package, and bake none that stands there already", async () => {
    const newer = rig.write(
      "julia19",
      `#!/bin/sh
for word do
  shift
  case $word in --pkgimages=*) continue ;; *probe.jl) probe=yes ;; esac
  set -- "$@" "$word"
done
[ -n "$probe" ] && { "${toolchain.julia}" "$@" | sed 's/^version	.*/version	1.9.4/'; exit; }
exec "${toolchain.julia}" "$@"
`,
    );
    chmodSync(newer, 0o755);
    rig.write("list.jl", `${lines.join("\n")}\n`);
    rig.write("work.jl", "using Shapes\nprintln(sum([area(Circle())]))\n");
    const build = ["build", "list.jl", "--as", "package", "-o", "image", "--name", "Quick", "--project", project];
    const on = ["--julia", newer];
    const built = await rig.json<Record<string, unknown>>([...build, ...on]);
    expect(built).toMatchObject({ package: rig.path("image"), fresh: false, verdicts: { compiled: 5, unresolved: 2 } });
    expect(await rig.json([...build, ...on])).toMatchObject({ fresh: true });

    const verified = await rig.json<{ residual: unknown[] }>([
      "verify",
      "image",
      "--workload",
      "work.jl",
      "--repeat",
      "1",
      ...on,
    ]);
    expect(verified).toMatchObject({ as: "package", exits: [{ status: 0 }, { status: 0 }] });

    const status = await rig.json<{ verdict: string }>(["status", "image", ...on]);
    expect(status).toMatchObject({ package: rig.path("image"), verdict: "fresh" });
    const use = await rig.run(["use", "image", "--for", "julia", ...on]);
    expect(use.stdout).toBe(`${newer} --project=${project} -L ${rig.path("image/load.jl")} app.jl\n`);
    const wrote = await rig.json<{ written: unknown }>(["use", "image", "--write", "startup", ...on]);
    expect(wrote.written).toMatchObject({ path: rig.path("depot/config/startup.jl"), changed: true });
    // In its project: the Manifest of the image is one for Julia 1.9, which 1.5 does not read.
    const started = await runTool(
      {
        program: toolchain.julia,
        args: [`--project=${project}`, "-e", 'print(any(id -> id.name == "Quick", keys(Base.loaded_modules)))'],
      },
      { streams: { kind: "capture" } },
    );
    expect(started).toMatchObject({ ok: true, value: { stdout: "true", stderr: "" } });
    const round = await rig.run(["use", "image", "--write", "project", ...on]);
    expect(round.stderr).toContain("PI474");

    writeFileSync(rig.path("image/src/statements.txt"), "");
    const stale = await rig.json<{ verdict: string }>(["status", "image", ...on], 1);
    expect(stale.verdict).toBe("stale");
    writeFileSync(rig.path("image/mine.txt"), "mine");
    const refused = await rig.run([...build, ...on]);
    expect([refused.status, refused.stderr]).toEqual([3, expect.stringContaining("PI470")]);
    expect(existsSync(rig.path("image/mine.txt"))).toBe(true);
  });

  it("on one that says the truth, a package is refused, and the sysimage is named", async () => {
    rig.write("list.jl", `${lines.join("\n")}\n`);
    const refused = await rig.run(["build", "list.jl", "--as", "package", "-o", "image2"]);
    expect(refused.status).toBe(3);
    expect(refused.stderr).toMatch(/PI401.*\n.*1\.9 or newer.*\n.*--as sysimage/);
    expect(existsSync(rig.path("image2"))).toBe(false);
  });
});
