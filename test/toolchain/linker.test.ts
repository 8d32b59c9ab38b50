import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { findCompiler } from "../../src/julia/linker.ts";
import { tempFolder } from "../temp-folder.ts";

/** A PATH with these programs and nothing else. */
function pathWith(...names: readonly string[]): string {
  const folder = tempFolder();
  for (const name of names) {
    writeFileSync(join(folder, name), "#!/bin/sh\n");
    chmodSync(join(folder, name), 0o755);
  }
  vi.stubEnv("PATH", folder);
  return folder;
}

beforeEach(() => void vi.stubEnv("JULIA_CC", undefined));
afterEach(() => void vi.unstubAllEnvs());

it.each([
  [["cc", "gcc", "clang"], "cc"],
  [["gcc", "clang"], "gcc"],
  [["clang"], "clang"],
])("of %j on PATH it is %s", (names, name) => {
  const folder = pathWith(...names);
  expect(findCompiler()).toEqual({ kind: "compiler", program: join(folder, name), args: [], foundBy: "PATH" });
});

it("is nothing where no compiler is installed", () => {
  pathWith("ld");
  expect(findCompiler()).toBeUndefined();
});

it("is what JULIA_CC says, with its arguments", () => {
  const folder = pathWith("cc", "clang");
  vi.stubEnv("JULIA_CC", "  clang --target=x86_64-linux-gnu   -fuse-ld=lld ");
  expect(findCompiler()).toEqual({
    kind: "compiler",
    program: join(folder, "clang"),
    args: ["--target=x86_64-linux-gnu", "-fuse-ld=lld"],
    foundBy: "JULIA_CC",
  });
  vi.stubEnv("JULIA_CC", "/opt/gcc/bin/gcc -m64");
  expect(findCompiler()).toEqual({
    kind: "compiler",
    program: "/opt/gcc/bin/gcc",
    args: ["-m64"],
    foundBy: "JULIA_CC",
  });
});

it("is not another one where JULIA_CC names what is not there", () => {
  pathWith("cc");
  vi.stubEnv("JULIA_CC", "icc");
  expect(findCompiler()).toBeUndefined();
});

it.each(["", "   "])("is found as usual where JULIA_CC is %j", (value) => {
  const folder = pathWith("cc");
  vi.stubEnv("JULIA_CC", value);
  expect(findCompiler()).toEqual({ kind: "compiler", program: join(folder, "cc"), args: [], foundBy: "PATH" });
});
