import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Rig, repository, runToEnd } from "../rig.ts";
import { call } from "../samples.ts";

/** Root may write wherever the file system lets anybody: so it is one that lets nobody. */
const inReadOnly = (folder: string): readonly string[] => {
  const mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"';
  return ["--map-root-user", "--mount", "sh", "-c", mount, "sh", folder];
};

it("a store that cannot be written is read, and nothing is done for what would be recorded in it", async ({ skip }) => {
  const rig = new Rig();
  const folder = rig.folderOf("shared");
  if (spawnSync("unshare", [...inReadOnly(folder), "true"]).status !== 0) skip("nothing can be mounted here");
  const store = join(folder, "store.db");
  rig.write("trace.jl", `${call("Base.sin", "Float64")}\n`);
  rig.write("app.jl", 'write("it-ran", "x")\n');
  expect((await rig.run(["import", "--store", store, "trace.jl"])).status).toBe(0);
  const preimage = (command: string, ...words: readonly string[]) => {
    const launcher = join(repository, "bin", "preimage.js");
    const program = [process.execPath, launcher, command, "--store", store, ...words];
    return runToEnd("unshare", [...inReadOnly(folder), ...program], rig);
  };
  expect(await preimage("list", "store")).toMatchObject({ status: 0, stdout: `${call("Base.sin", "Float64")}\n` });
  expect((await preimage("stats", "store")).status).toBe(0);
  const refused = { status: 3, stderr: expect.stringMatching(/^error\[PI203\].*EROFS/) };
  expect(await preimage("import", "trace.jl")).toMatchObject(refused);
  expect(await preimage("trace", "app.jl")).toMatchObject(refused);
  expect(existsSync(rig.path("it-ran"))).toBe(false);
});
