import { describe, expect, it } from "vitest";
import { packageFiles } from "../../../src/build/package/package-files.ts";
import { packageUuid } from "../../../src/build/package/package-uuid.ts";
import { julia110, version } from "../../toolchains.ts";
import { packagePlanOn } from "./plans.ts";

/** All but what is copied as it is. */
function written(text: string): string {
  const files = packageFiles(packagePlanOn({ ...julia110, version: version(text) }));
  return [...files]
    .filter(([path]) => !/^src\/(?:replay|reflection|compile)\.jl$/.test(path))
    .map(([path, content]) => `==== ${path}\n${content}`)
    .join("\n");
}

describe("the files of a package", () => {
  // 1.5 has no native code in packages, but the code itself is run there: its Manifest is of the older format.
  it.each(["1.5.3", "1.9.4", "1.10.8", "1.11.7", "1.12.5"])("for Julia %s", async (text) => {
    await expect(written(text)).toMatchFileSnapshot(`golden/package-${text}.txt`);
  });

  it("hold copies of what replays a list", () => {
    const names = [...packageFiles(packagePlanOn(julia110)).keys()];
    expect(names).toEqual(expect.arrayContaining(["src/replay.jl", "src/reflection.jl", "src/compile.jl", "load.jl"]));
  });

  it("depend on nothing where nothing is loaded", () => {
    const files = packageFiles(packagePlanOn(julia110, { dependencies: [], manifest: [] }));
    expect(files.get("Project.toml")).toContain("[deps]\n\n[compat]");
    expect(files.get("src/WarmStart.jl")).not.toMatch(/^import/m);
  });
});

describe("the uuid of a package", () => {
  it("is the same for the same project and name, and for no other", () => {
    const uuid = packageUuid("project", "WarmStart");
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(packageUuid("project", "WarmStart")).toBe(uuid);
    const others = [packageUuid("other", "WarmStart"), packageUuid("project", "Warm"), packageUuid("", "WarmStart")];
    expect(new Set([uuid, ...others]).size).toBe(4);
  });
});
