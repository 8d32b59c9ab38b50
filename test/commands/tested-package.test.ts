import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { testedPackage } from "../../src/commands/tested-package.ts";
import { tempFolder } from "../temp-folder.ts";

function project(text: string): string {
  const folder = realpathSync(tempFolder());
  writeFileSync(join(folder, "Project.toml"), text);
  return folder;
}

const app = 'name = "App"\nuuid = "1"\n\n[deps]\nname = "2"\n';
const code = (asked: Parameters<typeof testedPackage>[0]): string | undefined => {
  const tested = testedPackage(asked);
  return tested.ok ? undefined : tested.error.code;
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("the tests of", () => {
  it("the package in this folder, or above it, are meant where none is named", () => {
    vi.stubEnv("JULIA_PROJECT", "");
    const folder = project(app);
    mkdirSync(join(folder, "src"));
    vi.spyOn(process, "cwd").mockReturnValue(join(folder, "src"));
    expect(testedPackage({ args: [] })).toEqual({
      ok: true,
      value: { kind: "test", subject: "App", project: folder, args: [] },
    });
  });

  it("the package of a project that is named", () => {
    const folder = project(app);
    expect(testedPackage({ args: ["fast"], project: folder })).toMatchObject({
      ok: true,
      value: { subject: "App", project: folder, args: ["fast"] },
    });
  });

  it("a package that is named are run in whatever project there is", () => {
    vi.stubEnv("JULIA_PROJECT", "");
    vi.spyOn(process, "cwd").mockReturnValue(realpathSync(tempFolder()));
    expect(testedPackage({ package: "CSV", args: [] })).toMatchObject({
      ok: true,
      value: { subject: "CSV", package: "CSV", project: undefined },
    });
  });

  it("what JULIA_PROJECT names is left to Julia where it is no folder", () => {
    vi.stubEnv("JULIA_PROJECT", "@.");
    expect(testedPackage({ args: [] })).toMatchObject({ ok: true, value: { subject: "package", project: undefined } });
    vi.stubEnv("JULIA_PROJECT", project(app));
    expect(testedPackage({ args: [] })).toMatchObject({ ok: true, value: { subject: "App", project: undefined } });
  });

  it("nothing are refused before Julia starts", () => {
    vi.stubEnv("JULIA_PROJECT", "");
    vi.spyOn(process, "cwd").mockReturnValue(realpathSync(tempFolder()));
    expect(code({ args: [] })).toBe("PI925");
    expect(code({ args: [], project: "nowhere" })).toBe("PI921");
    expect(code({ args: [], project: project('[deps]\nname = "2"\n') })).toBe("PI917");
  });
});
