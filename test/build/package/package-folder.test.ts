import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  filesDigest,
  recoverFolder,
  swapIn,
  unfitFolder,
  writePackage,
} from "../../../src/build/package/package-folder.ts";
import { tempFolder } from "../../temp-folder.ts";
import { julia110 } from "../../toolchains.ts";
import { packagePlanOn } from "./plans.ts";

function written(folder: string, name = "WarmStart"): string {
  writePackage(packagePlanOn(julia110, { output: folder, name }), folder);
  return folder;
}

const list = (folder: string): string => readFileSync(join(folder, "src", "statements.txt"), "utf8");

describe("what may be replaced", () => {
  it("is nothing, an empty folder, and a package of ours of whatever name", () => {
    const folder = tempFolder();
    expect(unfitFolder(join(folder, "new"))).toBeUndefined();
    expect(unfitFolder(folder)).toBeUndefined();
    expect(unfitFolder(written(folder, "Another"))).toBeUndefined();
    writeFileSync(join(folder, "preimage.json"), "{}");
    expect(unfitFolder(folder)).toBeUndefined();
  });

  it.each(["notes.txt", "src/mine.jl", ".git"])("is no folder with %s", (name) => {
    const folder = written(tempFolder());
    writeFileSync(join(folder, name), "mine");
    expect(unfitFolder(folder)).toMatchObject({
      reason: "folder-not-ours",
      detail: expect.stringMatching(/preimage did not/),
    });
  });

  it("is no file, and no package of somebody else", () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "Project.toml"), 'name = "Mine"\n');
    expect(unfitFolder(folder)).toMatchObject({ reason: "folder-not-ours" });
    expect(unfitFolder(join(folder, "Project.toml"))).toMatchObject({ detail: "it is a file" });
  });

  it("is nowhere where nothing can be made", () => {
    expect(unfitFolder("/proc/warm")).toMatchObject({ reason: "output-not-writable" });
  });
});

describe("a new folder at the place of an old one", () => {
  function swapped() {
    const parent = tempFolder();
    const output = written(join(parent, "warm"));
    writeFileSync(join(output, "src", "statements.txt"), "the old list\n");
    return { parent, output, swap: swapIn(written(join(parent, ".new")), output) };
  }

  it("stays, and nothing is left of the old one", () => {
    const { parent, output, swap } = swapped();
    swap.keep();
    swap.restore();
    expect(list(output)).toMatch(/^Tuple/);
    expect(readdirSync(parent)).toEqual(["warm"]);
  });

  it("or goes, and the old one is back", () => {
    const { parent, output, swap } = swapped();
    swap.restore();
    expect(list(output)).toBe("the old list\n");
    expect(readdirSync(parent)).toEqual(["warm"]);
  });

  it("goes where the bake was killed, when the next one begins", () => {
    const { parent, output } = swapped();
    recoverFolder(output);
    expect(list(output)).toBe("the old list\n");
    expect(readdirSync(parent)).toEqual(["warm"]);
  });

  it("is not taken away where somebody has put something into it since", () => {
    const { output } = swapped();
    writeFileSync(join(output, "mine.txt"), "mine");
    recoverFolder(output);
    expect(existsSync(join(output, "mine.txt"))).toBe(true);
  });

  it("is gone where there was none", () => {
    const parent = tempFolder();
    const output = join(parent, "warm");
    swapIn(written(join(parent, ".new")), output).restore();
    expect(readdirSync(parent)).toEqual([]);
  });
});

it("the digest of the files tells an edit, and knows nothing of the stamp or of the place", () => {
  const folder = join(tempFolder(), "warm");
  mkdirSync(folder);
  written(folder);
  const digest = filesDigest(folder);
  writeFileSync(join(folder, "preimage.json"), "{}");
  expect(filesDigest(folder)).toBe(digest);
  renameSync(folder, `${folder}2`);
  expect(filesDigest(`${folder}2`)).toBe(digest);
  writeFileSync(join(`${folder}2`, "src", "statements.txt"), "");
  expect(filesDigest(`${folder}2`)).not.toBe(digest);
  expect(filesDigest(folder)).toBeUndefined();
});
