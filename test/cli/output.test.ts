import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { finished, Rig, repository, runToEnd } from "../rig.ts";

const launcher = join(repository, "bin", "preimage.js");

/** Far more than a pipe holds. */
const list = Array.from(
  { length: 40_000 },
  (_, n) => `precompile(Tuple{typeof(App.größe${n}), Array{Int64, 1}})\n`,
).sort();

async function withList(): Promise<{ rig: Rig; text: string }> {
  const rig = new Rig();
  rig.write("list.jl", list.join(""));
  const { stdout, status } = await rig.run(["list", "list.jl"]);
  expect(status).toBe(0);
  expect(stdout.split("\n").sort().slice(1)).toHaveLength(list.length);
  expect(stdout.length).toBeGreaterThan(2_000_000);
  return { rig, text: stdout };
}

const inShell = (script: string, rig: Rig) => runToEnd("sh", ["-c", script, process.execPath, launcher], rig);

/** Runs a program of Node with a standard output that says so when it is full, instead of having one wait. */
const nonBlocking = `
  process.stdout.write("");
  process.execve(process.execPath, [process.execPath, ...process.argv.slice(2)], process.env);
`;

it("writes all of it to a file, to a slow reader, and to a pipe that has none wait", async () => {
  const { rig, text } = await withList();
  rig.write("nonblocking.mjs", nonBlocking);
  const toFile = await inShell('"$0" "$1" list list.jl >out.txt', rig);
  expect([toFile.status, toFile.stderr]).toEqual([0, ""]);
  expect(rig.read("out.txt")).toBe(text);
  const slow = await inShell('"$0" "$1" list list.jl | (sleep 1; cat)', rig);
  expect([slow.stderr, slow.stdout === text]).toEqual(["", true]);
  if (process.execve === undefined) return;
  const slower = await inShell('"$0" nonblocking.mjs "$1" list list.jl | (sleep 1; cat)', rig);
  expect([slower.stderr, slower.stdout === text]).toEqual(["", true]);
});

it("ends well where nobody reads", async () => {
  const { rig } = await withList();
  rig.write("nonblocking.mjs", nonBlocking);
  for (const program of ['"$0"', '"$0" nonblocking.mjs']) {
    const closed = await inShell(`{ ${program} "$1" list list.jl; echo $? >status; } | true`, rig);
    expect([closed.stderr, rig.read("status")]).toEqual(["", "0\n"]);
  }
  rig.write("other.jl", "precompile(Tuple{typeof(Base.sin), Float64})\n");
  const differing = await inShell('{ "$0" "$1" diff list.jl other.jl; echo $? >status; } | true', rig);
  expect([differing.stderr, rig.read("status")]).toEqual(["", "1\n"]);
  const help = await inShell('{ sleep 0.2; "$0" "$1" help; echo $? >status; } | true', rig);
  expect([help.stderr, rig.read("status")]).toEqual(["", "0\n"]);
});

it.runIf(existsSync("/dev/full"))("says so where there is no room", async () => {
  const { rig } = await withList();
  const full = await inShell('"$0" "$1" list list.jl >/dev/full', rig);
  expect(full.status).toBe(3);
  expect(full.stderr).toBe("error: standard output cannot be written: ENOSPC: no space left on device, write\n");
  const errors = await inShell('"$0" "$1" show 1 2>/dev/full', rig);
  expect(errors.status).toBe(2);
});

it("can be ended while it waits for a reader", async () => {
  const { rig } = await withList();
  const child = spawn(process.execPath, [launcher, "list", "list.jl"], { cwd: rig.folder });
  const begun = new Promise((resolve) => child.stdout.once("readable", resolve));
  await begun;
  child.kill("SIGTERM");
  expect((await finished(child)).signal).toBe("SIGTERM");
});
