import { expect, it } from "vitest";
import { installPacked } from "../packed.ts";
import { Rig, runToEnd } from "../rig.ts";

it("the bundle of the package has all that it needs", async () => {
  const rig = new Rig();
  const launcher = installPacked(rig.path("package"));
  const preimage = (...args: string[]) => runToEnd(process.execPath, [launcher, ...args], rig);
  rig.write("app.so", "");
  rig.write("list.jl", "precompile(Tuple{typeof(f), Int64})\n");
  expect((await preimage("use", "app.so", "--for", "vscode")).stdout).toContain(`--sysimage=${rig.path("app.so")}`);
  expect((await preimage("import", "list.jl")).status).toBe(0);
  expect((await preimage("status", "app.so")).stderr).toContain("PI450");
});
