import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { manifestDigest, projectFolder } from "../../src/julia/project.ts";
import { digestText } from "../../src/support/hashing.ts";
import { tempFolder } from "../temp-folder.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("a project's folder", () => {
  it.each(["Project.toml", "JuliaProject.toml"])("holds a %s, and may be named by it", (name) => {
    const folder = folderWith({ [name]: "" });
    expect(projectFolder(folder)).toBe(folder);
    expect(projectFolder(`${folder}/`)).toBe(folder);
    expect(projectFolder(join(folder, name))).toBe(folder);
  });

  it("is none without that file, below it, or where nothing is", () => {
    const folder = folderWith({ "Manifest.toml": "" });
    expect(projectFolder(folder)).toBeUndefined();
    expect(projectFolder(join(folder, "absent", "deep"))).toBeUndefined();
    const project = folderWith({ "Project.toml": "" });
    mkdirSync(join(project, "src"));
    expect(projectFolder(join(project, "src"))).toBeUndefined();
  });
});

describe("the digest of a project's Manifest", () => {
  it("is of the file that Julia reads", () => {
    expect(manifestDigest(folderWith({ "Manifest.toml": "a" }))).toBe(digestText("a"));
    expect(manifestDigest(folderWith({ "Manifest.toml": "a", "JuliaManifest.toml": "b" }))).toBe(digestText("b"));
  });

  it("is nothing where there is none", () => {
    expect(manifestDigest(folderWith({ "Project.toml": "" }))).toBeUndefined();
  });
});
