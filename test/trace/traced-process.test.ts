import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runTool } from "../../src/support/run-tool.ts";
import {
  cutRecorder,
  plainCommand,
  processRecord,
  recorderFile,
  tracedCommand,
  tracedProcesses,
  type Workload,
  warmCommand,
} from "../../src/trace/traced-process.ts";
import { tempFolder } from "../temp-folder.ts";
import { julia110 } from "../toolchains.ts";

const script: Workload & { kind: "script" } = { kind: "script", script: "work.jl", args: ["--fast", "a b"] };
const { julia, baseSysimage } = julia110;

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
    const command = tracedCommand({ ...script, project: "app" }, julia110, folder, asked);
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

describe("a command", () => {
  const make: Workload = { kind: "command", words: ["make", "-j", "two words"] };

  it("finds the shim before any other julia", () => {
    vi.stubEnv("PATH", "/usr/bin:/bin");
    const folder = tempFolder();
    expect(tracedCommand(make, julia110, folder, undefined)).toEqual({
      program: "make",
      args: ["-j", "two words"],
      env: {
        PREIMAGE_TRACE_FOLDER: folder,
        PATH: `${join(folder, "bin")}:/usr/bin:/bin`,
        PREIMAGE_REAL_JULIA: julia,
        PREIMAGE_RECORDER: recorderFile,
        PREIMAGE_SYSIMAGE: undefined,
      },
    });
    expect(statSync(join(folder, "bin", "julia")).mode & 0o111).toBe(0o111);
  });

  it("is told the sysimage and the project where the user named them", () => {
    const { env } = tracedCommand({ ...make, project: "/app" }, julia110, tempFolder(), "/tmp/sys.so");
    expect(env).toMatchObject({ PREIMAGE_SYSIMAGE: "/tmp/sys.so", JULIA_PROJECT: "/app" });
    expect(tracedCommand(make, julia110, tempFolder(), undefined).env).not.toHaveProperty("JULIA_PROJECT");
  });

  it("that is julia itself becomes the shim, with the Julia of the toolchain behind it", () => {
    const folder = tempFolder();
    const command = tracedCommand({ kind: "command", words: ["julia", "-e", "1"] }, julia110, folder, undefined);
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
    const command = tracedCommand({ kind: "command", words: [other, "work.jl"] }, julia110, folder, undefined);
    expect(command).toMatchObject({
      program: join(folder, "bin", "julia"),
      args: ["work.jl"],
      env: { PREIMAGE_REAL_JULIA: other },
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
      folder,
      sysimage,
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
      folder,
      undefined,
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
      tempFolder(),
      "x.so",
    );
    expect(await runTool(command, { streams: { kind: "capture" } })).toMatchObject({ ok: false, error: { status: 7 } });
  });

  it("keeps a Julia behind it that is a link", () => {
    const folder = tempFolder();
    const real = join(folder, "real-julia");
    writeFileSync(real, "#!/bin/sh\n");
    const link = join(folder, "julia");
    symlinkSync(real, link);
    const command = tracedCommand({ kind: "command", words: [link] }, julia110, tempFolder(), undefined);
    expect(command.env?.PREIMAGE_REAL_JULIA).toBe(real);
  });
});

describe("what traced processes leave behind", () => {
  const record = [
    "version\t1.10.8",
    "sysimage\t/usr/lib/julia/sys.so",
    "project\t",
    "package\tDates\tade2ca70-3891-5945-98fb-dc099432e06a",
    "package\tMain\t",
    "",
  ].join("\n");

  it("is read as facts and packages", () => {
    const { said, packages } = processRecord(record);
    expect([...said]).toEqual([
      ["version", "1.10.8"],
      ["sysimage", "/usr/lib/julia/sys.so"],
      ["project", ""],
    ]);
    expect(packages).toEqual([
      { name: "Dates", uuid: "ade2ca70-3891-5945-98fb-dc099432e06a" },
      { name: "Main", uuid: "" },
    ]);
  });

  it("is taken in the order in which the processes started", () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "bin"));
    for (const name of ["100.jl", "20.jl", "3.jl", "100.record", "20.record", "output.txt"]) {
      writeFileSync(join(folder, name), name.endsWith(".record") ? `version\t${name}\n` : "");
    }
    const { traceFiles, records } = tracedProcesses(folder);
    expect(traceFiles.map((path) => basename(path))).toEqual(["3.jl", "20.jl", "100.jl"]);
    expect(records.map(({ said }) => said.get("version"))).toEqual(["20.record", "100.record"]);
  });

  it("may be nothing", () => {
    const folder = tempFolder();
    tracedCommand({ kind: "command", words: ["true"] }, julia110, folder, undefined);
    expect(readdirSync(folder)).toEqual(["bin"]);
    expect(tracedProcesses(folder)).toEqual({ traceFiles: [], records: [] });
  });
});

describe("what Julia compiles for the recorder", () => {
  const mark = (name: string): string =>
    `precompile(Tuple{typeof(Main.PreimageRecorder.${name}), Base.RefValue{Int64}})`;
  const kept = (lines: readonly string[]): string[] => {
    const keep = cutRecorder();
    return lines.filter((line) => keep(Buffer.from(line)));
  };

  it("is cut out, and the workload's own is not", () => {
    const lines = [
      "before",
      mark("start_opens"),
      "of the start",
      mark("start_closes"),
      "of the workload",
      "precompile(Tuple{typeof(Main.PreimageRecorder.record)})",
      "of the end",
      mark("end_closes"),
      "at exit",
    ];
    expect(kept(lines)).toEqual(["before", "of the workload", "at exit"]);
  });

  it("is cut out also where the process was killed before it could end", () => {
    expect(kept([mark("start_opens"), "of the start", mark("start_closes"), "of the workload"])).toEqual([
      "of the workload",
    ]);
  });

  it("begins anew in each file", () => {
    expect(kept([mark("start_opens"), "of the start"])).toEqual([]);
    expect(kept(["of the workload"])).toEqual(["of the workload"]);
  });
});
