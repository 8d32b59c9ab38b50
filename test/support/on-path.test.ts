import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { isExecutable, onPath } from "../../src/support/on-path.ts";
import { tempFolder } from "../temp-folder.ts";

afterEach(() => void vi.unstubAllEnvs());

function program(folder: string, name: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, mode);
  return path;
}

it("takes the first folder that has the program", () => {
  const [first, second] = [tempFolder(), tempFolder()];
  program(second, "tool");
  const found = program(first, "tool");
  vi.stubEnv("PATH", [first, second].join(":"));
  expect(onPath("tool")).toBe(found);
});

it("passes by what cannot be run, folders of that name and folders that do not exist", () => {
  const [plain, folder, good] = [tempFolder(), tempFolder(), tempFolder()];
  program(plain, "tool", 0o644);
  mkdirSync(join(folder, "tool"));
  const found = program(good, "tool");
  vi.stubEnv("PATH", [join(plain, "absent"), "", plain, folder, good].join(":"));
  expect(onPath("tool")).toBe(found);
});

it("finds nothing on an empty path", () => {
  vi.stubEnv("PATH", "");
  expect(onPath("sh")).toBeUndefined();
});

it("finds nothing where there is no path at all", () => {
  vi.stubEnv("PATH", undefined);
  expect(onPath("sh")).toBeUndefined();
});

it("tells programs from other files", () => {
  const folder = tempFolder();
  const tool = program(folder, "tool");
  symlinkSync(tool, join(folder, "link"));
  symlinkSync(join(folder, "absent"), join(folder, "dangling"));
  const runs = ["tool", "link", "dangling", "absent", "."].filter((name) => isExecutable(join(folder, name)));
  expect(runs).toEqual(["tool", "link"]);
  expect(isExecutable(program(folder, "text", 0o644))).toBe(false);
});
