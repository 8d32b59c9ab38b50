import { expect, it } from "vitest";
import { Rig } from "../rig.ts";
import { call } from "../samples.ts";

it.each([
  ["precompiletools", "Foo/precompile.jl"],
  ["snoopcompile", "precompile_Foo.jl"],
])("a folder of an earlier set is told, where the new one has less (%s)", async (form, earlier) => {
  const rig = new Rig();
  const sin = call("Base.sin", "Float64");
  rig.write("both.jl", `${sin}\n${call("Foo.f", "Float64")}\n`);
  rig.write("one.jl", `${sin}\n`);
  rig.folderOf("out/Bar");
  rig.write("out/Bar/precompile.jl", "# somebody's own\n");
  const emitted = (list: string) => rig.run(["emit", list, "--as", form, "-o", "out"]);
  expect((await emitted("both.jl")).stderr).not.toContain("PI963");
  const again = await emitted("one.jl");
  expect(again).toMatchObject({ status: 0, stderr: expect.stringMatching(/PI963/) });
  expect(again.stderr).toContain(`\`${earlier}\``);
  expect(again.stderr).not.toContain("Bar");
  expect((await emitted("both.jl")).stderr).not.toContain("PI963");
});
