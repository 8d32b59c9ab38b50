import { describe, expect, it } from "vitest";
import { type Cpu, cpuFeatures, cpuFit, featuresIn } from "../../src/julia/cpu.ts";

const haswell: Cpu = {
  name: "haswell",
  features: featuresIn(
    "model name\t: Intel\nflags\t\t: fpu sse sse2 pni pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 movbe popcnt avx f16c rdrand fsgsbase bmi1 avx2 bmi2 lahf_lm abm xsaveopt md_clear\n",
  ),
};
const avx512: Cpu = { name: "skylake-avx512", features: [...(haswell.features ?? []), "avx512f"] };

describe("the features of a processor", () => {
  it("are those that code may need", () => {
    expect(haswell.features).toContain("avx2");
    expect(haswell.features).not.toContain("md_clear");
    expect(featuresIn("Features\t: fp asimd evtstrm crc32\n")).toEqual(["asimd", "crc32", "fp"]);
    expect(featuresIn("processor: 0\n")).toBeUndefined();
  });

  it.runIf(process.platform === "linux")("are told on Linux", () => {
    expect(cpuFeatures()?.length).toBeGreaterThan(3);
  });
});

describe("an image for a processor", () => {
  it.each<[string, Cpu, Cpu, boolean | undefined]>([
    ["native", haswell, haswell, true],
    ["native", haswell, avx512, true],
    ["native", avx512, haswell, false],
    ["generic", avx512, haswell, true],
    ["generic;sandybridge,-xsaveopt,clone_all;haswell,-rdrnd,base(1)", avx512, haswell, true],
    ["skylake-avx512", avx512, haswell, false],
    ["skylake-avx512;haswell", avx512, haswell, true],
    ["haswell,+avx512f", avx512, haswell, false],
    ["haswell,-avx512f", avx512, haswell, true],
    ["power9", haswell, haswell, undefined],
    ["native", { name: "apple-m1" }, { name: "apple-m1" }, true],
    ["native", { name: "apple-m1" }, { name: "apple-m2" }, undefined],
  ])("`%s` of %o on %o", (target, bakedOn, here, fits) => {
    expect(cpuFit(target, bakedOn, here).fits).toBe(fits);
  });

  it("names what the processor lacks", () => {
    expect(cpuFit("native", avx512, haswell)).toEqual({ fits: false, lacking: ["avx512f"] });
  });
});
