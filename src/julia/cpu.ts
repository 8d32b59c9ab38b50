import { readFileSync } from "node:fs";

/** A processor, by what decides whether code for another one runs on it. */
export interface Cpu {
  /** As LLVM names it, such as `znver3`. */
  readonly name: string;
  /** What it can do, as Linux names it; undefined where the system does not tell. */
  readonly features?: readonly string[] | undefined;
}

/**
 * What of `flags` in /proc/cpuinfo compiled code may need: the rest is for kernels.
 * Source: the features that Julia's src/features_x86.h knows, by Linux's names; on ARM all but two concern code.
 */
const x86Features: ReadonlySet<string> = new Set(
  `pni pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 movbe popcnt aes avx f16c rdrand fsgsbase bmi1 avx2 bmi2 rtm avx512f
   avx512dq rdseed adx avx512ifma clflushopt clwb avx512cd sha_ni avx512bw avx512vl avx512vbmi avx512_vbmi2 gfni vaes
   vpclmulqdq avx512_vnni avx512_bitalg avx512_vpopcntdq rdpid cldemote movdiri movdir64b avx512_vp2intersect
   avx512_bf16 avx512_fp16 avx_vnni amx_bf16 amx_tile amx_int8 lahf_lm abm sse4a 3dnowprefetch xop fma4 tbm mwaitx
   xsaveopt xsavec xsaves clzero wbnoinvd`.split(/\s+/),
);
const notOfCode: ReadonlySet<string> = new Set(["evtstrm", "cpuid"]);

/** What this machine's processor can do; undefined where the system does not tell without asking Julia. */
export function cpuFeatures(): readonly string[] | undefined {
  try {
    return featuresIn(readFileSync("/proc/cpuinfo", "utf8"));
  } catch {
    return undefined;
  }
}

export function featuresIn(cpuinfo: string): readonly string[] | undefined {
  const [, field, flags = ""] = /^(flags|Features)\s*: (.*)$/m.exec(cpuinfo) ?? [];
  if (field === undefined) return undefined;
  const words = flags.trim().split(/\s+/);
  return words.filter((word) => (field === "flags" ? x86Features.has(word) : !notOfCode.has(word))).sort();
}

const v2 = "cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3";
const v3 = `${v2} abm avx avx2 bmi1 bmi2 f16c fma movbe`;
const v4 = `${v3} avx512f avx512bw avx512cd avx512dq avx512vl`;

/** What the processors need that images are commonly built for. Source: the psABI's levels, LLVM's X86.td. */
const needs: Readonly<Record<string, string>> = {
  generic: "",
  "x86-64": "",
  "x86-64-v2": v2,
  "x86-64-v3": v3,
  "x86-64-v4": v4,
  core2: "cx16 lahf_lm pni ssse3",
  nehalem: v2,
  westmere: `${v2} pclmulqdq`,
  sandybridge: `${v2} pclmulqdq avx xsaveopt`,
  ivybridge: `${v2} pclmulqdq avx xsaveopt f16c rdrand fsgsbase`,
  haswell: `${v3} pclmulqdq xsaveopt rdrand fsgsbase`,
  broadwell: `${v3} pclmulqdq xsaveopt rdrand fsgsbase adx rdseed`,
  skylake: `${v3} pclmulqdq xsaveopt rdrand fsgsbase adx rdseed aes clflushopt xsavec xsaves`,
  "skylake-avx512": `${v4} pclmulqdq xsaveopt rdrand fsgsbase adx rdseed aes clflushopt xsavec xsaves clwb`,
  znver1: `${v3} pclmulqdq xsaveopt rdrand fsgsbase adx rdseed aes clflushopt xsavec xsaves sse4a sha_ni`,
  znver2: `${v3} pclmulqdq xsaveopt rdrand fsgsbase adx rdseed aes clflushopt xsavec xsaves sse4a sha_ni clwb rdpid`,
};

/** LLVM's name of a feature where Linux has another. */
const linuxNames: Readonly<Record<string, string>> = {
  sse3: "pni",
  pclmul: "pclmulqdq",
  "sse4.1": "sse4_1",
  "sse4.2": "sse4_2",
  sahf: "lahf_lm",
  lzcnt: "abm",
  bmi: "bmi1",
  rdrnd: "rdrand",
  sha: "sha_ni",
  prfchw: "3dnowprefetch",
};

export type CpuFit =
  | { readonly fits: true }
  | { readonly fits: undefined }
  | { readonly fits: false; readonly lacking: readonly string[] };

/**
 * Whether Julia starts here on an image for `target`: a processor or several, as `--cpu-target` takes them, of which one
 * has to do. `bakedOn` is what `native` stands for. `fits` is undefined where only a Julia can tell.
 */
export function cpuFit(target: string, bakedOn: Cpu, here: Cpu): CpuFit {
  const fits = target
    .split(";")
    .filter((each) => each !== "")
    .map((each) => targetFit(each, bakedOn, here));
  return fits.find((fit) => fit.fits) ?? fits.find((fit) => fit.fits === undefined) ?? fits[0] ?? { fits: undefined };
}

function targetFit(target: string, bakedOn: Cpu, here: Cpu): CpuFit {
  const [name = "", ...options] = target.split(",");
  const cpu = name === "native" ? bakedOn : { name, features: needs[name]?.split(" ").filter((word) => word !== "") };
  if (cpu.features === undefined || here.features === undefined)
    return cpu.name === here.name ? { fits: true } : { fits: undefined };
  const without = new Set(
    options.filter((option) => option.startsWith("-")).map((option) => linuxName(option.slice(1))),
  );
  const more = options.filter((option) => option.startsWith("+")).map((option) => linuxName(option.slice(1)));
  const has = new Set(here.features);
  const lacking = [...cpu.features.filter((each) => !without.has(each)), ...more].filter((each) => !has.has(each));
  return lacking.length === 0 ? { fits: true } : { fits: false, lacking };
}

const linuxName = (feature: string): string => linuxNames[feature] ?? feature;
