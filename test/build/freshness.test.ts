import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Input } from "../../src/build/back-end.ts";
import type { Sysimage, SysimagePlan } from "../../src/build/build-plan.ts";
import { freshnessOf } from "../../src/build/freshness.ts";
import { changedInputs, inputsDigest, inputsOf } from "../../src/build/inputs.ts";
import { stampPath } from "../../src/build/stamp.ts";
import { sysimageBackEnd } from "../../src/build/sysimage/sysimage-back-end.ts";
import { call, statementFrom } from "../samples.ts";
import { tempFolder } from "../temp-folder.ts";
import { julia110 } from "../toolchains.ts";
import { planOn } from "./sysimage/plans.ts";

const known = { tool: "preimage 0.1.0", baseSysimageDigest: "00ff", includeQuarantined: false };
const walk = (plan: SysimagePlan, versions: readonly Input[] = []): Input[] => [
  ...inputsOf(plan, sysimageBackEnd, { ...known, asked: plan.statements, versions }),
];
const plain = planOn(julia110);

describe("what a bake is made from", () => {
  // A file that is there as long as this test is.
  const script = fileURLToPath(import.meta.url);

  it.each<readonly [string, Partial<SysimagePlan>]>([
    ["statements", { statements: [statementFrom(call("Base.sin", "Float64"))] }],
    ["packages", { packages: [{ name: "Dates" }] }],
    ["project", { project: "/app" }],
    ["repairs that are off", { repairsOff: new Set(["char"]) }],
    ["words for Julia", { juliaArgs: ["-O3"] }],
    ["CPU target", { cpuTarget: "generic" }],
    ["base", { freshBase: {} }],
    ["names in Main", { importIntoMain: true }],
    ["compressed", { compress: true }],
    ["fast", { fast: true }],
    ["soname", { soname: "app.so.1" }],
    ["compatibility version", { compatVersion: "1" }],
    ["definitions", { definitions: script }],
    ["executed", { execute: [script, "--fast"] }],
    ["script", { script }],
  ])("%s", (label, more) => {
    const changes = changedInputs(walk(plain), walk({ ...plain, ...more }));
    expect(changes.map(({ input }) => input)).toEqual([label]);
    expect(inputsDigest(walk({ ...plain, ...more }))).not.toBe(inputsDigest(walk(plain)));
  });

  it("is a file's content, not its name alone", () => {
    const edited = join(tempFolder(), "script.jl");
    writeFileSync(edited, "1");
    const before = walk({ ...plain, script: edited });
    writeFileSync(edited, "2");
    expect(changedInputs(before, walk({ ...plain, script: edited }))).toMatchObject([{ input: "script" }]);
  });

  it("is not whether it is linked anew, or what was asked of memory and disk", () => {
    expect(walk({ ...plain, resume: true, unchecked: true })).toEqual(walk(plain));
  });

  it("is every package, also one that has come or gone", () => {
    const before = walk(plain, [["package CSV", "0.8.0 00ff"]]);
    expect(changedInputs(before, walk(plain, [["package CSV", "0.9.0 00ff"]]))).toEqual([
      { input: "package CSV", was: "0.8.0 00ff", is: "0.9.0 00ff" },
    ]);
    expect(changedInputs(before, walk(plain))).toEqual([{ input: "package CSV", was: "0.8.0 00ff", is: undefined }]);
  });
});

describe("what stands there", () => {
  const inputs: readonly Input[] = [["CPU target", "native"]];

  function baked(stamp?: object): Sysimage {
    const output = join(tempFolder(), "app.so") as Sysimage;
    writeFileSync(output, "image");
    if (stamp !== undefined) writeFileSync(stampPath(output), JSON.stringify(stamp));
    return output;
  }
  const stamp = { preimage: "preimage 0.1.0", bytes: 5, packages: [], statements: [], inputs };

  it("is fresh where it was made from the same", () => {
    expect(freshnessOf(baked(stamp), inputs)).toEqual({ fresh: true, stamp });
  });

  it.each([
    ["nothing", () => "/nowhere/app.so", "nothing stands there"],
    ["another tool's", () => baked(), "it has no stamp"],
    ["another file under its name", () => baked({ ...stamp, bytes: 6 }), "it was changed since"],
  ])("is not where it is %s", (_, output, why) => {
    expect(freshnessOf(output(), inputs)).toEqual({ fresh: false, why });
  });

  it("is not where it was made from something else", () => {
    expect(freshnessOf(baked(stamp), [["CPU target", "generic"]])).toEqual({
      fresh: false,
      why: "other inputs",
      changes: [{ input: "CPU target", was: "native", is: "generic" }],
    });
  });

  it("may be a folder", () => {
    const folder = join(tempFolder(), "WarmStart");
    mkdirSync(folder);
    expect(freshnessOf(folder, inputs)).toMatchObject({ why: "it has no stamp" });
  });
});
