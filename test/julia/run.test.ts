import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { quickImage, shapesProject } from "../quick-image.ts";
import { finished, Rig } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

const printImage = "println(unsafe_string(Base.JLOptions().image_file)); println(something(Base.active_project(), 0))";

interface Status {
  readonly sysimage: string;
  readonly verdict: string;
  readonly checks: readonly { readonly check: string; readonly verdict: string; readonly now?: string }[];
  readonly packages: readonly { readonly name: string; readonly change: string }[];
}

describe("an image of a project", () => {
  let removeRig = (): void => {};
  const rig = new Rig((remove) => {
    removeRig = remove;
  });
  let toolchain: Toolchain;
  let project: string;
  let old: string;
  let image: string;
  beforeAll(async () => {
    toolchain = await realToolchain();
    project = shapesProject(rig);
    old = quickImage(rig, "old.so", toolchain, { project, packages: ["Shapes"], bakedAt: "2024-05-01T10:00:00.000Z" });
    image = quickImage(rig, "new.so", toolchain, { project, packages: ["Shapes"] });
  });
  afterAll(() => removeRig());

  it("is fresh, and is started on with its project", async () => {
    expect(await rig.json<Status>(["status", "--project", "app"])).toMatchObject({ sysimage: image, verdict: "fresh" });
    const run = await rig.run(["run", "--", "--project=app", "-e", printImage]);
    expect(run).toMatchObject({ status: 0, stderr: "", stdout: `${image}\n${project}/Project.toml\n` });
  });

  it("is found from within the project, which Julia is then given", async () => {
    const env = { PREIMAGE_STORE: rig.path(".preimage/store.db") };
    const child = rig.start(["run", "--", "julia", "-e", printImage], env, rig.path("app/dev"));
    expect(await finished(child)).toMatchObject({ stdout: `${image}\n${project}/Project.toml\n` });
  });

  it("takes Julia's options without dashes in front", async () => {
    const run = await rig.run(["run", "--dry-run", "--project=app", "app.jl", "--strict"]);
    expect(run.stdout).toMatch(/ --sysimage=\S+ --project=app app\.jl --strict\n$/);
  });

  it("hands over standard input, and ends as Julia ends", async () => {
    const args = ["run", "--strict", "--", "--project=app", "-e"];
    const echo = await rig.run([...args, "print(uppercase(read(stdin, String))); exit(7)"], { input: "to the byte\0" });
    expect(echo).toMatchObject({ status: 7, stdout: "TO THE BYTE\0" });
    const killed = await rig.run([...args, "ccall(:raise, Cint, (Cint,), 9)"]);
    expect(killed.signal).toBe("SIGKILL");
  });

  it("hands over signals", async () => {
    const loop =
      'ccall(:jl_exit_on_sigint, Cvoid, (Cint,), 0); try; println("ready"); sleep(60); catch e; exit(e isa InterruptException ? 5 : 6); end';
    const child = rig.start(["run", "--", "--project=app", "-e", loop]);
    child.stdout?.once("data", () => child.kill("SIGINT"));
    expect((await finished(child)).status).toBe(5);
  });

  it("is found from elsewhere, in the store of its project", async () => {
    const elsewhere = new Rig();
    const run = await elsewhere.run(["run", "--", `--project=${project}`, "-e", printImage]);
    expect(run).toMatchObject({ stdout: `${image}\n${project}/Project.toml\n`, stderr: "" });
    expect(await elsewhere.json<Status>(["status", "--project", project])).toMatchObject({ sysimage: image });
  });

  it("is passed over for one that fits where it is unfit, and none is taken that names another Julia", async () => {
    const unfit = quickImage(rig, "other.so", toolchain, {
      project,
      stamp: { julia: { version: "1.6.2", commit: "ff", os: "Linux", arch: toolchain.arch } },
    });
    expect((await rig.run(["run", "--dry-run", "--", "--project=app", "x.jl"])).stdout).toContain(
      `--sysimage=${image} `,
    );
    const status = await rig.json<Status>(["status", unfit], 1);
    expect(status.verdict).toBe("unfit");
    expect(status.checks.filter(({ verdict }) => verdict === "unfit")).toMatchObject([
      { check: "julia", now: /1\.5\.3/ },
    ]);
    const strict = await rig.run(["run", "--strict", "--sysimage", "other.so", "--", "-e", "0"]);
    expect(strict).toMatchObject({ status: 3, stderr: expect.stringContaining("julia 1.6.2") });
    rmSync(unfit);
  });

  it("is not taken once its package was edited, and the user is told in one line", async () => {
    rig.write("app/dev/Shapes/src/Shapes.jl", "module Shapes\nf() = 1\nend\n");
    const status = await rig.json<Status>(["status", old], 1);
    expect(status).toMatchObject({ verdict: "stale", packages: [{ name: "Shapes", change: "source" }] });
    const run = await rig.run(["run", "--", "--project=app", "-e", printImage]);
    expect(run.stdout).toBe(`${toolchain.defaultSysimage}\n${project}/Project.toml\n`);
    expect(run.stderr).toMatch(/^warning\[PI452\]: .*new\.so` is stale \(Shapes edited since\)\n$/);
    const strict = await rig.run(["run", "--strict", "--", "--project=app", "-e", "println(1)"]);
    expect(strict).toMatchObject({ status: 3, stdout: "" });
  });
});

it("without any image starts Julia all the same", async () => {
  const rig = new Rig();
  const run = await rig.run(["run", "--", "-e", "println(1)"]);
  expect(run).toMatchObject({ status: 0, stdout: "1\n" });
  expect(run.stderr).toMatch(/^warning\[PI451\].*no sysimage that was baked without a project is known here\n$/);
  expect((await rig.run(["run", "--", "-J", "x.so"])).status).toBe(2);
});
