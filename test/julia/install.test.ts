import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stampPath } from "../../src/build/stamp.ts";
import { packageOwner } from "../../src/julia/package-owner.ts";
import { privateJulia } from "../../src/julia/private-toolchain.ts";
import { findToolchain, type Toolchain } from "../../src/julia/toolchain.ts";
import { digestFile } from "../../src/support/hashing.ts";
import { onPath } from "../../src/support/on-path.ts";
import { quickImage } from "../quick-image.ts";
import { type Finished, finished, Rig, runToEnd } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

/** A Julia of the rig's own, which tests may change: the private one's files, or those of the prefix Julia stands in. */
async function copiedJulia(rig: Rig): Promise<string> {
  const own = privateJulia();
  const { bindir } = await realToolchain();
  const from = own === undefined ? dirname(bindir) : dirname(own);
  if (from === "/usr") throw new Error("this Julia cannot be copied: set up the private one with `node bin/setup.js`");
  const copy = async (how: string) => (await runToEnd("cp", [how, from, rig.path("julia")], rig)).status === 0;
  // Second names cost nothing; what is changed here is replaced, never written into.
  if (!(await copy("-al"))) {
    rmSync(rig.path("julia"), { recursive: true, force: true });
    if (!(await copy("-a"))) throw new Error("Julia cannot be copied");
  }
  if (own === undefined) return rig.path("julia/bin/julia");
  const wrapper = readFileSync(own, "utf8").replaceAll(from, rig.path("julia"));
  rmSync(rig.path("julia/julia"));
  rig.write("julia/julia", wrapper);
  chmodSync(rig.path("julia/julia"), 0o755);
  return rig.path("julia/julia");
}

const startedOn = ["-e", "print(unsafe_string(Base.JLOptions().image_file))"];

describe("the sysimage of a Julia", () => {
  let removeRig = (): void => {};
  const rig = new Rig((remove) => {
    removeRig = remove;
  });
  let julia: string;
  let before: Toolchain;
  let original: string;
  const toolchain = async (): Promise<Toolchain> => {
    const found = await findToolchain(julia);
    if (!found.ok) throw new Error(found.error.reason);
    return found.value;
  };
  const own = () => before.defaultSysimage;
  const preimage = (...args: string[]) => rig.run([...args, "--julia", julia]);
  const beside = () => readdirSync(dirname(own())).filter((name) => /^\.?sys/.test(name));
  /** A Julia that looks at what stands in its sysimage's place, so that all goes well until it stands there. */
  const whereInstalled = async (does: string, work: () => Promise<Finished>): Promise<Finished> => {
    const size = statSync(rig.path("a.so")).size;
    const wrapper = readFileSync(julia, "utf8");
    writeFileSync(julia, wrapper.replace("exec ", `[ "$(stat -c %s '${own()}')" = ${size} ] && ${does}\nexec `));
    const done = await work();
    writeFileSync(julia, wrapper);
    return done;
  };
  beforeAll(async () => {
    julia = await copiedJulia(rig);
    before = await toolchain();
    original = digestFile(own());
    quickImage(rig, "a.so", before);
    quickImage(rig, "b.so", before);
  });
  afterAll(() => removeRig());

  it("stands in the copy", () => {
    expect(own().startsWith(rig.folder)).toBe(true);
  });

  it("stays where only asked what would be replaced", async () => {
    const { status, stdout } = await preimage("install", "a.so", "--dry-run");
    expect(status).toBe(0);
    expect(stdout).toContain("would replace");
    expect([digestFile(own()), existsSync(`${own()}.backup`)]).toEqual([original, false]);
  });

  it("is replaced, and kept; Julia's own stays what is built and traced upon", async () => {
    const installed = await preimage("install", "a.so");
    expect(installed).toMatchObject({ status: 0, stdout: expect.stringContaining(`kept as ${own()}.backup`) });
    expect(installed.stdout).toContain(`undo       preimage restore --julia ${julia}\n`);
    expect(digestFile(own())).toBe(digestFile(rig.path("a.so")));
    expect(digestFile(`${own()}.backup`)).toBe(original);
    expect(readFileSync(stampPath(own()), "utf8")).toBe(rig.read("a.so.json"));
    expect(await toolchain()).toMatchObject({ defaultSysimage: own(), baseSysimage: `${own()}.backup` });
    expect((await runToEnd(julia, ["-J", `${own()}.backup`, ...startedOn], rig)).stdout).toBe(`${own()}.backup`);
    expect((await preimage("status", "a.so")).status).toBe(0);
    expect((await preimage("doctor")).stdout).toContain("sys.so.backup");
  });

  it("is replaced again, and the first backup stays", async () => {
    expect(await preimage("install", "b.so")).toMatchObject({ status: 0 });
    expect([own(), `${own()}.backup`].map((path) => digestFile(path))).toEqual([
      digestFile(rig.path("b.so")),
      original,
    ]);
    expect((await preimage("install", own())).stderr).toContain("PI326");
  });

  it("is put back, and nothing is left beside it", async () => {
    expect(await preimage("restore")).toMatchObject({ status: 0 });
    expect(digestFile(own())).toBe(original);
    expect(beside()).toEqual(["sys.so"]);
    expect(await preimage("restore")).toMatchObject({ status: 3, stderr: expect.stringContaining("PI323") });
  });

  it("comes back by itself where Julia does not start on the new one in its place", async () => {
    const failed = await whereInstalled("exit 9", () => preimage("install", "a.so"));
    expect(failed).toMatchObject({ status: 3, stderr: expect.stringContaining("PI324") });
    expect(digestFile(own())).toBe(original);
    expect(beside()).toEqual(["sys.so"]);
    expect((await runToEnd(julia, startedOn, rig)).stdout).toBe(own());
  });

  it("comes back where the user interrupts", async () => {
    const stopped = await whereInstalled("sleep 60", async () => {
      const child = rig.start(["install", "a.so", "--julia", julia]);
      const ended = finished(child);
      while (!existsSync(`${own()}.backup`)) await setTimeout(20);
      child.kill("SIGINT");
      return ended;
    });
    expect(stopped).toMatchObject({ status: 130, stderr: expect.stringContaining("PI404") });
    expect(digestFile(own())).toBe(original);
    expect(beside()).toEqual(["sys.so"]);
  });

  it("is whole, and kept, wherever preimage is killed", async () => {
    await whereInstalled("sleep 10", async () => {
      const child = rig.start(["install", "a.so", "--julia", julia]);
      const ended = finished(child);
      while (digestFile(own()) === original) await setTimeout(50);
      child.kill("SIGKILL");
      return ended;
    });
    expect(digestFile(own())).toBe(digestFile(rig.path("a.so")));
    expect((await runToEnd(julia, startedOn, rig)).stdout).toBe(own());
    expect((await preimage("restore")).stderr).toContain("PI322");
    expect(await preimage("restore", "--force")).toMatchObject({ status: 0 });
    expect(digestFile(own())).toBe(original);
  });

  it("is not replaced by what is no image, fits another Julia, or has no stamp", async () => {
    rig.write("garbage.so", "no image");
    expect((await preimage("install", "garbage.so")).stderr).toContain("PI450");
    expect((await preimage("install", "garbage.so", "--force")).stderr).toContain("PI416");
    expect((await preimage("install", "nowhere.so")).status).toBe(2);
    quickImage(rig, "other.so", before, {
      stamp: { julia: { version: "1.6.2", commit: "ff", os: "Linux", arch: "x86_64" } },
    });
    expect(await preimage("install", "other.so", "--force")).toMatchObject({
      status: 3,
      stderr: expect.stringContaining("PI459"),
    });
    expect(digestFile(own())).toBe(original);
  });

  it("is left alone where Julia was updated since, and so is the old backup", async () => {
    await preimage("install", "a.so");
    rmSync(own());
    writeFileSync(own(), readFileSync(`${own()}.backup`));
    appendFileSync(own(), "another build");
    expect((await toolchain()).baseSysimage).toBe(own());
    expect((await preimage("install", "b.so")).stderr).toContain("PI322");
    expect((await preimage("restore")).stderr).toContain("PI322");
    expect(await preimage("restore", "--force")).toMatchObject({ status: 0 });
    expect(digestFile(own())).toBe(original);
  });
});

it.runIf(onPath("dpkg-query") !== undefined)("of a package is known as such", async () => {
  expect(await packageOwner(onPath("dpkg-query") ?? "")).toBe("dpkg-query (dpkg)");
  expect(await packageOwner("/usr/bin/sh")).toMatch(/^dpkg-query \(/);
  expect(await packageOwner("/nix/store/abc-julia/lib/julia/sys.so")).toBe("Nix");
  expect(await packageOwner(new URL(import.meta.url).pathname)).toBeUndefined();
});
