import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTool } from "../../src/support/run-tool.ts";
import type { Finished } from "../rig.ts";
import { finished, Rig, repository, runToEnd, workloads } from "../rig.ts";
import { onImage } from "./on-image.ts";
import { says } from "./says.ts";
import { realToolchain } from "./toolchain.ts";

const list = [
  "# a list written by hand",
  "precompile(Tuple{typeof(Base.sum), Array{Float64, 1}})",
  "precompile(Tuple{typeof(Dates.format), Dates.Date, String})",
  "precompile(Tuple{typeof(Base.println), Base.Val{Dates.Hour(value=1)}})",
  "precompile(Tuple{typeof(Base.sin), String})",
  "precompile(Tuple{typeof(NoSuchPackage.run), Int64})",
  'precompile(Tuple{typeof(Base.map), Main.var"#1#2", Array{Int64, 1}})',
  "precompile(Tuple{typeof(Main.greeting), String})",
  "precompile(Tuple{typeof(Main.fatal), Int64})",
  "",
].join("\n");

interface Built {
  readonly fresh: boolean;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly statements: readonly { readonly statement: string; readonly verdict: string; readonly reason: string }[];
  readonly steps: Readonly<Record<string, number>>;
  readonly peakBytes: Readonly<Record<string, number | null>>;
}

/** A C compiler that does what `word` says where it is to link an image, and else what `cc` does. */
function compiler(rig: Rig, name: string, word: string): string {
  rig.write(name, `#!/bin/sh\ncase "$*" in *--whole-archive*) ${word};; esac\nexec cc "$@"\n`);
  chmodSync(rig.path(name), 0o755);
  return rig.path(name);
}

/** One real bake of a list that holds something of everything; its linker fails first, and is mended. */
describe("a list that was written by hand", () => {
  let removeRig = (): void => {};
  const rig = new Rig((remove) => {
    removeRig = remove;
  });
  const args = [
    "build",
    "list.jl",
    "-o",
    "image.so",
    "--script",
    "after.jl",
    "--bake-definitions",
    "definitions.jl",
    "--fail-on",
    "unresolved,failed",
    "--soname",
    "greeter.so",
    "--execute",
    "executed.jl",
    rig.path("mark.txt"),
    "--format",
    "json",
  ];
  let unlinked: Finished;
  let linked: readonly string[];
  let otherwise: Finished;
  let killed: readonly (readonly [step: string, image: string])[];
  let built: Finished;
  let document: Built;
  beforeAll(async () => {
    rig.write("list.jl", list);
    rig.write("after.jl", "const baked_in = 42\n");
    rig.write(
      "definitions.jl",
      [
        "greeting(name) = string(\"hello \", name, '!')",
        // What generates code for this ends the process that compiles it.
        "@generated fatal(x) = ccall(:abort, Cvoid, ())",
        "",
      ].join("\n"),
    );
    rig.write("executed.jl", 'write(ARGS[1], "executed"); reverse(Float16[1, 2])\n');
    rig.write("image.so", "the old one");
    unlinked = await rig.run(args, { env: { JULIA_CC: compiler(rig, "failing-cc", "echo no room >&2; exit 1") } });
    linked = readdirSync(rig.folder);
    otherwise = await rig.run([...args, "--resume", "--fast"]);
    killed = [
      await killAt("link sysimage", compiler(rig, "slow-cc", "sleep 60")),
      await killAt("start on sysimage", "cc"),
    ];
    built = await rig.run([...args, "--resume"]);
    document = JSON.parse(built.stdout) as Built;
  });
  afterAll(() => removeRig());

  async function killAt(step: string, cc: string): Promise<readonly [string, string]> {
    const child = rig.start([...args, "--resume"], { JULIA_CC: cc });
    const end = finished(child);
    await says(child, `${step} …`);
    child.kill("SIGKILL");
    await end;
    await pause(1_000);
    return [step, rig.read("image.so")];
  }

  it("stays unlinked where the linker fails, and says how to go on", () => {
    expect(unlinked.status).toBe(3);
    expect(unlinked.stderr).toContain("no room");
    expect(unlinked.stderr).toContain("run the same command with `--resume`: only linking is left");
    expect(linked).toContain("image.so.unlinked");
    expect(linked.filter((name) => name.includes("partial"))).toEqual([]);
  });

  it("says which statement ended Julia while it was baked, and goes on without it", () => {
    expect(unlinked.stderr).toContain("left out, as it ends Julia: precompile(Tuple{typeof(Main.fatal), Int64})");
  });

  it("is not linked for other options than it was baked with", () => {
    expect(otherwise.status).toBe(3);
    expect(otherwise.stderr).toContain("PI408");
    expect(otherwise.stderr).toContain("what was left is of another list or other options");
  });

  it("leaves the old sysimage whole where it is killed, at each stage", () => {
    expect(killed).toEqual([
      ["link sysimage", "the old one"],
      ["start on sysimage", "the old one"],
    ]);
  });

  it("needs only to be linked in the end, and nothing is left of the failed link", () => {
    expect(Object.keys(document.steps)).toEqual(["try linker", "link sysimage", "start on sysimage"]);
    expect(existsSync(rig.path("image.so.unlinked"))).toBe(false);
  });

  it("has a verdict for every statement", () => {
    expect(document.verdicts).toEqual({ compiled: 4, inferred: 0, refused: 1, unresolved: 2, failed: 0, crashed: 1 });
    const of = (text: string) => document.statements.find(({ statement }) => statement.includes(text));
    expect(of("NoSuchPackage")).toMatchObject({ verdict: "unresolved", reason: "no module `NoSuchPackage` is loaded" });
    expect(of("Base.sin")).toMatchObject({ verdict: "refused" });
    expect(of("fatal")).toMatchObject({ reason: "Julia was stopped by SIGABRT while it was compiled" });
  });

  it("ends with 1 for a verdict of --fail-on, and says so", () => {
    expect(built.status).toBe(1);
    expect(built.stderr).toContain("PI418");
    expect(built.stderr).toContain("name the project that has their packages with `--project DIR`");
  });

  it("is not baked again as long as nothing has changed, and says what has", async () => {
    const again = await rig.run(args);
    expect(JSON.parse(again.stdout)).toMatchObject({ fresh: true, verdicts: document.verdicts, steps: {} });
    expect(again.status).toBe(1);
    const explained = await rig.run([...args.filter((word) => word !== "json"), "table", "--explain"]);
    expect(explained.stdout).toContain("image.so: fresh: there is nothing to bake");
    rig.write("after.jl", "const baked_in = 43\n");
    const changed = await rig.json<{ readonly changes: readonly { readonly input: string }[] }>([
      ...args.slice(0, -2),
      "--cpu-target=generic",
      "--explain",
    ]);
    expect(changed.changes.map(({ input }) => input)).toEqual(["CPU target", "script"]);
    rig.write("after.jl", "const baked_in = 42\n");
  });

  it("takes the place of the old sysimage, and Julia starts on it with the script's definitions", async () => {
    expect(statSync(rig.path("image.so")).size).toBeGreaterThan(50_000_000);
    rig.write(
      "uses.jl",
      'baked_in == 42 || exit(9)\ngreeting("you") == "hello you!" || exit(8)\nreverse(Float16[1])\n',
    );
    const verified = await rig.run([
      "verify",
      "image.so",
      "--workload",
      "uses.jl",
      "--repeat",
      "1",
      "--format",
      "json",
    ]);
    // The base sysimage does not have the constant, so the two end differently: that is a finding.
    expect(verified.status).toBe(1);
    expect(verified.stderr).toContain("status 1 on the base sysimage and with status 0 on the new one");
  });

  it("has what the definitions define and what the executed file compiled", async () => {
    expect(rig.read("mark.txt")).toBe("executed");
    const toolchain = await realToolchain();
    rig.write("uses.jl", 'greeting("you")\nreverse(Float16[1])\n');
    const run = await runTool(
      {
        program: toolchain.julia,
        args: [
          `--sysimage=${rig.path("image.so")}`,
          "--startup-file=no",
          "--trace-compile=stderr",
          rig.path("uses.jl"),
        ],
      },
      { streams: { kind: "capture" } },
    );
    expect(run.ok && run.value.stderr).not.toMatch(/greeting|reverse/);
  });

  it("can be built upon, with the packages of a project, and their names in Main", async () => {
    const project = join(workloads, "shapes");
    rig.write("more.jl", "precompile(Tuple{typeof(Shapes.area), Shapes.Circle{Float64}})\n");
    // As Julia 1.5 ends where a library is called by name: behind the last byte of the object file.
    rig.write(
      "aborts.jl",
      "ccall(:__cxa_atexit, Cint, (Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Cvoid}), cglobal(:abort), C_NULL, C_NULL)\n",
    );
    const done = await rig.run([
      "build",
      "more.jl",
      "-o",
      "upon.so",
      "--base-sysimage",
      "image.so",
      "--project",
      project,
      "--import-into-main",
      "--fast",
      "--script",
      "aborts.jl",
      "--format",
      "json",
    ]);
    expect(done.stderr).toContain("SIGABRT behind the object file, which is whole: it links, and Julia starts on it");
    const upon = JSON.parse(done.stdout) as Built;
    expect(upon.verdicts).toMatchObject({ compiled: 1 });
    if (process.platform === "linux") expect(upon.peakBytes["emit object file"]).toBeGreaterThan(200_000_000);
    const image = rig.path("upon.so");
    // What the Manifest lists below the project's dependencies is in the image as well.
    const { packages } = JSON.parse(rig.read("upon.so.json")) as { readonly packages: readonly { name: string }[] };
    expect(packages.map(({ name }) => name)).toEqual(["Libdl", "LinearAlgebra", "Printf", "Shapes", "Unicode"]);
    expect(await onImage(image, 'string(baked_in, greeting("you"), Shapes)', project)).toBe("42hello you!Shapes");
  });
});

it("a bake that ends in front of emission is tried with the next measure, and blames no statement that is not to blame", async () => {
  const rig = new Rig();
  rig.write("list.jl", "precompile(Tuple{typeof(Base.sum), Array{Float64, 1}})\n");
  // What the staging script calls when it has come to its end.
  rig.write("aborts.jl", "Base.empty!(::Vector{String}) = ccall(:abort, Cvoid, ())\n");
  const built = await rig.run(["build", "list.jl", "-o", "image.so", "--script", "aborts.jl"]);
  expect(built.status).toBe(3);
  expect(built.stderr).toContain("SIGABRT while it emitted the object file; once more, with all code inferred before");
  expect(built.stderr).toContain("looking for the statement to blame: the list is rehearsed first, then halved");
  expect(built.stderr).toContain("PI405");
  const kept = /read the logs in (\S+)/.exec(built.stderr)?.[1] ?? "";
  expect(readFileSync(join(kept, "emit-object-file.log"), "utf8")).toMatch(
    /inferred in front of emission: \d+ too wide/,
  );
  rmSync(kept, { recursive: true });
  expect(existsSync(rig.path("image.so"))).toBe(false);
});

/** The folder of the control group for memory that this process may make others in; undefined where it may not. */
function memoryGroups(): { readonly folder: string; readonly limit: string } | undefined {
  const places = [
    { folder: "/sys/fs/cgroup/memory", limit: "memory.limit_in_bytes" },
    { folder: "/sys/fs/cgroup", limit: "memory.max" },
  ];
  return places.find(({ folder, limit }) => {
    const trial = join(folder, `preimage-${process.pid}`);
    try {
      mkdirSync(trial);
      return existsSync(join(trial, limit));
    } catch {
      return false;
    } finally {
      if (existsSync(trial)) rmdirSync(trial);
    }
  });
}

it("a program to be traced first that fails ends the build, and so does a build of nothing", async () => {
  const rig = new Rig();
  const failing = join(workloads, "misbehaving", "exits.jl");
  const built = await rig.run(["build", "-o", "image.so", "--execute-trace", failing]);
  expect(built.status).toBe(3);
  expect(built.stderr).toContain("PI428");
  const nothing = await rig.run(["build", "-o", "image.so"]);
  expect(nothing.status).toBe(2);
  expect(nothing.stderr).toContain("PI929");
});

it.each([
  [["--compress"], "PI426", 3],
  [["--compat-version", "1"], "PI926", 2],
  [["--filter-stdlibs"], "PI927", 2],
  [["--no-incremental", "--base-sysimage", "list.jl"], "PI928", 2],
  [["--project", join(workloads, "shapes"), "--package", "NoSuchPackage"], "PI425", 3],
  [["--cpu-target", "no-such-processor"], "PI407", 3],
  [["--resume"], "PI408", 3],
] as const)("%j is refused before minutes are spent", async (options, code, status) => {
  const rig = new Rig();
  rig.write("list.jl", "precompile(Tuple{typeof(Base.sum), Array{Float64, 1}})\n");
  const built = await rig.run(["build", "list.jl", "-o", "image.so", ...options]);
  expect(built.stderr).toContain(code);
  expect(built.stderr).toContain("hint:");
  expect(built.status).toBe(status);
});

const groups = memoryGroups();

it.runIf(groups !== undefined)(
  "a bake is refused in a control group with too little memory, unless it is insisted on",
  async () => {
    if (groups === undefined) return;
    const rig = new Rig();
    rig.write("list.jl", "precompile(Tuple{typeof(Base.sum), Array{Float64, 1}})\n");
    const group = join(groups.folder, `preimage-test-${process.pid}`);
    mkdirSync(group);
    try {
      writeFileSync(join(group, groups.limit), "900000000");
      const within = 'echo $$ > "$1/cgroup.procs"; shift; exec "$@"';
      const built = await runToEnd(
        "sh",
        [
          "-c",
          within,
          "sh",
          group,
          process.execPath,
          join(repository, "bin", "preimage.js"),
          "build",
          "list.jl",
          "-o",
          "image.so",
        ],
        rig,
      );
      expect(built.status).toBe(3);
      expect(built.stderr).toContain("PI406");
      expect(built.stderr).toContain("--no-preflight");
    } finally {
      await pause(500);
      rmdirSync(group);
    }
  },
);
