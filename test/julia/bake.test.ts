import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTool } from "../../src/support/run-tool.ts";
import { finished, Rig, workloads } from "../rig.ts";
import { says } from "./says.ts";
import { realToolchain } from "./toolchain.ts";

const project = join(workloads, "my-linear-regression");
const script = join(project, "myscript.jl");

interface Verified {
  readonly traced: number;
  readonly absorbed: number;
  readonly residual: readonly { readonly statement: string; readonly cause: string }[];
  readonly predicted?: unknown;
  readonly before: { readonly medianMs: number; readonly runs: number };
  readonly after: { readonly medianMs: number };
}
interface Baked {
  readonly runs: readonly { readonly id: number; readonly ioKind: string; readonly statements: number }[];
  readonly pruned: {
    readonly kept: number;
    readonly dropped: readonly { readonly reason: string; readonly count: number }[];
  };
  readonly optimized: {
    readonly kept: readonly { readonly origin: string }[];
    readonly rounds: readonly { readonly residual: number }[];
    readonly residual: readonly unknown[];
  };
  readonly built: {
    readonly sysimage: string;
    readonly stamp: string;
    readonly verdicts: Readonly<Record<string, number>>;
    readonly statements: readonly { readonly digest: string; readonly verdict: string; readonly reason: string }[];
    readonly steps: Readonly<Record<string, number>>;
  };
  readonly verified: Verified;
}

/** The ids of the processes whose command line holds all of these texts; of Linux's /proc. */
function processesWith(...texts: readonly string[]): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return texts.every((text) => commandLine.includes(text));
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** One real bake, a minute and a half of a core, serves all of these. */
describe("bake", () => {
  let removeRig = (): void => {};
  const rig = new Rig((remove) => {
    removeRig = remove;
  });
  let baked: Baked;
  beforeAll(async () => {
    // Where it has no data yet, the workload makes them, and compiles more than the next time.
    await rig.run([
      "trace",
      "--store",
      ".preimage/first.db",
      "--project",
      project,
      "--stdout",
      "pipe",
      script,
      "X2",
      "Y2",
    ]);
    baked = await rig.json<Baked>([
      "bake",
      script,
      "X2",
      "Y2",
      "--project",
      project,
      "-o",
      "image.so",
      "--list",
      "list.jl",
      "--repeat",
      "3",
    ]);
  });
  afterAll(() => removeRig());

  it("traces with each kind of standard output", () => {
    expect(baked.runs.map((run) => run.ioKind)).toEqual(["pipe", "file", "tty"]);
    for (const { statements } of baked.runs) expect(statements).toBeGreaterThan(150);
  });

  it("gives every statement a verdict and a reason where it was not compiled", () => {
    const { statements, verdicts } = baked.built;
    expect(statements).toHaveLength(baked.optimized.kept.length);
    expect(Object.values(verdicts).reduce((sum, count) => sum + count, 0)).toBe(statements.length);
    expect(verdicts.compiled).toBe(statements.length);
    expect(statements.filter(({ verdict, reason }) => verdict !== "compiled" && reason === "")).toEqual([]);
  });

  it("makes the workload start several times faster, and says what still compiles", () => {
    const { traced, absorbed, residual, before, after } = baked.verified;
    expect(traced).toBeGreaterThan(150);
    expect(absorbed).toBe(traced);
    expect(residual).toEqual([]);
    expect(before.runs).toBe(3);
    // Not a timing but the point of the tool: seconds of compilation are gone, on however slow a machine.
    expect(after.medianMs).toBeLessThan(before.medianMs / 3);
  });

  it("finds witnesses for what is too abstract, and foresees what still compiles", () => {
    expect(baked.optimized.rounds[0]?.residual).toBeGreaterThan(5);
    expect(baked.optimized.kept.filter(({ origin }) => origin === "witness").length).toBeGreaterThan(5);
    expect(baked.optimized.residual).toEqual([]);
    expect(baked.verified.predicted).toEqual({ count: 0, unforeseen: [], notCome: [] });
  });

  it("is fresh, and Julia is started on it", async () => {
    expect(await rig.json<{ verdict: string }>(["status", "image.so"])).toMatchObject({ verdict: "fresh" });
    const run = await rig.run(["run", "--dry-run", "--strict", "--", `--project=${project}`, "app.jl"]);
    expect(run.stdout).toContain(`--sysimage=${rig.path("image.so")} --project=${project} app.jl`);
  });

  it("writes the stamp, and nothing else beside the sysimage", () => {
    const stamp = JSON.parse(rig.read("image.so.json"));
    expect(stamp).toMatchObject({ julia: { version: "1.5.3" }, ioKinds: ["file", "pipe", "tty"], project });
    expect(stamp.packages).toContainEqual(expect.objectContaining({ name: "MyLinearRegression", version: "0.1.0" }));
    expect(stamp.statements).toHaveLength(baked.built.statements.length);
    expect(
      readdirSync(rig.folder)
        .filter((name) => name !== ".preimage")
        .sort(),
    ).toEqual(["image.so", "image.so.json", "list.jl"]);
  });

  it("keeps the sysimage's Main as empty as Julia's own", async () => {
    const { julia } = await realToolchain();
    const names = async (flags: readonly string[]): Promise<string> => {
      const args = [...flags, "--startup-file=no", "-e", "print(names(Main; all = true), LOAD_PATH, Sys.STDLIB)"];
      const run = await runTool({ program: julia, args }, { streams: { kind: "capture" } });
      return run.ok ? run.value.stdout : "";
    };
    expect(await names([`--sysimage=${rig.path("image.so")}`])).toBe(await names([]));
  });

  it("records the verdicts: show tells the last one", async () => {
    const [first] = baked.built.statements;
    const shown = await rig.json<{ lastVerdict: { verdict: string } }>(["show", first?.digest.slice(0, 12) ?? ""]);
    expect(shown.lastVerdict.verdict).toBe(first?.verdict);
  });

  it("writes a list that PackageCompiler's readers take: comments and statements", async () => {
    const lines = rig.read("list.jl").trimEnd().split("\n");
    expect(lines.filter((line) => !/^(#|precompile\(Tuple\{.*\}( where .*)?\)$)/.test(line))).toEqual([]);
    const { julia } = await realToolchain();
    const count = await runTool(
      {
        program: julia,
        args: ["-e", "print(count(l -> Meta.parse(l) isa Expr, eachline(ARGS[1])))", rig.path("list.jl")],
      },
      { streams: { kind: "capture" } },
    );
    expect(count.ok && Number(count.value.stdout)).toBe(lines.filter((line) => !line.startsWith("#")).length);
  });

  it("verify judges other arguments by the same list, beside what a rehearsal of it said of them", async () => {
    await rig.json(["rehearse", "list.jl", "--project", project, "--stdout", "pipe", "--workload", script, "X1", "Y1"]);
    const verified = await rig.json<Verified>([
      "verify",
      "image.so",
      "--workload",
      script,
      "X1",
      "Y1",
      "--repeat",
      "1",
    ]);
    expect(verified.residual.some(({ cause }) => cause === "not in the list")).toBe(true);
    expect(verified.predicted).toEqual({ count: verified.residual.length, unforeseen: [], notCome: [] });
    const strict = await rig.run([
      "verify",
      "image.so",
      "--workload",
      script,
      "X1",
      "Y1",
      "--repeat",
      "1",
      "--max-residual",
      "0",
    ]);
    expect(strict.status).toBe(1);
    const recorded = await rig.run(["list", "tag:residual=image.so", "--format", "lines"]);
    expect(recorded.stdout.trimEnd().split("\n")).toContain(
      verified.residual.find(({ cause }) => cause === "not in the list")?.statement,
    );
  });

  it("a workload with nothing to compile leaves no residual", async () => {
    const verified = await rig.json<Verified>([
      "verify",
      "image.so",
      "--workload",
      join(workloads, "misbehaving", "silent.jl"),
      "--repeat",
      "1",
    ]);
    expect(verified.residual).toEqual([]);
  });

  it("tracing on the baked sysimage warns and says how to do better", async () => {
    const traced = await rig.run(["trace", "--project", project, "--sysimage", "image.so", script, "X2", "Y2"]);
    expect(traced.stderr).toContain("PI308");
    expect(traced.stderr).toContain("--sysimage base");
    const command = await rig.run([
      "trace",
      "--sysimage",
      "base",
      "--",
      "julia",
      `--sysimage=${rig.path("image.so")}`,
      `--project=${project}`,
      script,
      "X2",
      "Y2",
    ]);
    expect(command.stderr).not.toContain("PI308");
    expect(command.status).toBe(0);
  });

  it("once more bakes nothing", async () => {
    const again = ["bake", script, "X2", "Y2", "--project", project, "-o", "image.so", "--repeat", "1"];
    const { built } = await rig.json<{ built: Baked["built"] & { fresh: boolean } }>(again);
    expect(built.fresh).toBe(true);
    expect(built.statements).toHaveLength(baked.built.statements.length);
  });
});

describe("what does not start or does not work", () => {
  it("is no sysimage, whatever it is called", async () => {
    const rig = new Rig();
    rig.write("app.jl", "println(sum([1.5]))\n");
    rig.write("image.so", "no image at all");
    const verified = await rig.run(["verify", "image.so", "--workload", "app.jl"]);
    expect(verified.status).toBe(3);
    expect(verified.stderr).toContain("PI416");
    expect(verified.stdout).toBe("");
  });

  it("is not baked: the workload fails", async () => {
    const rig = new Rig();
    const baked = await rig.run([
      "bake",
      join(workloads, "misbehaving", "exits.jl"),
      "-o",
      "image.so",
      "--stdout",
      "pipe",
    ]);
    expect(baked.status).toBe(1);
    expect(baked.stderr).toContain("PI415");
    expect(existsSync(rig.path("image.so"))).toBe(false);
  });

  it("is told by verify's exit code: the workload fails on both images", async () => {
    const rig = new Rig();
    const { baseSysimage } = await realToolchain();
    const verified = await rig.run([
      "verify",
      baseSysimage,
      "--workload",
      join(workloads, "misbehaving", "exits.jl"),
      "--repeat",
      "1",
    ]);
    expect(verified.status).toBe(1);
    expect(verified.stderr).toContain("PI414");
  });
});

describe("a bake that fails", () => {
  const list = "precompile(Tuple{typeof(Base.sum), Array{Float64, 1}})\n";

  it("leaves the old sysimage, keeps the logs and says where", async () => {
    const rig = new Rig();
    rig.write("list.jl", list);
    rig.write("image.so", "the old one");
    const built = await rig.run(["build", "list.jl", "-o", "image.so", "--package", "NoSuchPackage"]);
    expect(built.status).toBe(3);
    expect(built.stderr).toContain("package `NoSuchPackage` is not in the project");
    const kept = /read the logs in (\S+)/.exec(built.stderr)?.[1] ?? "";
    expect(readFileSync(join(kept, "load-packages.log"), "utf8")).toContain("NoSuchPackage");
    rmSync(kept, { recursive: true });
    expect(rig.read("image.so")).toBe("the old one");
    expect(readdirSync(rig.folder).filter((name) => name.includes("partial"))).toEqual([]);
  });

  it("through Julia dying names the step and the signal", async () => {
    const rig = new Rig();
    rig.write("list.jl", list);
    mkdirSync(rig.path("tmp"));
    const child = rig.start(["build", "list.jl", "-o", "image.so"], { TMPDIR: rig.path("tmp") });
    const end = finished(child);
    await says(child, "emit object file …");
    await pause(1_000);
    for (const pid of processesWith("--output-o=", rig.path("tmp"))) process.kill(pid, "SIGKILL");
    const built = await end;
    expect(built.status).toBe(3);
    expect(built.stderr).toContain('the step "emit object file" failed');
    expect(built.stderr).toContain("was stopped by SIGKILL");
    expect(built.stderr).toContain("memory");
    expect(existsSync(rig.path("image.so"))).toBe(false);
    rmSync(/read the logs in (\S+)/.exec(built.stderr)?.[1] ?? "", { recursive: true, force: true });
  });

  it("through Ctrl-C ends Julia and leaves nothing half written", async () => {
    const rig = new Rig();
    rig.write("list.jl", list);
    mkdirSync(rig.path("tmp"));
    const child = rig.start(["build", "list.jl", "-o", "image.so"], { TMPDIR: rig.path("tmp") });
    const end = finished(child);
    await says(child, "emit object file …");
    await pause(1_000);
    child.kill("SIGINT");
    expect((await end).status).toBe(130);
    expect(readdirSync(rig.folder).sort()).toEqual([".preimage", "list.jl", "tmp"]);
    expect(readdirSync(rig.path("tmp")).filter((name) => name.startsWith("preimage-"))).toEqual([]);
    expect(processesWith(rig.folder)).toEqual([]);
  });

  it.each([
    ["no linker", { JULIA_CC: "no-such-compiler" }, "PI311"],
    ["a linker that links nothing", { JULIA_CC: "false" }, "PI405"],
    ["no Julia", { PREIMAGE_JULIA: "/nowhere/julia" }, "PI302"],
    ["something else for a Julia", { PREIMAGE_JULIA: "/bin/true" }, "PI303"],
  ])("for want of a toolchain (%s) says so before minutes are spent", async (_, env, code) => {
    const rig = new Rig();
    rig.write("list.jl", list);
    const built = await rig.run(["build", "list.jl", "-o", "image.so"], { env });
    expect(built.status).toBe(3);
    expect(built.stderr).toContain(code);
    expect(built.stderr).toContain("hint:");
  });

  it.each([
    ["a folder that does not exist", "nowhere/image.so"],
    ["a folder in its place", "taken"],
    ["a file for a folder", "list.jl/image.so"],
  ])("for want of a place to write to (%s) too", async (_, output) => {
    const rig = new Rig();
    rig.write("list.jl", list);
    mkdirSync(rig.path("taken"));
    const built = await rig.run(["build", "list.jl", "-o", output]);
    expect(built.status).toBe(3);
    expect(built.stderr).toContain("PI402");
  });
});
