import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fitnessOf } from "../../src/build/fitness.ts";
import type { Stamp } from "../../src/build/stamp.ts";
import { whyNot } from "../../src/commands/fitness-text.ts";
import { tempFolder } from "../temp-folder.ts";
import { julia110, version } from "../toolchains.ts";

/** An image, its base and a project of one package, `CSV`, in a folder of their own. */
function baked(): { readonly folder: string; readonly sysimage: string; readonly stamp: Stamp } {
  const folder = tempFolder();
  const sysimage = join(folder, "app.so");
  writeFileSync(sysimage, "image");
  writeFileSync(join(folder, "sys.so"), "base");
  writeFileSync(join(folder, "Project.toml"), "");
  writeFileSync(join(folder, "Manifest.toml"), '[[CSV]]\nuuid = "336e"\nversion = "0.8.2"\n');
  const stamp: Stamp = {
    preimage: "preimage 0.1.0",
    as: "sysimage",
    inputs: [],
    julia: { version: "1.10.8", commit: julia110.commit, os: "Linux", arch: "x86_64" },
    cpuTarget: "generic",
    cpu: { name: "skylake" },
    bytes: 5,
    baseSysimage: { path: join(folder, "sys.so"), digest: "base" },
    project: folder,
    packages: [{ name: "CSV", uuid: "336e", version: "0.8.2" }],
    listDigest: "00",
    ioKinds: [],
    verdicts: {},
    statements: [],
    bakedAt: "2024-05-01T10:00:00.000Z",
  };
  return { folder, sysimage, stamp };
}

/** In place of a digest, the content's own text. */
const digestOf = (contents: Readonly<Record<string, string>>) => (path: string) =>
  contents[path.split("/").at(-1) ?? ""] ?? "";
const untouched = digestOf({ "sys.so": "base" });

describe("an image", () => {
  it("is fresh where all is as it was", () => {
    const { sysimage, stamp } = baked();
    const fitness = fitnessOf(sysimage, stamp, julia110, untouched);
    expect([fitness.verdict, whyNot(fitness)]).toEqual(["fresh", ""]);
  });

  it.each<[string, Partial<typeof julia110>, string]>([
    ["another Julia", { version: version("1.11.2") }, "julia 1.10.8 → 1.11.2"],
    ["another build of the Julia", { commit: "ffffffffffffff" }, "julia 1.10.8 (4c16ff44be) → 1.10.8 (ffffffffff)"],
    ["another system", { os: "Darwin", arch: "aarch64" }, "system Linux x86_64 → Darwin aarch64"],
  ])("is unfit for %s", (_, other, why) => {
    const { sysimage, stamp } = baked();
    const fitness = fitnessOf(sysimage, stamp, { ...julia110, ...other }, untouched);
    expect(fitness.verdict).toBe("unfit");
    expect(whyNot(fitness)).toBe(why);
  });

  it("is unfit where another file took its place", () => {
    const { sysimage, stamp } = baked();
    writeFileSync(sysimage, "another");
    expect(fitnessOf(sysimage, stamp, julia110, untouched).verdict).toBe("unfit");
  });

  it("is stale where its base was replaced or is gone, and fresh where `install` moved it", () => {
    const { folder, sysimage, stamp } = baked();
    const verdict = (contents: Record<string, string>) =>
      fitnessOf(sysimage, stamp, julia110, digestOf(contents)).verdict;
    expect(verdict({ "sys.so": "other" })).toBe("stale");
    writeFileSync(join(folder, "sys.so.backup"), "");
    expect(verdict({ "sys.so": "other", "sys.so.backup": "base" })).toBe("fresh");
    rmSync(join(folder, "sys.so"));
    rmSync(join(folder, "sys.so.backup"));
    expect(verdict({})).toBe("stale");
  });

  it("is stale where a package in it has another version, not where one was added", () => {
    const { folder, sysimage, stamp } = baked();
    const manifest = join(folder, "Manifest.toml");
    const judged = () => fitnessOf(sysimage, stamp, julia110, untouched);
    writeFileSync(manifest, '[[CSV]]\nuuid = "336e"\nversion = "0.8.2"\n[[New]]\nuuid = "ff"\nversion = "1.0.0"\n');
    expect(judged().verdict).toBe("fresh");
    writeFileSync(manifest, '[[CSV]]\nuuid = "336e"\nversion = "0.8.4"\n');
    expect([judged().verdict, whyNot(judged())]).toEqual(["stale", "CSV 0.8.2 → 0.8.4"]);
    writeFileSync(manifest, "[[CSV]\n");
    expect(judged()).toMatchObject({ verdict: "fresh", manifestFailure: { path: manifest } });
    rmSync(join(folder, "Project.toml"));
    rmSync(folder, { recursive: true });
    writeFileSync(sysimage.replace("/app.so", "-app.so"), "image");
    const moved = fitnessOf(sysimage.replace("/app.so", "-app.so"), stamp, julia110, untouched);
    expect(whyNot(moved)).toContain(`the project \`${folder}\` is there no more`);
    rmSync(sysimage.replace("/app.so", "-app.so"));
  });
});
