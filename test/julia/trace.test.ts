import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { finished, Rig, runToEnd, workloads } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

interface Run {
  readonly id: number;
  readonly name: string;
  readonly lines: number;
  readonly statements: number;
  readonly new: number;
  readonly damaged: number;
  readonly exitStatus?: number;
  readonly exitSignal?: string;
  readonly ioKind: string;
  readonly [column: string]: unknown;
}
interface Runs {
  readonly runs: readonly Run[];
}
interface Listed {
  readonly statements: readonly { readonly statement: string }[];
}

const misbehaving = (name: string): string => join(workloads, "misbehaving", name);
const tour = join(workloads, "stdlib-tour", "tour.jl");

async function appears(path: string): Promise<void> {
  while (!existsSync(path)) await pause(50);
}

async function statementsOf(rig: Rig, set: string): Promise<string[]> {
  return (await rig.json<Listed>(["list", set])).statements.map(({ statement }) => statement);
}

describe("a traced workload", () => {
  it("is recorded with its provenance", async () => {
    const rig = new Rig();
    const traced = await rig.run(["trace", "--name", "tour", "--tag", "suite=tests", tour]);
    expect(traced.status).toBe(0);
    expect(traced.stdout).toContain("Bergen");
    const run = await rig.json<Run & { packages: { name: string }[] }>(["runs", "show", "tour"]);
    expect(run).toMatchObject({
      name: "tour",
      kind: "trace",
      command: [tour],
      juliaVersion: "1.5.3",
      os: "Linux",
      ioKind: "pipe",
      exitStatus: 0,
      damaged: 0,
      tags: { suite: "tests" },
    });
    expect(run.sysimageDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(run.statements).toBeGreaterThan(80);
    expect(run.new).toBe(run.statements);
    expect(run.packages.map(({ name }) => name)).toEqual(expect.arrayContaining(["Dates", "Printf", "Statistics"]));
    expect(run.packages.map(({ name }) => name)).not.toContain("Weather");
  });

  it("brings the same statements again, none of them new", async () => {
    const rig = new Rig();
    const { runs } = await rig.json<Runs>(["trace", "--repeat", "2", "--stdout", "pipe", tour]);
    expect(runs.map((run) => run.new)).toEqual([runs[0]?.statements, 0]);
    const diff = await rig.run(["diff", "run:1", "run:2"]);
    expect(diff).toMatchObject({ status: 0, stdout: expect.stringContaining("0 only in run:1, 0 only in run:2") });
  });

  it("holds nothing of what records it", async () => {
    const rig = new Rig();
    await rig.run(["trace", misbehaving("silent.jl")]);
    const statements = await statementsOf(rig, "store");
    expect(statements.filter((statement) => /Preimage|record/.test(statement))).toEqual([]);
    // Julia's own start: its displays, its logger, its terminal.
    expect(statements).toHaveLength(3);
  });

  it("knows what belongs to the script from what belongs to a package", async () => {
    const rig = new Rig();
    await rig.run(["trace", tour]);
    const before = await statementsOf(rig, "store");
    expect(before.some((statement) => statement.includes("Weather."))).toBe(true);
    const pruned = await rig.run(["prune", "store", "--drop-main"]);
    expect(pruned.stdout).not.toMatch(/Weather\.|Main\./);
    expect(pruned.stdout).toContain("Dates.");
    expect(pruned.stderr).toMatch(/belongs to the script \d+/);
  });
});

describe("a workload that does not end well", () => {
  it.each([
    ["throws.jl", { exitStatus: 1 }, "ended with status 1"],
    ["exits.jl", { exitStatus: 3 }, "ended with status 3"],
    ["killed.jl", { exitSignal: "SIGKILL" }, "was stopped by SIGKILL"],
  ])("%s has its statements recorded", async (script, end, said) => {
    const rig = new Rig();
    const traced = await rig.run(["trace", misbehaving(script), "--format", "json"]);
    expect(traced.status).toBe(1);
    expect(traced.stderr).toContain(said);
    const { runs } = await rig.json<Runs>(["runs"]);
    expect(runs).toMatchObject([{ ...end, damaged: 0 }]);
    expect(runs[0]?.statements).toBeGreaterThan(5);
  });

  it("not-julia.jl is told by Julia itself", async () => {
    const rig = new Rig();
    const traced = await rig.run(["trace", misbehaving("not-julia.jl")]);
    expect(traced.status).toBe(1);
    expect(traced.stderr).toContain("syntax");
  });

  it.each([
    ["nowhere.jl", "PI920"],
    [".", "PI922"],
    ["binary.jl", "PI923"],
    ["--project=nowhere binary.jl", "PI921"],
    ["--sysimage=nowhere.so script.jl", "PI924"],
  ])("%s is refused before Julia starts", async (words, code) => {
    const rig = new Rig();
    rig.write("binary.jl", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]));
    rig.write("script.jl", "nothing\n");
    const traced = await rig.run(["trace", ...words.split(" ")]);
    expect(traced.status).toBe(2);
    expect(traced.stderr).toContain(code);
  });

  it.each([
    ["inherit", "SIGINT"],
    ["pipe", "SIGINT"],
    ["pipe", "SIGTERM"],
    ["inherit", "SIGHUP"],
  ] as const)("an interrupted one is recorded too (%s, %s)", async (streams, signal) => {
    const rig = new Rig();
    const mark = rig.path("ready");
    const script = rig.write("server.jl", `println(sum([1.5, 2.5])); touch(${JSON.stringify(mark)}); sleep(600)\n`);
    const child = rig.start(["trace", "--stdout", streams, script]);
    const end = finished(child);
    await appears(mark);
    child.kill(signal);
    expect((await end).status).toBe(130);
    const { runs } = await rig.json<Runs>(["runs"]);
    expect(runs).toHaveLength(1);
    expect(await statementsOf(rig, "store")).toContain("precompile(Tuple{typeof(Base.println), Float64})");
  });

  it("one that handles Ctrl-C is asked once, and may take its time", async () => {
    const rig = new Rig();
    const mark = rig.path("ready");
    const script = rig.write(
      "graceful.jl",
      [
        "ccall(:jl_exit_on_sigint, Cvoid, (Cint,), 0)",
        "try",
        `    touch(${JSON.stringify(mark)}); while true; sleep(0.1); end`,
        "catch error",
        '    println("caught ", error); sleep(4)',
        "end",
        'println("cleaned up")',
      ].join("\n"),
    );
    const child = rig.start(["trace", script]);
    const end = finished(child);
    await appears(mark);
    await pause(300);
    child.kill("SIGINT");
    const done = await end;
    expect(done.stdout).toBe("caught InterruptException()\ncleaned up\n");
    expect(await rig.json<Runs>(["runs"])).toMatchObject({ runs: [{ exitStatus: 0 }] });
  });
});

describe("the workload's own streams", () => {
  it("go through untouched, to the byte", async () => {
    const rig = new Rig();
    const script = misbehaving("writes-own-stdout.jl");
    const words = [script, "one", "--two", "--", "three four"];
    const { julia } = await realToolchain();
    const plain = await runToEnd(julia, ["--startup-file=no", ...words], rig, "line\u0000\n");
    const traced = await rig.run(["trace", ...words], { input: "line\u0000\n" });
    expect(traced.bytes.equals(plain.bytes)).toBe(true);
    expect(traced.bytes.includes(Buffer.from([0xff]))).toBe(true);
    for (const word of ["one", "--two", "three four", "line\u0000"]) expect(traced.stdout).toContain(word);
    for (const line of plain.stderr.split("\n")) expect(traced.stderr).toContain(line);
    // The statements that the workload prints itself are its output, not its trace.
    expect((await statementsOf(rig, "store")).join("\n")).not.toMatch(/decoy/i);
  });

  it("decide which types print", async () => {
    const rig = new Rig();
    rig.write("prints.jl", "println(1.5)\n");
    for (const kind of ["pipe", "file", "tty"])
      await rig.run(["trace", "--name", kind, "--stdout", kind, rig.path("prints.jl")]);
    const text = async (kind: string): Promise<string> => (await statementsOf(rig, `run:${kind}`)).join("\n");
    expect(await text("pipe")).toContain("typeof(Base.println), Base.PipeEndpoint");
    expect(await text("file")).toContain("typeof(Base.println), Base.IOStream");
    expect(await text("tty")).toContain("typeof(Base.println), Base.TTY");
  });
});

describe("any command that starts Julia", () => {
  it("is traced in every Julia process of it", async () => {
    const rig = new Rig();
    rig.write("one.jl", "println(sum([1.5, 2.5]))\n");
    rig.write("two.jl", "println(reverse([0x01, 0x02]))\n");
    const traced = await rig.run(["trace", "--name", "both", "--", "sh", "-c", "julia one.jl; julia two.jl 'a b'"]);
    expect(traced.stderr).not.toContain("error");
    expect(traced.status).toBe(0);
    const statements = (await statementsOf(rig, "run:both")).join("\n");
    expect(statements).toContain("typeof(Base.println), Float64");
    expect(statements).toContain("typeof(Base.reverse), Array{UInt8, 1}");
  });

  it("is recorded with what Julia's standard output was, not ours", async () => {
    const rig = new Rig();
    const { runs } = await rig.json<Runs>(["trace", "--", "sh", "-c", "julia -e 'println(1.5)' >out.txt"]);
    expect(runs).toMatchObject([{ ioKind: "file" }]);
  });

  it("and a Julia file behind the dashes is told where it belongs", async () => {
    const rig = new Rig();
    rig.write("app.jl", "nothing\n");
    expect((await rig.run(["trace", "--", "app.jl"])).stderr).toContain("put a Julia file before the `--`");
  });

  it("and one that starts none is told so", async () => {
    const traced = await new Rig().run(["trace", "--", "sh", "-c", "exit 0"]);
    expect(traced.status).toBe(3);
    expect(traced.stderr).toContain("started no Julia");
  });

  it("and one that does not exist", async () => {
    const traced = await new Rig().run(["trace", "--", "no-such-command-anywhere"]);
    expect(traced.status).toBe(3);
    expect(traced.stderr).toContain("`no-such-command-anywhere` was not found");
  });
});

describe("one store", () => {
  it("takes two traces at once", async () => {
    const rig = new Rig();
    const both = await Promise.all([
      rig.run(["trace", "--name", "a", tour]),
      rig.run(["trace", "--name", "b", misbehaving("exits.jl")]),
    ]);
    expect(
      both.map(({ status }) => status),
      both.map(({ stderr }) => stderr).join("\n"),
    ).toEqual([0, 1]);
    const { runs } = await rig.json<Runs>(["runs"]);
    expect(runs.map((run) => run.name).sort()).toEqual(["a", "b"]);
  });

  it("keeps what it has when a trace is killed", async () => {
    const rig = new Rig();
    await rig.run(["trace", "--name", "first", misbehaving("exits.jl")]);
    const script = rig.write("slow.jl", 'println(sum([1.5])); println("ready"); flush(stdout); sleep(20)\n');
    const child = rig.start(["trace", script]);
    const end = finished(child);
    await new Promise<void>((resolve) =>
      child.stdout?.on("data", (data: Buffer) => data.includes("ready") && resolve()),
    );
    child.kill("SIGKILL");
    await pause(50);
    const { runs } = await rig.json<Runs>(["runs"]);
    expect(runs.map((run) => run.name)).toEqual(["first"]);
    child.stdout?.destroy();
    child.stderr?.destroy();
    await end;
  });
});
