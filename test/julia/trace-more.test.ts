import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { RecordedProcess } from "../../src/statement/provenance.ts";
import { type Finished, finished, Rig, repository, workloads } from "../rig.ts";
import { call } from "../samples.ts";
import { onTerminal, type Typed } from "./terminal.ts";
import { realToolchain } from "./toolchain.ts";

interface Run {
  readonly name: string;
  readonly command: readonly string[];
  readonly ioKind: string;
  readonly exitStatus?: number;
  readonly damaged: number;
  readonly packages: readonly { readonly name: string }[] | null;
  readonly processes: readonly RecordedProcess[];
}

const showRun = (rig: Rig): Promise<Run> => rig.json<Run>(["runs", "show", "1"]);

async function statementsOf(rig: Rig, set: string): Promise<string[]> {
  const { statements } = await rig.json<{ statements: { statement: string }[] }>(["list", set]);
  return statements.map(({ statement }) => statement);
}

function succeeded(done: Finished): Finished {
  expect(`${done.status} ${done.stderr}`).toMatch(/^0 /);
  return done;
}

const sumOf = (type: string): string => call("Base.sum", `Array{${type}, 1}`);

describe("workers and other Julias that Julia starts", () => {
  const script = `
    using Distributed
    addprocs(2)
    @everywhere total(numbers) = sum(numbers)
    println(fetch.([remotecall(total, 2, Float16[1]), remotecall(total, 3, Float32[1])]))
    println(read(\`$(Base.julia_cmd()) -e 'sum(Int8[1])'\`, String))
    println(read(\`julia --startup-file=no -e 'sum(Int16[1])'\`, String))
    sum(UInt8[1])
  `;
  const totalOf = (type: string): string => call("Main.total", `Array{${type}, 1}`);

  it("are traced, each on its own, and known by who compiled what", async () => {
    const rig = new Rig();
    rig.write("app.jl", script);
    succeeded(await rig.run(["trace", "app.jl"]));
    const { processes, damaged, packages } = await showRun(rig);
    expect(damaged).toBe(0);
    expect(processes.map(({ kind, program }) => [kind, program])).toEqual([
      ["julia", "app.jl"],
      ["worker", undefined],
      ["worker", undefined],
      ["julia", undefined],
      ["julia", undefined],
    ]);
    expect(new Set(processes.map(({ pid }) => pid)).size).toBe(5);
    expect(packages?.map(({ name }) => name)).toContain("Distributed");
    const workers = await statementsOf(rig, "run:app/worker");
    expect(workers).toEqual(expect.arrayContaining([totalOf("Float16"), totalOf("Float32")]));
    for (const type of ["Int8", "Int16", "UInt8"]) expect(workers).not.toContain(sumOf(type));
    expect(await statementsOf(rig, "run:1/4")).toContain(sumOf("Int8"));
    expect(await statementsOf(rig, "run:1/5")).toContain(sumOf("Int16"));
    expect(await statementsOf(rig, "run:1/1")).toContain(sumOf("UInt8"));
    // The recorder is in none of them.
    expect((await statementsOf(rig, "store")).filter((statement) => statement.includes("Preimage"))).toEqual([]);
    const shown = await rig.run(["show", sumOf("Int8")]);
    expect(shown.stdout).toMatch(/run 1 \(app\), line \d+, process 4/);
    const none = await rig.run(["list", "run:app/9"]);
    expect(none).toMatchObject({ status: 2, stderr: expect.stringContaining("PI916") });
  });

  it("are not, where the user does not want it", async () => {
    const rig = new Rig();
    // Without preimage there need be no `julia` on PATH.
    rig.write("app.jl", script.replace(/.*`julia .*/, ""));
    succeeded(await rig.run(["trace", "--no-workers", "app.jl"]));
    expect((await showRun(rig)).processes).toMatchObject([{ kind: "julia", program: "app.jl" }]);
    const statements = await statementsOf(rig, "store");
    for (const statement of [totalOf("Float16"), totalOf("Float32"), sumOf("Int8")])
      expect(statements).not.toContain(statement);
  });

  it("are traced where `julia -p` starts them before the program", async () => {
    const rig = new Rig();
    rig.write("app.jl", "println(fetch(remotecall(sum, 2, Float16[1])))\n");
    succeeded(await rig.run(["trace", "--", "julia", "-p", "1", "app.jl"]));
    expect((await showRun(rig)).processes.map(({ kind }) => kind)).toEqual(["julia", "worker"]);
    expect(await statementsOf(rig, "run:1/worker")).toContain(sumOf("Float16"));
  });

  it("do not have a package's cache written with the trace on", async () => {
    const rig = new Rig();
    const depot = `${rig.path("depot")}:`;
    rig.write("app.jl", "using Shapes\nprintln(area(Circle()))\n");
    cpSync(join(workloads, "shapes"), rig.path("shapes"), { recursive: true });
    const words = ["trace", "--no-warm", "--project", "shapes", "app.jl"];
    succeeded(await rig.run(words, { env: { JULIA_DEPOT_PATH: depot } }));
    expect((await showRun(rig)).processes).toHaveLength(1);
  });
});

describe("a package's tests", () => {
  function tested(tests?: string): Rig {
    const rig = new Rig();
    cpSync(join(workloads, "shapes"), rig.folder, { recursive: true });
    if (tests !== undefined) writeFileSync(rig.path("test/runtests.jl"), tests);
    // Pkg asks for a registry, and there is no network: an empty one does.
    const registry = rig.path("depot/registries/Empty");
    mkdirSync(registry, { recursive: true });
    const text = 'name = "Empty"\nuuid = "8f7a1c52-5f3a-4d0b-9f57-0d7d8c1b1a10"\nrepo = ""\n\n[packages]\n';
    writeFileSync(join(registry, "Registry.toml"), text);
    return rig;
  }
  const env = (rig: Rig) => ({ JULIA_DEPOT_PATH: `${rig.path("depot")}:`, JULIA_PROJECT: "" });

  it("run with what they depend on, and are recorded", async () => {
    const rig = tested();
    const done = succeeded(await rig.run(["trace", "--test"], { env: env(rig) }));
    expect(done.stdout).toContain("92     92");
    const run = await showRun(rig);
    expect(run).toMatchObject({ name: "Shapes-tests", exitStatus: 0, damaged: 0, processes: [{ kind: "julia" }] });
    expect(run.command.slice(2)).toEqual(["-e", "using Pkg; Pkg.test()"]);
    expect(run.packages?.map(({ name }) => name)).toEqual(expect.arrayContaining(["Shapes", "Test"]));
    const statements = (await statementsOf(rig, "store")).join("\n");
    expect(statements).toContain("Shapes.");
    // What Pkg itself compiled is nothing of the tests.
    expect(statements).not.toMatch(/Pkg\.|Preimage/);
  });

  it("are traced without what it takes to write the package's cache, where there is none yet", async () => {
    const rig = tested();
    const { julia } = await realToolchain();
    const env = { HOME: rig.folderOf("home"), PREIMAGE_JULIA: julia, JULIA_PROJECT: "" };
    succeeded(await rig.run(["trace", "--test"], { env }));
    const statements = (await statementsOf(rig, "store")).join("\n");
    expect(statements).toContain("Shapes.");
    expect(statements).not.toMatch(/compilecache|create_expr_cache|CmdRedirect/);
  });

  it("that fail are recorded, and told by the exit code; they get their arguments and their workers are traced", async () => {
    const tests = `
      using Test, Distributed
      addprocs(1)
      @test ARGS == ["--quick", "a b"]
      @test fetch(remotecall(sum, 2, Float16[1])) == 2
    `;
    const rig = tested(tests);
    const projectFile = rig.read("Project.toml").replace('test = ["Test"]', 'test = ["Test", "Distributed"]');
    const extra = '[extras]\nDistributed = "8ba89e20-285c-5b6f-9357-94700520ee1b"';
    rig.write("Project.toml", projectFile.replace("[extras]", extra));
    const done = await rig.run(["trace", "--test", "Shapes", "--project", ".", "--", "--quick", "a b"], {
      env: env(rig),
    });
    expect(done.stderr).toContain("PI309");
    expect(done.status).toBe(1);
    expect(done.stdout).toMatch(/Test Failed/);
    expect(done.stdout).toContain("fetch(remotecall");
    const run = await showRun(rig);
    expect(run).toMatchObject({ exitStatus: 1, processes: [{ kind: "julia" }, { kind: "worker" }] });
    expect(await statementsOf(rig, "run:Shapes-tests/worker")).toContain(sumOf("Float16"));
  });

  it("that are not there are told so", async () => {
    const rig = tested();
    const done = await rig.run(["trace", "--test", "NoSuchPackage", "--stdout", "pipe"], { env: env(rig) });
    expect(done.status).toBe(3);
    expect(done.stderr).toMatch(/PI313.*the tests of `NoSuchPackage` did not begin/);
    expect(done.stderr).toMatch(/^ {4}.*NoSuchPackage/m);
    expect((await rig.json<{ runs: unknown[] }>(["runs"])).runs).toEqual([]);
  });
});

describe("a terminal of its own", () => {
  it("is what the workload's streams are, and what it prints there is shown", async () => {
    const rig = new Rig();
    rig.write(
      "app.jl",
      "println(typeof(stdin), typeof(stdout), typeof(stderr)); println(2 * parse(Int, readline()))\n",
    );
    const done = succeeded(await rig.run(["trace", "--tty", "app.jl"], { input: "21\n" }));
    expect(done.stdout).toContain("Base.TTYBase.TTYBase.TTY\r\n");
    expect(done.stdout).toContain("42\r\n");
    expect((await showRun(rig)).ioKind).toBe("tty");
    expect((await statementsOf(rig, "store")).join("\n")).toContain("typeof(Base.println), Base.TTY");
  });

  it("and a kind of standard output exclude each other", async () => {
    const rig = new Rig();
    rig.write("app.jl", "1\n");
    const done = await rig.run(["trace", "--tty", "--stdout", "pipe", "app.jl"]);
    expect(done).toMatchObject({ status: 2, stderr: expect.stringContaining("--tty") });
  });

  it("that cannot be made is refused before Julia starts", async () => {
    const rig = new Rig();
    rig.write("app.jl", "1\n");
    const { julia } = await realToolchain();
    const env = { PATH: dirname(process.execPath), PREIMAGE_JULIA: julia };
    const done = await rig.run(["trace", "--tty", "app.jl"], { env });
    expect(done).toMatchObject({ status: 3, stderr: expect.stringContaining("PI312") });
  });
});

describe("a session at Julia's prompt", () => {
  it("is the user's own, Ctrl-C and Ctrl-D included, and recorded when it ends", async () => {
    const rig = new Rig();
    const prompt = "julia> ";
    const typed: Typed[] = [
      { after: prompt, keys: "sum(Float16[1.5, 2])\r" },
      { after: "3.5" },
      { after: prompt, keys: "sleep(100)\r" },
      { after: "sleep(100)", keys: "\x03", waitMs: 2_000 },
      // Twice, as what preimage started elsewhere it kills when it is asked twice.
      { after: "InterruptException" },
      { after: prompt, keys: "while true; sleep(0.01); end\r" },
      { after: "while true", keys: "\x03", waitMs: 2_000 },
      { after: "InterruptException" },
      { after: prompt, keys: "typ\x03" },
      { after: "^C" },
      { after: prompt, keys: "\x04" },
    ];
    const launcher = join(repository, "bin", "preimage.js");
    const { status, output } = await onTerminal([process.execPath, launcher, "trace", "--repl"], typed, rig);
    expect(output).toContain("Float16(3.5)");
    expect(status, output).toBe(0);
    expect(await showRun(rig)).toMatchObject({ name: "session", ioKind: "tty", exitStatus: 0, processes: [{}] });
    expect(await statementsOf(rig, "store")).toContain(sumOf("Float16"));
  });

  it("takes Julia's own options", async () => {
    const rig = new Rig();
    const words = ["trace", "--repl", "--name", "quick", "--", "--startup-file=no", "--banner=no", "-O1"];
    succeeded(await rig.run(words, { input: "println(Base.JLOptions().opt_level + sum(Int8[1]))\n" }));
    const run = await rig.json<Run>(["runs", "show", "quick"]);
    expect(run.command).toEqual(["julia", "--startup-file=no", "--banner=no", "-O1"]);
    expect(await statementsOf(rig, "store")).toContain(sumOf("Int8"));
  });

  it("is nothing but that", async () => {
    const rig = new Rig();
    expect((await rig.run(["trace", "--repl", "--tty"])).status).toBe(2);
    expect((await rig.run(["trace", "--repl", "--test"])).status).toBe(2);
    expect(await rig.run(["trace"])).toMatchObject({ status: 2, stderr: expect.stringContaining("no workload") });
  });
});

// A Python that embeds Julia as juliacall does; juliacall itself is not to be had here.
describe("a Python that embeds Julia", () => {
  const python = fileURLToPath(new URL("python", import.meta.url));

  async function traced(rig: Rig, env: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const { libraryFolders } = await realToolchain();
    cpSync(python, rig.folder, { recursive: true });
    // The wrapper of the private toolchain sets it for Julia; here Python is Julia's process.
    const LD_LIBRARY_PATH = libraryFolders.join(":");
    const child = rig.start(["trace", "--", "python3", "app.py"], { LD_LIBRARY_PATH, ...env });
    return finished(child);
  }

  it("is traced in each of its processes", async () => {
    const rig = new Rig();
    expect(succeeded(await traced(rig)).stdout).toBe("1.5\n");
    const run = await showRun(rig);
    expect(run).toMatchObject({ name: "python3", juliaVersion: "1.5.3", damaged: 0 });
    // Asking a Julia where it is, as juliacall does, compiles nothing that the application needs.
    expect(run.processes.map(({ kind }) => kind)).toEqual(["python", "python", "python"]);
    const each = await Promise.all([1, 2, 3].map((number) => statementsOf(rig, `run:1/${number}`)));
    expect(each.map((statements) => statements.filter((each) => each.includes("Base.sum")))).toEqual([
      [sumOf("Int16")],
      [sumOf("Int8")],
      [sumOf("Float16")],
    ]);
    expect((await statementsOf(rig, "store")).join("\n")).not.toContain("Preimage");
  });

  it("keeps what it loads by itself otherwise", async () => {
    const rig = new Rig();
    mkdirSync(rig.path("site"));
    rig.write("site/sitecustomize.py", 'import sys\nprint("customized", file=sys.stderr)\n');
    const done = succeeded(await traced(rig, { PYTHONPATH: rig.path("site") }));
    expect(done.stderr.match(/customized/g)?.length).toBeGreaterThanOrEqual(2);
  });
});
