import { statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finished } from "../rig.ts";
import { Rig } from "../rig.ts";

const list = [
  "# a list written by hand",
  "precompile(Tuple{typeof(Base.sum), Array{Float64, 1}})",
  "precompile(Tuple{typeof(Dates.format), Dates.Date, String})",
  "precompile(Tuple{typeof(Base.println), Base.Val{Dates.Hour(value=1)}})",
  "precompile(Tuple{typeof(Base.sin), String})",
  "precompile(Tuple{typeof(NoSuchPackage.run), Int64})",
  'precompile(Tuple{typeof(Base.map), Main.var"#1#2", Array{Int64, 1}})',
  "",
].join("\n");

interface Built {
  readonly verdicts: Readonly<Record<string, number>>;
  readonly statements: readonly { readonly statement: string; readonly verdict: string; readonly reason: string }[];
}

/** One real bake of a list that holds something of everything. */
describe("a list that was written by hand", () => {
  let removeRig = (): void => {};
  const rig = new Rig((remove) => {
    removeRig = remove;
  });
  let built: Finished;
  let document: Built;
  beforeAll(async () => {
    rig.write("list.jl", list);
    rig.write("after.jl", "const baked_in = 42\n");
    rig.write("image.so", "the old one");
    const args = [
      "build",
      "list.jl",
      "-o",
      "image.so",
      "--script",
      "after.jl",
      "--fail-on",
      "unresolved,failed",
      "--format",
      "json",
    ];
    built = await rig.run(args);
    document = JSON.parse(built.stdout) as Built;
  });
  afterAll(() => removeRig());

  it("has a verdict for every statement", () => {
    expect(document.verdicts).toEqual({ compiled: 3, refused: 1, unresolved: 2, failed: 0, crashed: 0 });
    const of = (text: string) => document.statements.find(({ statement }) => statement.includes(text));
    expect(of("NoSuchPackage")).toMatchObject({ verdict: "unresolved", reason: "no module `NoSuchPackage` is loaded" });
    expect(of("Base.sin")).toMatchObject({ verdict: "refused" });
  });

  it("ends with 1 for a verdict of --fail-on, and says so", () => {
    expect(built.status).toBe(1);
    expect(built.stderr).toContain("PI418");
    expect(built.stderr).toContain("name the project that has their packages with `--project DIR`");
  });

  it("takes the place of the old sysimage, and Julia starts on it with the script's definitions", async () => {
    expect(statSync(rig.path("image.so")).size).toBeGreaterThan(50_000_000);
    rig.write("uses.jl", "baked_in == 42 || exit(9)\n");
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
});
