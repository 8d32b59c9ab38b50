import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { drawDiagnostic } from "../../src/diagnostics/frame.ts";
import { readEditorTask } from "../../src/julia/editor-task.ts";
import { tempFolder } from "../temp-folder.ts";

const project = `
name = "App"
uuid = "6a271fc1-d3f3-4719-804d-8c33a9ade78a"
[deps]
CSV = "336ed68f-0bac-5ca0-87d4-7b16caf5d00b"
DataFrames = "a93c6f00-e57d-5684-b7b6-d8193f3e46c0"
Mine = "00000000-e57d-5684-b7b6-d8193f3e46c0"
Above = "11111111-e57d-5684-b7b6-d8193f3e46c0"
Plots = "91a5bcdd-55d7-5caf-9e0b-520d859cae80"
`;
const entries = (below: string): string => `
[[${below}CSV]]
uuid = "336ed68f-0bac-5ca0-87d4-7b16caf5d00b"
[[${below}Mine]]
path = "dev/Mine"
uuid = "00000000-e57d-5684-b7b6-d8193f3e46c0"
[[${below}Between]]
deps = ["Mine"]
uuid = "22222222-e57d-5684-b7b6-d8193f3e46c0"
[[${below}Above]]
uuid = "11111111-e57d-5684-b7b6-d8193f3e46c0"
[${below}Above.deps]
Between = "22222222-e57d-5684-b7b6-d8193f3e46c0"
`;

function folderWith(task: string | undefined, manifest = entries("")): string {
  const folder = tempFolder();
  writeFileSync(join(folder, "Project.toml"), project);
  writeFileSync(join(folder, "Manifest.toml"), manifest);
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src", "App.jl"), "module App end");
  mkdirSync(join(folder, ".vscode"));
  if (task !== undefined) writeFileSync(join(folder, ".vscode", "JuliaSysimage.toml"), task);
  for (const name of ["list.jl", "run.jl"]) writeFileSync(join(folder, name), "");
  return folder;
}

const documented = `
[sysimage]
exclude=["Plots"]   # Additional packages to be excluded in the system image
statements_files=["list.jl", ]   # relative to Julia project folder
execution_files="run.jl"
`;

it.each([
  ["before Julia 1.7", entries("")],
  ["from 1.7 on", `julia_version = "1.10.8"\nmanifest_format = "2.0"\n${entries("deps.")}`],
])("reads what the editor's task read, with a Manifest of %s", (_, manifest) => {
  const folder = folderWith(documented, manifest);
  expect(readEditorTask(folder)).toEqual({
    ok: true,
    value: {
      path: join(folder, ".vscode", "JuliaSysimage.toml"),
      statementsFiles: [join(folder, "list.jl")],
      executionFiles: [join(folder, "run.jl")],
      ownPackage: "App",
      packages: ["CSV", "DataFrames"],
      leftOut: [
        { name: "Mine", why: "developed" },
        { name: "Above", why: "needs one that is left out" },
        { name: "Plots", why: "excluded" },
      ],
    },
  });
});

it("a project without the file has no task, and an empty one asks for all packages", () => {
  expect(readEditorTask(folderWith(undefined))).toEqual({ ok: true, value: undefined });
  const empty = readEditorTask(folderWith(""));
  expect(empty.ok && empty.value?.packages).toEqual(["CSV", "DataFrames", "Plots"]);
});

it.each([
  ["[sysimage]\nexclude=[Plots]\n", "PI990", "2:10"],
  ["sysimage = 3\n", "PI990", "`sysimage` is no table"],
  ["[sysimage]\nexclude = [1]\n", "PI990", "`exclude` is no list of texts"],
  ['[sysimage]\nstatements_files = ["gone.jl"]\n', "PI991", "gone.jl`, which does not exist"],
])("says what is wrong with %j", (task, code, words) => {
  const read = readEditorTask(folderWith(task));
  if (read.ok) throw new Error("it was read");
  expect(read.error.code).toBe(code);
  expect(drawDiagnostic(read.error)).toContain(words);
});
