import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { observeTool, type RunOptions, runTool, type ToolCommand } from "../../src/support/run-tool.ts";
import { shellText } from "../../src/support/shell-text.ts";
import { tempFolder } from "../temp-folder.ts";

const capture: RunOptions = { streams: { kind: "capture" } };
const sh = (script: string, more: Partial<ToolCommand> = {}): ToolCommand => ({
  program: "sh",
  args: ["-c", script],
  ...more,
});

describe("how a tool ended", () => {
  it("is a value when all went well", async () => {
    const run = await runTool(sh("printf out; printf err >&2"), capture);
    expect(run).toMatchObject({ ok: true, value: { status: 0, signal: null, stdout: "out", stderr: "err" } });
  });

  it("keeps the exit status", async () => {
    const command = sh("exit 3");
    expect(await observeTool(command, capture)).toMatchObject({ ok: true, value: { status: 3, signal: null } });
    expect(await runTool(command, capture)).toEqual({
      ok: false,
      error: { reason: "exit-status", command, status: 3, output: "" },
    });
  });

  it("keeps the signal", async () => {
    const command = sh("printf dying; kill -KILL $$");
    expect(await observeTool(command, capture)).toMatchObject({ ok: true, value: { status: null, signal: "SIGKILL" } });
    expect(await runTool(command, capture)).toEqual({
      ok: false,
      error: { reason: "signal", command, signal: "SIGKILL", output: "dying" },
    });
  });

  it("tells the last twenty lines that a failing tool printed", async () => {
    const run = await runTool(sh("for i in $(seq 1 50); do echo line $i; done; exit 1"), capture);
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 31}`);
    expect(run).toMatchObject({ ok: false, error: { output: lines.join("\n") } });
  });

  it.each([
    ["a program that is nowhere", "preimage-no-such-program", "ENOENT"],
    ["a file that is no program", "/etc/passwd", "EACCES"],
    ["a path below a file", "/etc/passwd/cc", "ENOTDIR"],
  ])("is not-started for %s", async (_, program, errno) => {
    const command = { program, args: [] };
    expect(await observeTool(command, capture)).toEqual({
      ok: false,
      error: { reason: "not-started", command, errno },
    });
  });

  it("is not-started for a command line that the system finds too long", async () => {
    const run = await observeTool({ program: "true", args: ["x".repeat(4_000_000)] }, capture);
    expect(run).toMatchObject({ ok: false, error: { reason: "not-started", errno: "E2BIG" } });
  });
});

describe("a tool's streams", () => {
  it("take input", async () => {
    const run = await runTool({ program: "cat", args: [] }, { streams: { kind: "capture", input: "αβγ\n" } });
    expect(run).toMatchObject({ ok: true, value: { stdout: "αβγ\n" } });
  });

  it("may be left unread", async () => {
    const input = "x".repeat(1_000_000);
    expect(await runTool(sh("exit 0"), { streams: { kind: "capture", input } })).toMatchObject({ ok: true });
  });

  it("have nothing to read where no input is given", async () => {
    expect(await runTool({ program: "cat", args: [] }, capture)).toMatchObject({ ok: true, value: { stdout: "" } });
  });

  it("keep a character whole that comes in two parts", async () => {
    const run = await runTool(sh("printf '\\303'; sleep 0.1; printf '\\251'"), capture);
    expect(run).toMatchObject({ ok: true, value: { stdout: "é" } });
  });

  it("go to a file in the order they come, after what it held", async () => {
    const path = join(tempFolder(), "log");
    writeFileSync(path, "before\n");
    const run = await runTool(sh("echo one; echo two >&2; echo three"), { streams: { kind: "file", path } });
    expect(run).toMatchObject({ ok: true, value: { stdout: "", stderr: "" } });
    expect(readFileSync(path, "utf8")).toBe("before\none\ntwo\nthree\n");
  });

  it("can be dropped", async () => {
    const run = await runTool(sh("echo one; echo two >&2"), { streams: { kind: "discard" } });
    expect(run).toMatchObject({ ok: true, value: { stdout: "", stderr: "" } });
  });
});

describe("a tool's surroundings", () => {
  it("add to the environment, and remove what is undefined", async () => {
    vi.stubEnv("PREIMAGE_TEST_KEPT", "kept");
    vi.stubEnv("PREIMAGE_TEST_GONE", "still here");
    const print = ["KEPT", "GONE", "NEW"].map((name) => `\${PREIMAGE_TEST_${name}-absent}`).join(" ");
    const env = { PREIMAGE_TEST_GONE: undefined, PREIMAGE_TEST_NEW: "new" };
    const run = await runTool(sh(`echo "${print}"`, { env }), capture);
    vi.unstubAllEnvs();
    expect(run).toMatchObject({ ok: true, value: { stdout: "kept absent new\n" } });
  });

  it("are the folder asked for", async () => {
    const cwd = tempFolder();
    expect(await runTool(sh("pwd -P", { cwd }), capture)).toMatchObject({ ok: true, value: { stdout: `${cwd}\n` } });
  });
});

describe("aborting", () => {
  const waits = `echo $$ >"$FOLDER/parent"; sh -c 'echo $$ >"$FOLDER/child"; sleep 300' & wait`;
  /** Its child takes no notice of SIGTERM. */
  const stubborn = `sh -c 'trap "" TERM; echo $$ >"$FOLDER/child"; while :; do sleep 0.1; done' & echo $$ >"$FOLDER/parent"; wait`;
  const leaves = `echo $$ >"$FOLDER/parent"; sh -c 'echo $$ >"$FOLDER/child"; sleep 300' & exit 0`;

  async function abortWhenBothRun(script: string, streams: (folder: string) => RunOptions["streams"]) {
    const folder = tempFolder();
    const pid = (name: string): number => Number(readFileSync(join(folder, name), "utf8"));
    const controller = new AbortController();
    const running = observeTool(sh(script, { env: { FOLDER: folder } }), {
      streams: streams(folder),
      abort: controller.signal,
    });
    await vi.waitFor(() => expect(["parent", "child"].map(pid).every((id) => id > 0)).toBe(true), { timeout: 10_000 });
    controller.abort();
    return { end: await running, processes: ["parent", "child"].map(pid) };
  }

  const toFile = (folder: string) => ({ kind: "file", path: join(folder, "log") }) as const;
  const captured = () => ({ kind: "capture" }) as const;

  it.each([
    ["a tool that waits for its child", waits, captured],
    ["a tool that waits for its child, with output to a file", waits, toFile],
    ["a child that takes no notice of the request", stubborn, captured],
    ["a child that takes no notice, with output to a file", stubborn, toFile],
    ["a child whose parent has ended already", leaves, captured],
  ])("ends %s", async (_, script, streams) => {
    const { end, processes } = await abortWhenBothRun(script, streams);
    expect(end).toMatchObject({ ok: false, error: { reason: "interrupted" } });
    await vi.waitFor(() => expect(processes.filter(isRunning)).toEqual([]), { timeout: 10_000 });
  });

  it("beforehand starts nothing", async () => {
    const mark = join(tempFolder(), "mark");
    const run = await observeTool(sh(`touch '${mark}'`), { ...capture, abort: AbortSignal.abort() });
    expect(run).toMatchObject({ ok: false, error: { reason: "interrupted" } });
    expect(existsSync(mark)).toBe(false);
  });

  it("afterwards changes nothing", async () => {
    const controller = new AbortController();
    const run = await observeTool(sh("exit 0"), { ...capture, abort: controller.signal });
    controller.abort();
    expect(run).toMatchObject({ ok: true, value: { status: 0 } });
  });
});

describe("a limit", () => {
  it("of time ends the tool and what it started", async () => {
    const mark = join(tempFolder(), "pid");
    const run = await observeTool(sh(`sleep 60 & echo $! > '${mark}'; wait`), { ...capture, limits: { timeMs: 400 } });
    expect(run).toMatchObject({ ok: false, error: { reason: "over-limit", over: { limit: "time", timeMs: 400 } } });
    expect(isRunning(Number(readFileSync(mark, "utf8")))).toBe(false);
  });

  it("of memory counts what the tool started", async () => {
    const eats = `${process.execPath} -e 'const a = Buffer.alloc(3e8, 1); setTimeout(() => a, 60000)' & wait`;
    const run = await observeTool(sh(eats), { ...capture, limits: { memoryBytes: 250_000_000 } });
    expect(run).toMatchObject({ ok: false, error: { reason: "over-limit", over: { limit: "memory" } } });
  });

  it("that is not reached changes nothing", async () => {
    const limits = { timeMs: 60_000, memoryBytes: 10_000_000_000 };
    expect(await observeTool(sh("exit 4"), { ...capture, limits })).toMatchObject({ ok: true, value: { status: 4 } });
  });
});

/** A zombie that nobody has collected yet does not run. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

describe("a command as text", () => {
  it.each([
    [["julia", "--project=@.", "a/b.jl"], "julia --project=@. a/b.jl"],
    [["cc", "two words"], "cc 'two words'"],
    [["cc", "it's"], "cc 'it'\\''s'"],
    [["cc", ""], "cc ''"],
    [["cc", "$HOME", "a;b", "*"], "cc '$HOME' 'a;b' '*'"],
  ])("%j can be typed", ([program = "", ...args], text) => {
    expect(shellText({ program, args })).toBe(text);
  });

  it("means the same to a shell", async () => {
    const words = ["a b", "it's", "", "$HOME", '"', "\\", "`id`", "new\nline", "-x", "é"];
    const text = shellText({ program: "printf", args: ["%s\\0", ...words] });
    const run = await runTool(sh(text), capture);
    expect(run.ok && run.value.stdout.split("\0").slice(0, -1)).toEqual(words);
  });
});
