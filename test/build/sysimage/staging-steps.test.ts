import { describe, expect, it } from "vitest";
import { type StagingWants, stagingScript } from "../../../src/build/sysimage/staging-steps.ts";
import { version } from "../../toolchains.ts";

const nothing: StagingWants = {
  importIntoMain: false,
  definitions: false,
  execute: false,
  script: false,
  stripMetadata: false,
  preinfer: false,
};
const everything = Object.fromEntries(Object.keys(nothing).map((want) => [want, true])) as unknown as StagingWants;

describe("the staging script", () => {
  it.each(["1.3", "1.5", "1.6", "1.9", "1.10", "1.11", "1.12", "1.13"])(
    "of Julia %s, with all there is",
    async (text) => {
      await expect(stagingScript(version(text), everything)).toMatchFileSnapshot(`staging/julia-${text}.jl`);
    },
  );

  it("has no step that nobody wants", async () => {
    await expect(stagingScript(version("1.12"), nothing)).toMatchFileSnapshot("staging/julia-1.12-plain.jl");
  });

  it("says nothing of the plan: whatever a path holds, no code is made of it", () => {
    expect(stagingScript(version("1.10"), everything)).not.toMatch(/include\((?!@__MODULE__, value_of|Main, value_of)/);
  });
});
