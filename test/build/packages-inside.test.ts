import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { packagesInside } from "../../src/build/packages-inside.ts";
import { tempFolder } from "../temp-folder.ts";
import { julia110 as toolchain } from "../toolchains.ts";

const manifest = (version: string) => `[[CSV]]\nuuid = "336e"\nversion = "${version}"\n[[Dates]]\nuuid = "ade2"\n`;

it("holds what it is built upon as that one has it, and the rest as the project has it", () => {
  const folder = tempFolder();
  const baseSysimage = join(folder, "base.so");
  const inBase = [{ name: "CSV", uuid: "336e", version: "0.8.2" }];
  writeFileSync(
    `${baseSysimage}.json`,
    JSON.stringify({ preimage: "p", bytes: 0, statements: [], inputs: [], packages: inBase }),
  );
  writeFileSync(join(folder, "Project.toml"), "");
  writeFileSync(join(folder, "Manifest.toml"), manifest("0.8.4"));
  const packages = [{ name: "CSV" }, { name: "Dates" }];
  const of = (base: string) => packagesInside({ baseSysimage: base, packages, project: folder, toolchain });
  expect(of(baseSysimage)).toEqual([...inBase, { name: "Dates", uuid: "ade2" }]);
  expect(of("/nowhere/sys.so")).toMatchObject([{ version: "0.8.4" }, { name: "Dates" }]);
});

it("looks into the user's own environment where there is no project", () => {
  const depot = tempFolder();
  vi.stubEnv("JULIA_DEPOT_PATH", depot);
  const plan = { project: undefined, baseSysimage: "/nowhere/sys.so", packages: [{ name: "CSV" }], toolchain };
  expect(packagesInside(plan)).toEqual([{ name: "CSV" }]);
  const environment = join(depot, "environments", "v1.10");
  mkdirSync(environment, { recursive: true });
  writeFileSync(join(environment, "Project.toml"), "");
  writeFileSync(join(environment, "Manifest.toml"), manifest("0.9.0"));
  expect(packagesInside(plan)).toEqual([{ name: "CSV", uuid: "336e", version: "0.9.0" }]);
  vi.unstubAllEnvs();
});
