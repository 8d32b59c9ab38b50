import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { readManifest } from "../../src/julia/manifest.ts";
import { manifestText } from "../../src/julia/manifest-text.ts";
import { rawManifest } from "../../src/julia/raw-manifest.ts";
import { tempFolder } from "../temp-folder.ts";
import { version } from "../toolchains.ts";

const uuid = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-000000000000`;
const [csv, json, own, dates, printf] = ["a", "b", "c", "d", "e"].map(uuid) as [string, string, string, string, string];

const manifest = `julia_version = "1.10.8"
manifest_format = "2.0"

[[deps.CSV]]
deps = ["Dates", "JSON"]
git-tree-sha1 = "1111111111111111111111111111111111111111"
uuid = "${csv.toUpperCase()}"
version = "0.10.0"
weakdeps = ["Extra"]

    [deps.CSV.extensions]
    ExtraExt = ["Extra", "JSON"]

[[deps.JSON]]
path = "../json dev"
uuid = "${json}"
`;

function environment(): { readonly project: string; readonly stdlib: string } {
  const root = tempFolder();
  const files: Readonly<Record<string, string>> = {
    "app/Project.toml": `name = "App"\nuuid = "${own}"\n\n[deps]\nCSV = "${csv}"\n\n[extras]\nTest = "${uuid("9")}"\n`,
    "app/src/App.jl": "module App end",
    "app/Manifest.toml": manifest,
    "stdlib/Dates/Project.toml": `name = "Dates"\nuuid = "${dates}"\n\n[deps]\nPrintf = "${printf}"\n`,
    "stdlib/Printf/Project.toml": `name = "Printf"\nuuid = "${printf}"\nversion = "1.11.0"\n`,
    "stdlib/Unused/Project.toml": `name = "Unused"\nuuid = "${uuid("f")}"\n`,
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return { project: join(root, "app"), stdlib: join(root, "stdlib") };
}

const wanted = [{ name: "CSV" }, { name: "App", uuid: own }, { name: "Nowhere" }, { name: "Gone", uuid: uuid("7") }];

function read(text = "1.10.8") {
  const { project, stdlib } = environment();
  const found = rawManifest(project, wanted, { version: version(text), stdlib });
  if (!found.ok) throw new Error(found.error.detail);
  return { ...found.value, project };
}

describe("all that an environment resolves to", () => {
  it("is its Manifest, the project itself, and what of the standard library these need and it does not list", () => {
    const { entries, found, missing, project } = read();
    expect(entries.map(({ name }) => name).sort()).toEqual(["App", "CSV", "Dates", "JSON", "Printf"]);
    expect(found).toEqual([
      { name: "CSV", uuid: csv },
      { name: "App", uuid: own },
    ]);
    expect(missing).toEqual(["Nowhere", "Gone"]);
    const tables = Object.fromEntries(entries.map(({ name, table }) => [name, table]));
    expect(tables.JSON).toMatchObject({ path: join(project, "..", "json dev") });
    expect(tables.App).toEqual({ deps: { CSV: csv }, path: project, uuid: own });
    expect(tables.Dates).toEqual({ deps: ["Printf"], uuid: dates });
    expect(tables.Printf).toEqual({ uuid: printf, version: "1.11.0" });
  });

  it("is nothing but a failure where the Manifest is no TOML", () => {
    const { project, stdlib } = environment();
    writeFileSync(join(project, "Manifest.toml"), "[[deps");
    const found = rawManifest(project, wanted, { version: version("1.10.8"), stdlib });
    expect(found).toMatchObject({ ok: false, error: { path: join(project, "Manifest.toml"), line: 1 } });
  });
});

describe("a Manifest that is written", () => {
  it.each(["1.5.3", "1.6.1", "1.6.2", "1.12.5"])("says the same to Julia %s", (text) => {
    const { entries } = read(text);
    const folder = tempFolder();
    writeFileSync(join(folder, "Project.toml"), "");
    const written = manifestText(entries, version(text), "a comment");
    writeFileSync(join(folder, "Manifest.toml"), written);
    const table = parse(written) as Record<string, unknown>;
    expect("manifest_format" in table).toBe(!["1.5.3", "1.6.1"].includes(text));
    expect(written).toContain('ExtraExt = ["Extra", "JSON"]');
    expect(written).toContain('weakdeps = ["Extra"]');
    const again = readManifest(folder);
    expect(again.ok && again.value.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      ["App", [csv]],
      ["CSV", [dates, json]],
      ["Dates", [printf]],
      ["JSON", []],
      ["Printf", []],
    ]);
  });
});
