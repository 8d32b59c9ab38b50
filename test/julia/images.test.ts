import { existsSync, rmSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { stampPath } from "../../src/build/stamp.ts";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { quickImage, shapesProject } from "../quick-image.ts";
import { finished, Rig } from "../rig.ts";
import { realToolchain } from "./toolchain.ts";

interface Images {
  readonly images: readonly { readonly sysimage: string; readonly state: string; readonly verdict: string | null }[];
}
interface Pruned {
  readonly removed: readonly { readonly sysimage: string }[];
  readonly kept: readonly { readonly sysimage: string; readonly reason: string }[];
}

/** Baked a day apart, in their order. */
function imagesIn(rig: Rig, toolchain: Toolchain, names: readonly string[], project?: string): string[] {
  return names.map((name, day) =>
    quickImage(rig, name, toolchain, {
      ...(project === undefined ? {} : { project }),
      packages: project === undefined ? [] : ["Shapes"],
      bakedAt: `2024-05-0${day + 1}T10:00:00.000Z`,
    }),
  );
}

it("lists what was baked here, and says what became of it", async () => {
  const rig = new Rig();
  const toolchain = await realToolchain();
  const project = shapesProject(rig);
  const [fresh = "", gone = "", foreign = ""] = imagesIn(rig, toolchain, ["a.so", "b.so", "c.so"], project);
  rmSync(gone);
  writeFileSync(stampPath(foreign), "{}");
  const of = async () =>
    (await rig.json<Images>(["images"])).images.map(({ sysimage, state, verdict }) => [sysimage, state, verdict]);
  expect(await of()).toEqual([
    [foreign, "unstamped", null],
    [gone, "deleted", null],
    [fresh, "there", "fresh"],
  ]);
  rig.write("app/Manifest.toml", rig.read("app/Manifest.toml").replace('path = "dev/Shapes"', 'git-tree-sha1 = "00"'));
  const { stdout } = await rig.run(["images"]);
  expect(stdout).toContain("stale: Shapes developed at");
  expect(stdout).toContain(`deleted  ${gone}`);
});

it("removes what is older than the newest of its project, but nothing in use and nothing that is not ours", async () => {
  const rig = new Rig();
  const toolchain = await realToolchain();
  const project = shapesProject(rig);
  const [first = "", used = "", newest = ""] = imagesIn(rig, toolchain, ["a.so", "b.so", "c.so"], project);
  const [alone = "", foreign = ""] = imagesIn(rig, toolchain, ["d.so", "e.so"]);
  rmSync(stampPath(foreign));
  const user = rig.start(["run", "--sysimage", used, "--", "-e", 'println("ready"); readline()']);
  await new Promise((resolve) => user.stdout?.once("data", resolve));
  const prune = ["images", "prune", "--keep", "1"];
  const would = await rig.json<Pruned>([...prune, "--dry-run"]);
  const pruned = await rig.json<Pruned>(prune);
  user.stdin?.end("\n");
  await finished(user);
  expect(would).toEqual({ ...pruned, dryRun: true });
  expect(pruned.removed.map(({ sysimage }) => sysimage)).toEqual([first]);
  expect(pruned.kept).toMatchObject([
    { sysimage: foreign, reason: "no stamp of preimage stands beside it" },
    { sysimage: used, reason: `in use by process ${user.pid}` },
  ]);
  expect([first, stampPath(first)].filter(existsSync)).toEqual([]);
  expect([used, newest, alone, foreign].filter(existsSync)).toHaveLength(4);
  expect((await rig.run(prune)).stdout).toContain(`removed ${used}`);
});

it("has nothing to list where nothing was baked", async () => {
  const rig = new Rig();
  expect((await rig.run(["images"])).stdout).toBe("no sysimage was baked here yet\n");
  expect((await rig.run(["images", "prune"])).status).toBe(2);
});
