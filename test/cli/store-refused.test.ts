import { existsSync, statSync, symlinkSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { Rig } from "../rig.ts";
import { call } from "../samples.ts";

const sin = `${call("Base.sin", "Float64")}\n`;
const refusedWith = (code: string) => ({ status: 3, stdout: "", stderr: expect.stringMatching(`^error\\[${code}\\]`) });

describe("a store that is not there", () => {
  it("is no empty set, whoever names it", async () => {
    const rig = new Rig();
    const env = { PREIMAGE_STORE: rig.path("nowhere.db") };
    rig.write("a.jl", sin);
    for (const words of [
      ["diff", "store", "store"],
      ["stats", "store"],
      ["list", "store"],
      ["prune", "store", "-o", "x.jl"],
    ])
      expect(await rig.run(words, { env })).toMatchObject({
        status: 3,
        stdout: "",
        stderr: expect.stringContaining("PI205"),
      });
    expect(await rig.run(["list", "store"])).toMatchObject(refusedWith("PI205"));
    expect(existsSync(rig.path("x.jl"))).toBe(false);
  });

  it("is not missed where nobody asks for it", async () => {
    const rig = new Rig();
    const env = { PREIMAGE_STORE: rig.path("nowhere.db") };
    rig.write("a.jl", sin);
    expect((await rig.run(["diff", "a.jl", "a.jl"], { env })).status).toBe(0);
    expect((await rig.run(["runs"], { env })).status).toBe(0);
    expect(existsSync(env.PREIMAGE_STORE)).toBe(false);
  });
});

describe("a store that is", () => {
  it("empty, as a full disk leaves it, stays so where it is only read", async () => {
    const rig = new Rig();
    rig.write("store.db", "");
    rig.write("a.jl", sin);
    expect(await rig.run(["stats", "store", "--store", "store.db"])).toMatchObject(refusedWith("PI201"));
    expect(statSync(rig.path("store.db")).size).toBe(0);
    expect((await rig.run(["import", "a.jl", "--store", "store.db"])).status).toBe(0);
    expect((await rig.run(["list", "store", "--store", "store.db"])).stdout).toBe(sin);
  });

  it("changed by somebody else is told as damaged", async () => {
    const rig = new Rig();
    rig.write("a.jl", sin);
    expect((await rig.run(["import", "a.jl", "--store", "store.db"])).status).toBe(0);
    const db = new Database(rig.path("store.db"));
    db.prepare("update statement set canonical = replace(canonical, 'Tuple', 'Tvple')").run();
    db.close();
    const done = await rig.run(["stats", "store", "--store", "store.db"]);
    expect(done).toMatchObject(refusedWith("PI203"));
    expect(done.stderr).toMatch(/damaged: .*Tvple.*\n {2}hint: .*--on-damage skip/);
  });

  it("reached by several links is merged once, and links that lead back are not followed for ever", async () => {
    const rig = new Rig();
    rig.write("a.jl", sin);
    rig.folderOf("jobs/one");
    expect((await rig.run(["import", "a.jl", "--store", "jobs/one/store.db"])).status).toBe(0);
    for (const name of ["up", "up2", "one/back"]) symlinkSync(rig.path("jobs"), rig.path(`jobs/${name}`));
    symlinkSync(rig.path("jobs/one"), rig.path("jobs/two"));
    symlinkSync(rig.path("nowhere"), rig.path("jobs/store.db"));
    const { stores } = await rig.json<{ stores: unknown[] }>(["merge", "jobs", "--into", "all.db"]);
    expect(stores).toMatchObject([{ runs: 1, known: 0 }]);
  });
});

describe("what was named", () => {
  it("as Julia has to be one, also where names would only be looked up", async () => {
    const rig = new Rig();
    rig.write("a.jl", 'precompile(Tuple{Base.var"##sprint#355", Nothing, Int64})\n');
    const done = await rig.run(["prune", "a.jl", "--portable", "--julia", rig.path("nowhere")]);
    expect(done).toMatchObject(refusedWith("PI302"));
  });

  it("as the Julia that a list is for has to read its names", async () => {
    const rig = new Rig();
    rig.write("a.jl", sin);
    const done = await rig.run(["prune", "a.jl", "--for", "1.2"]);
    expect(done).toMatchObject({ status: 2, stderr: expect.stringContaining("1.3 or newer") });
    expect((await rig.run(["prune", "a.jl", "--for", "1.3"])).status).toBe(0);
  });

  it("as a project apart from its option is told before Julia runs it as a program", async () => {
    const rig = new Rig();
    rig.folderOf("proj");
    const done = await rig.run(["run", "--project", "proj", "--dry-run", "--", "app.jl"]);
    expect(done).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("--project=proj") });
  });

  it("twice as a tag is refused, as a run has one value", async () => {
    const done = await new Rig().run(["trace", "--tag", "a=1", "--tag", "a=2", "app.jl"]);
    expect(done).toMatchObject({ status: 2, stderr: expect.stringContaining("`a` gets two") });
  });
});

it("a merge of nothing that can be read is no success, also where damage is skipped", async () => {
  const rig = new Rig();
  rig.write("one.db", "no store");
  rig.write("two.db", "");
  const done = await rig.run(["merge", "one.db", "two.db", "--into", "all.db", "--on-damage", "skip"]);
  expect(done).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/PI204[\s\S]*PI204[\s\S]*PI972.*none of the 2/),
  });
});
