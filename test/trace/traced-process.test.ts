import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runTool } from "../../src/support/run-tool.ts";
import {
  plainCommand,
  recorderFile,
  type Tracing,
  tracedCommand,
  type Workload,
  warmCommand,
} from "../../src/trace/traced-process.ts";
import { tracedProcesses } from "../../src/trace/traced-processes.ts";
import { tempFolder } from "../temp-folder.ts";
import { julia110 } from "../toolchains.ts";

const script: Workload & { kind: "script" } = { kind: "script", script: "work.jl", args: ["--fast", "a b"] };
const { julia, baseSysimage } = julia110;
const plainly = (folder: string, sysimage?: string): Tracing => ({ folder, sysimage, workers: false });

afterEach(() => void vi.unstubAllEnvs());

describe("a script", () => {
  it("runs untraced on the sysimage asked for, in the project asked for", () => {
    expect(plainCommand(script, julia, "/tmp/sys.so")).toEqual({
      program: julia,
      args: ["--startup-file=no", "--sysimage=/tmp/sys.so", "work.jl", "--fast", "a b"],
    });
    expect(plainCommand({ ...script, project: "app" }, julia, "/tmp/sys.so").args).toEqual([
      "--startup-file=no",
      "--sysimage=/tmp/sys.so",
      "--project=app",
      "work.jl",
      "--fast",
      "a b",
    ]);
  });

  it.each([
    ["Julia's own sysimage", undefined, baseSysimage],
    ["the one that the user named", "/tmp/sys.so", "/tmp/sys.so"],
  ])("is traced on %s", (_, asked, used) => {
    const folder = tempFolder();
    const command = tracedCommand({ ...script, project: "app" }, julia110, plainly(folder, asked));
    expect(command).toEqual({
      program: julia,
      args: [
        `--trace-compile=${join(folder, "script.jl")}`,
        "-L",
        recorderFile,
        "--startup-file=no",
        `--sysimage=${used}`,
        "--project=app",
        "work.jl",
        "--fast",
        "a b",
      ],
      env: { PREIMAGE_TRACE_FOLDER: folder },
    });
    expect(readFileSync(join(folder, "script.jl"), "utf8")).toBe("");
  });

  it("has its packages loaded beforehand", () => {
    const { program, args } = warmCommand({ ...script, project: "app" }, julia);
    expect([program, ...args.slice(0, 3), basename(args[3] ?? ""), ...args.slice(4)]).toEqual([
      julia,
      "--startup-file=no",
      "--color=no",
      "--project=app",
      "warm.jl",
      "work.jl",
    ]);
    expect(existsSync(args[3] ?? "")).toBe(true);
  });
});

const make = (): Workload => ({ kind: "command", words: ["make", "-j", "two words"] });

describe("a command", () => {
  it("finds the shim before any other julia", () => {
    vi.stubEnv("PATH", "/usr/bin:/bin");
    vi.stubEnv("PYTHONPATH", "/my/modules");
    const folder = tempFolder();
    expect(tracedCommand(make(), julia110, plainly(folder))).toEqual({
      program: "make",
      args: ["-j", "two words"],
      env: {
        PREIMAGE_TRACE_FOLDER: folder,
        PATH: `${join(folder, "bin")}:/usr/bin:/bin`,
        PREIMAGE_REAL_JULIA: julia,
        PREIMAGE_RECORDER: recorderFile,
        PREIMAGE_SYSIMAGE: undefined,
        PREIMAGE_JULIA_HOME: undefined,
        PYTHONPATH: `${join(folder, "python")}:/my/modules`,
        PYTHON_JULIACALL_TRACE_COMPILE: join(folder, "any.python.jl"),
      },
    });
    expect(existsSync(join(folder, "python", "sitecustomize.py"))).toBe(true);
    expect(statSync(join(folder, "bin", "julia")).mode & 0o111).toBe(0o111);
  });

  it("is told the sysimage and the project where the user named them", () => {
    const { env } = tracedCommand({ ...make(), project: "/app" }, julia110, plainly(tempFolder(), "/tmp/sys.so"));
    expect(env).toMatchObject({ PREIMAGE_SYSIMAGE: "/tmp/sys.so", JULIA_PROJECT: "/app" });
    expect(tracedCommand(make(), julia110, plainly(tempFolder())).env).not.toHaveProperty("JULIA_PROJECT");
  });

  it("that is julia itself becomes the shim, with the Julia of the toolchain behind it", () => {
    const folder = tempFolder();
    const command = tracedCommand({ kind: "command", words: ["julia", "-e", "1"] }, julia110, plainly(folder));
    expect(command).toMatchObject({
      program: join(folder, "bin", "julia"),
      args: ["-e", "1"],
      env: { PREIMAGE_REAL_JULIA: julia },
    });
  });

  it("that names a julia by its path keeps that one behind the shim", () => {
    const [folder, other] = [tempFolder(), join(tempFolder(), "julia")];
    writeFileSync(other, "#!/bin/sh\n");
    chmodSync(other, 0o755);
    const command = tracedCommand({ kind: "command", words: [other, "work.jl"] }, julia110, plainly(folder));
    expect(command).toMatchObject({
      program: join(folder, "bin", "julia"),
      args: ["work.jl"],
      env: { PREIMAGE_REAL_JULIA: other },
    });
  });
});

describe("what a traced Julia starts", () => {
  /** A Julia of a prefix of its own. */
  function installed(binaries: readonly string[]) {
    const prefix = tempFolder();
    for (const folder of ["bin", "lib", "share"]) mkdirSync(join(prefix, folder));
    for (const name of binaries) writeFileSync(join(prefix, "bin", name), "");
    return { ...julia110, bindir: join(prefix, "bin") };
  }
  const tracing = (folder: string): Tracing => ({ folder, workers: true });

  it("it looks for beside itself, where shims stand and all else is linked", () => {
    const folder = tempFolder();
    const toolchain = installed(["julia", "julia-debug", "lld"]);
    const { env } = tracedCommand(script, toolchain, tracing(folder));
    const home = join(folder, "home", "bin");
    expect(env).toMatchObject({ PREIMAGE_JULIA_HOME: home, PREIMAGE_REAL_JULIA: julia });
    for (const name of ["julia", "julia-debug"]) {
      expect(lstatSync(join(home, name)).isFile()).toBe(true);
      expect(statSync(join(home, name)).mode & 0o111).toBe(0o111);
    }
    expect(realpathSync(join(home, "lld"))).toBe(realpathSync(join(toolchain.bindir, "lld")));
    expect(realpathSync(join(home, "..", "share"))).toBe(realpathSync(join(toolchain.bindir, "..", "share")));
  });

  it("is found on PATH by a script, too", () => {
    const folder = tempFolder();
    const { env } = tracedCommand(script, installed(["julia"]), { ...tracing(folder), sysimage: "/tmp/sys.so" });
    expect(env?.PATH?.split(":")[0]).toBe(join(folder, "bin"));
    expect(env?.PREIMAGE_SYSIMAGE).toBe("/tmp/sys.so");
  });

  it("is found without a link for each program of /usr/bin", () => {
    const folder = tempFolder();
    const many = Array.from({ length: 100 }, (_, index) => `tool-${index}`);
    tracedCommand(script, installed(["julia", ...many]), tracing(folder));
    expect(readdirSync(join(folder, "home", "bin")).sort()).toEqual(["julia", "julia-debug"]);
  });

  it("is not looked for where the user does not want it", () => {
    const folder = tempFolder();
    expect(tracedCommand(make(), installed(["julia"]), plainly(folder)).env?.PREIMAGE_JULIA_HOME).toBeUndefined();
    expect(readdirSync(folder)).not.toContain("home");
  });
});

describe("tests", () => {
  const toolchain = { ...julia110, bindir: dirname(process.execPath) };

  it("are started by a Julia that is not traced, and finds the shim", () => {
    const folder = tempFolder();
    const workload: Workload = { kind: "test", subject: "App", package: "App", args: ["fast"], project: "/app" };
    const { program, args, env } = tracedCommand(workload, toolchain, { folder, workers: true });
    expect(program).toBe(julia);
    expect(args).toEqual(["--startup-file=no", "--project=/app", expect.stringMatching(/test\.jl$/), "App", "fast"]);
    const home = join(folder, "home", basename(toolchain.bindir));
    expect(env).toMatchObject({ PREIMAGE_TEST_HOME: home, PREIMAGE_JULIA_HOME: home });
    expect(env).not.toHaveProperty("JULIA_PROJECT");
  });

  it("are found by Pkg also where their workers are not to be traced", () => {
    const folder = tempFolder();
    const { args, env } = tracedCommand({ kind: "test", subject: "App", args: [] }, toolchain, plainly(folder));
    expect(args.slice(-1)).toEqual([""]);
    expect(env?.PREIMAGE_TEST_HOME).toBe(join(folder, "home", basename(toolchain.bindir)));
    expect(env?.PREIMAGE_JULIA_HOME).toBeUndefined();
  });
});

describe("a session", () => {
  it("is Julia's prompt behind the shim, with the options and the project asked for", () => {
    const folder = tempFolder();
    const session: Workload = { kind: "session", args: ["--threads", "4"], project: "/app" };
    expect(tracedCommand(session, julia110, plainly(folder))).toMatchObject({
      program: join(folder, "bin", "julia"),
      args: ["--threads", "4"],
      env: { JULIA_PROJECT: "/app", PREIMAGE_REAL_JULIA: julia },
    });
  });
});

describe("the shim", () => {
  /** Runs the shim before a Julia that prints its arguments, one to a line. */
  async function shimmed(args: readonly string[], sysimage?: string): Promise<{ args: string[]; trace: string }> {
    const folder = tempFolder();
    const home = join(tempFolder(), "a folder");
    mkdirSync(home);
    const fake = join(home, "julia");
    writeFileSync(fake, `#!/bin/sh\nfor word do printf '<%s>\\n' "$word"; done\n`);
    chmodSync(fake, 0o755);
    const { program, ...command } = tracedCommand(
      { kind: "command", words: ["julia", ...args] },
      { ...julia110, julia: fake },
      plainly(folder, sysimage),
    );
    const run = await runTool({ program, ...command }, { streams: { kind: "capture" } });
    if (!run.ok) throw new Error(JSON.stringify(run.error));
    const [trace = "", flag, recorder, ...rest] = run.value.stdout.split(">\n").map((line) => line.slice(1));
    expect([flag, recorder]).toEqual(["-L", recorderFile]);
    const path = trace.replace("--trace-compile=", "");
    expect(dirname(path)).toBe(folder);
    expect(existsSync(path)).toBe(true);
    return { args: rest.slice(0, -1), trace: path };
  }

  it("hands on every argument as it was, before it the trace of its own process", async () => {
    const words = ["--project=my app", "-e", 'println("a  b")', "", "*", "$HOME", "-J", "other.so", "it's"];
    expect((await shimmed(words)).args).toEqual(words);
  });

  it.each([
    ["a package's cache", ["--output-ji", "a.ji", "--output-incremental=yes", "-e", "1"]],
    ["a version", ["-q", "--version"]],
    ["what is interpreted", ["-O0", "--compile=min", "-e", "1"]],
  ])("does not trace %s", async (_, words) => {
    const folder = tempFolder();
    const command = tracedCommand(
      { kind: "command", words: ["julia", ...words] },
      { ...julia110, julia: "/bin/echo" },
      plainly(folder),
    );
    expect(await runTool(command, { streams: { kind: "capture" } })).toMatchObject({
      value: { stdout: `${words.join(" ")}\n` },
    });
    expect(tracedProcesses(folder).traceFiles).toEqual([]);
  });

  it("traces a program that has such words of its own", async () => {
    expect((await shimmed(["work.jl", "--version", "--output-ji", "--worker"])).args).toHaveLength(4);
  });

  it("lets a worker begin as it is, and knows it for one", async () => {
    const folder = tempFolder();
    const words = ["-Cnative", "--bind-to", "127.0.0.1", "--worker"];
    const command = tracedCommand(
      { kind: "command", words: ["julia", ...words] },
      { ...julia110, julia: "/bin/echo" },
      plainly(folder),
    );
    const run = await runTool(command, { streams: { kind: "capture" } });
    const [worker] = tracedProcesses(folder).processes;
    expect(worker).toMatchObject({ kind: "worker", pid: expect.any(Number) });
    expect(run).toMatchObject({ value: { stdout: `--trace-compile=${worker?.traceFile} ${words.join(" ")}\n` } });
  });

  it("writes a trace for each process, named by its number", async () => {
    const { trace } = await shimmed(["work.jl"]);
    expect(basename(trace)).toMatch(/^\d+\.jl$/);
  });

  it.each<readonly [string, readonly string[], readonly string[]]>([
    ["nothing to replace", ["work.jl"], ["work.jl"]],
    ["no argument at all", [], []],
    ["-J apart", ["-J", "old.so", "work.jl"], ["work.jl"]],
    ["-J attached", ["-Jold.so", "work.jl"], ["work.jl"]],
    ["--sysimage apart", ["--sysimage", "old.so", "work.jl"], ["work.jl"]],
    ["--sysimage attached", ["--sysimage=old.so", "work.jl"], ["work.jl"]],
    ["two of them", ["-J", "a.so", "--sysimage=b.so", "work.jl"], ["work.jl"]],
    ["other flags around it", ["--project=a b", "-J", "old.so", "-O3", "work.jl"], ["--project=a b", "-O3", "work.jl"]],
    ["the program's own flags", ["work.jl", "-J", "x", "--sysimage=y"], ["work.jl", "-J", "x", "--sysimage=y"]],
    ["a flag's value before it", ["-L", "init.jl", "-J", "old.so", "work.jl"], ["-L", "init.jl", "work.jl"]],
    ["code before it", ["-e", "1 + 1", "-J", "old.so"], ["-e", "1 + 1"]],
    ["code that looks like a flag", ["-e", "-J", "work.jl"], ["-e", "-J", "work.jl"]],
    ["threads before it", ["-t", "4", "-J", "old.so", "work.jl"], ["-t", "4", "work.jl"]],
    ["threads in words before it", ["--threads", "4", "-J", "old.so", "work.jl"], ["--threads", "4", "work.jl"]],
    ["a target before it", ["-C", "native", "-J", "old.so", "x.jl"], ["-C", "native", "x.jl"]],
    ["the end of the flags", ["--", "-J", "x"], ["--", "-J", "x"]],
    ["standard input as the program", ["-", "-J", "x"], ["-", "-J", "x"]],
    ["a flag without its value", ["-q", "-e"], ["-q", "-e"]],
    ["blanks everywhere", ["-J", "old image.so", "my work.jl", "a  b", ""], ["my work.jl", "a  b", ""]],
  ])("replaces the sysimage: %s", async (_, words, rest) => {
    expect((await shimmed(words, "/my images/sys.so")).args).toEqual(["--sysimage=/my images/sys.so", ...rest]);
  });

  it("stands before the julia that a command finds on PATH", async () => {
    const folder = tempFolder();
    const fake = join(tempFolder(), "julia");
    writeFileSync(fake, "#!/bin/sh\necho traced\n");
    chmodSync(fake, 0o755);
    const words = ["sh", "-c", "julia first.jl; julia second.jl"] as const;
    const command = tracedCommand(
      { kind: "command", words: [...words] },
      { ...julia110, julia: fake },
      plainly(folder),
    );
    expect(await runTool(command, { streams: { kind: "capture" } })).toMatchObject({
      ok: true,
      value: { stdout: "traced\ntraced\n" },
    });
    expect(tracedProcesses(folder).traceFiles).toHaveLength(2);
  });

  it("hands on the exit status", async () => {
    const fake = join(tempFolder(), "julia");
    writeFileSync(fake, "#!/bin/sh\nexit 7\n");
    chmodSync(fake, 0o755);
    const command = tracedCommand(
      { kind: "command", words: ["julia"] },
      { ...julia110, julia: fake },
      plainly(tempFolder(), "x.so"),
    );
    expect(await runTool(command, { streams: { kind: "capture" } })).toMatchObject({ ok: false, error: { status: 7 } });
  });

  it("keeps a Julia behind it that is a link", () => {
    const folder = tempFolder();
    const real = join(folder, "real-julia");
    writeFileSync(real, "#!/bin/sh\n");
    const link = join(folder, "julia");
    symlinkSync(real, link);
    const command = tracedCommand({ kind: "command", words: [link] }, julia110, plainly(tempFolder()));
    expect(command.env?.PREIMAGE_REAL_JULIA).toBe(real);
  });
});
