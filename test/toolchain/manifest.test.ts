import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { type ManifestPackage, manifestDiagnostic, readManifest } from "../../src/julia/manifest.ts";
import {
  factsNow,
  loadedWith,
  type PackageFacts,
  differencesOf as pureDifferences,
} from "../../src/julia/package-facts.ts";
import { sourceDigest } from "../../src/julia/package-source.ts";
import { manifestFile } from "../../src/julia/project.ts";
import { tempFolder } from "../temp-folder.ts";
import { version } from "../toolchains.ts";

const csv = "336ed68f-0bac-5ca0-87d4-7b16caf5d00b";
const parsers = "69de0a69-1ddd-5017-9359-2bf0b02dc9f0";
const dates = "ade2ca70-3891-5945-98fb-dc099432e06a";
const shapes = "0d9cd6a6-9b9f-4a0f-8a3b-3b6c1d6a3a10";

const entries = (head: string) => `
[[${head}CSV]]
deps = ["Dates", "Parsers"]
git-tree-sha1 = "6a0e1b0b"
uuid = "${csv.toUpperCase()}"
version = "0.8.2"

[[${head}Dates]]
uuid = "${dates}"

[[${head}Parsers]]
git-tree-sha1 = "c8abc88f"
uuid = "${parsers}"
version = "1.0.15"

[[${head}Shapes]]
path = "dev/Shapes"
uuid = "${shapes}"
version = "0.1.0"
    [${head}Shapes.deps]
    Parsers = "${parsers}"
`;

const differencesOf = (inImage: readonly PackageFacts[], manifest: readonly ManifestPackage[]) =>
  pureDifferences(inImage, factsNow(inImage, manifest));

/** Files by their paths in a new folder, which is given. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

function manifestIn(folder: string, of = version("1.5.3")): ManifestPackage[] {
  const read = readManifest(folder, of);
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
}

const project = { "Project.toml": "[deps]\n" };

describe("a Manifest", () => {
  it.each([
    ["1", entries("")],
    ["2", `julia_version = "1.10.8"\nmanifest_format = "2.0"\n\n[deps]\n${entries("deps.")}`],
  ])("of format %s is read", (_, text) => {
    const folder = folderWith({ ...project, "Manifest.toml": text });
    expect(manifestIn(folder)).toEqual([
      { name: "CSV", uuid: csv, version: "0.8.2", treeHash: "6a0e1b0b", path: undefined, dependsOn: [dates, parsers] },
      { name: "Dates", uuid: dates, version: undefined, treeHash: undefined, path: undefined, dependsOn: [] },
      { name: "Parsers", uuid: parsers, version: "1.0.15", treeHash: "c8abc88f", path: undefined, dependsOn: [] },
      {
        name: "Shapes",
        uuid: shapes,
        version: "0.1.0",
        treeHash: undefined,
        path: join(folder, "dev/Shapes"),
        dependsOn: [parsers],
      },
    ]);
  });

  it("has the project itself beside it, where that is a package", () => {
    const text = `name = "Shapes"\nuuid = "${shapes}"\nversion = "0.2.0"\n[deps]\nDates = "${dates}"\n`;
    const folder = folderWith({ "Project.toml": text, "src/Shapes.jl": "module Shapes end" });
    expect(manifestIn(folder)).toEqual([
      { name: "Shapes", uuid: shapes, version: "0.2.0", path: folder, dependsOn: [dates] },
    ]);
    rmSync(join(folder, "src"), { recursive: true });
    expect(manifestIn(folder)).toEqual([]);
  });

  it("that is no TOML is told with its line", () => {
    const folder = folderWith({ ...project, "Manifest.toml": '[[Dates]]\nuuid = "\n' });
    const read = readManifest(folder);
    expect(read).toMatchObject({ ok: false, error: { line: 2, path: join(folder, "Manifest.toml") } });
    if (!read.ok) expect(manifestDiagnostic(read.error)).toMatchObject({ code: "PI980", at: { line: 2 } });
  });

  it("of a Julia version comes before the one for all", () => {
    const folder = folderWith({ ...project, "Manifest.toml": "", "Manifest-v1.11.toml": "" });
    expect(manifestFile(folder, version("1.11.7"))).toBe(join(folder, "Manifest-v1.11.toml"));
    expect(manifestFile(folder, version("1.10.8"))).toBe(join(folder, "Manifest.toml"));
  });

  it("stands where Project.toml or the workspace says", () => {
    const folder = folderWith({
      "Project.toml": '[workspace]\nprojects = ["app"]\n',
      "Manifest.toml": "",
      "app/Project.toml": "",
      "other/Project.toml": 'manifest = "../Manifest.toml"\n',
      "alone/Project.toml": "",
    });
    const of = (name: string) => manifestFile(join(folder, name));
    expect([of("app"), of("other"), of("alone")]).toEqual([
      join(folder, "Manifest.toml"),
      join(folder, "Manifest.toml"),
      undefined,
    ]);
  });
});

describe("packages in an image", () => {
  const sources = { "dev/Shapes/src/Shapes.jl": "module Shapes end\n", "dev/Shapes/Project.toml": "" };
  const baked = () => folderWith({ ...project, ...sources, "Manifest.toml": entries("") });

  it("are those that were named and all that they load", () => {
    const names = (...roots: string[]) =>
      loadedWith(
        roots.map((name) => ({ name })),
        manifestIn(baked()),
      ).map(({ name }) => name);
    expect(names("CSV")).toEqual(["CSV", "Dates", "Parsers"]);
    expect(names("Shapes", "Unknown")).toEqual(["Parsers", "Shapes", "Unknown"]);
  });

  it("are as they were where nothing changed", () => {
    const manifest = manifestIn(baked());
    expect(
      differencesOf(loadedWith([{ name: "CSV" }, { name: "Shapes" }, { name: "Unknown" }], manifest), manifest),
    ).toEqual([]);
  });

  it.each([
    ["version", "CSV", (text: string) => text.replace("0.8.2", "0.8.4")],
    ["revision", "CSV", (text: string) => text.replace("6a0e1b0b", "ffffffff")],
    ["developed", "CSV", (text: string) => text.replace('git-tree-sha1 = "6a0e1b0b"', 'path = "dev/CSV"')],
    ["released", "Shapes", (text: string) => text.replace('path = "dev/Shapes"', 'git-tree-sha1 = "00"')],
    ["removed", "Shapes", (text: string) => text.slice(0, text.indexOf("[[Shapes]]"))],
  ])("differ in %s", (change, name, edit) => {
    const folder = baked();
    const inImage = loadedWith([{ name: "CSV" }, { name: "Shapes" }], manifestIn(folder));
    writeFileSync(join(folder, "Manifest.toml"), edit(entries("")));
    expect(differencesOf(inImage, manifestIn(folder))).toMatchObject([{ name, change }]);
  });

  it("differ where the source of a developed one was edited, moved away or added to, not where its tests were", () => {
    const folder = baked();
    const inImage = loadedWith([{ name: "Shapes" }], manifestIn(folder));
    const changes = () => differencesOf(inImage, manifestIn(folder)).map(({ name, change }) => [name, change]);
    mkdirSync(join(folder, "dev/Shapes/test"));
    writeFileSync(join(folder, "dev/Shapes/test/runtests.jl"), "");
    expect(changes()).toEqual([]);
    writeFileSync(join(folder, "dev/Shapes/src/more.jl"), "");
    expect(changes()).toEqual([["Shapes", "source"]]);
    rmSync(join(folder, "dev"), { recursive: true });
    expect(changes()).toEqual([["Shapes", "source"]]);
  });
});

it("reads a source whose links lead round in a circle, and one that is a single file", () => {
  const folder = folderWith({ "src/A.jl": "module A end" });
  symlinkSync(join(folder, "src"), join(folder, "src", "again"));
  expect(sourceDigest(folder)).toMatch(/^[0-9a-f]{64}$/);
  expect(sourceDigest(join(folder, "src/A.jl"))).not.toBe(sourceDigest(folder));
  expect(sourceDigest(join(folder, "nowhere"))).toBeUndefined();
  // However the folder is named.
  expect([relative(process.cwd(), folder), `${folder}/`, join(folder, ".")].map(sourceDigest)).toEqual(
    Array(3).fill(sourceDigest(folder)),
  );
});
