import { expect, it } from "vitest";
import { buildDiagnostic } from "../../src/build/build-diagnostic.ts";
import type { BuildFailure } from "../../src/build/build-failure.ts";
import { call, statementFrom } from "../samples.ts";

const command = { program: "/usr/bin/cc", args: ["-o", "my image.so"] };
const step = { reason: "step", step: "link sysimage", kept: "/tmp/preimage-build-x", log: "" } as const;
const byHand = "run the step by hand: /usr/bin/cc -o 'my image.so'";

const failures: readonly (readonly [BuildFailure, code: string, message: string, hints: readonly string[]])[] = [
  [
    { reason: "unsupported-julia", version: "1.2.0", wanted: "1.3", what: "a sysimage" },
    "PI401",
    "Julia 1.2.0 cannot bake a sysimage from a list",
    ["name a Julia 1.3 or newer with `--julia PATH`"],
  ],
  [
    { reason: "unsupported-julia", version: "1.5.3", wanted: "1.9", what: "a package image" },
    "PI401",
    "Julia 1.5.3 cannot bake a package image from a list: it keeps no native code of packages",
    ["name a Julia 1.9 or newer with `--julia PATH`", "bake a sysimage, which it can: `--as sysimage -o FILE.so`"],
  ],
  [
    { reason: "folder-not-ours", path: "/app", detail: "it holds `x`, which preimage did not write" },
    "PI470",
    "the folder `/app` is not replaced: it holds `x`, which preimage did not write",
    ["name a new folder, or one that preimage wrote, with `-o DIR`", "move what is yours out of it"],
  ],
  [
    { reason: "output-not-writable", path: "/app", detail: "it is a folder" },
    "PI402",
    "`/app` cannot be written: it is a folder",
    ["name a file in a folder that you may write to with `-o FILE`"],
  ],
  [
    { reason: "disk-full", folder: "/app", freeBytes: 1.4e6, neededBytes: 400e6 },
    "PI403",
    "`/app` has 1 MB free, and a bake needs about 400 MB",
    [
      "free some space, or bake to another disk with `-o FILE`; TMPDIR names the folder for temporary files",
      "bake all the same with `--no-preflight`",
    ],
  ],
  [
    { reason: "memory-short", freeBytes: 500e6, neededBytes: 2_400e6 },
    "PI406",
    "500 MB of memory are free, and a bake needs about 2400 MB",
    [
      "close other programs, give the container or job more memory, or bake on another machine of the same kind",
      "bake all the same with `--no-preflight`; `--fast` takes a sixth less",
    ],
  ],
  [
    { reason: "unknown-cpu-target", cpuTarget: "nosuch", said: "no such CPU" },
    "PI407",
    "Julia does not take the CPU target `nosuch`: no such CPU",
    ["name one that `julia --cpu-target=help` lists, several with `;` between them"],
  ],
  [
    { reason: "nothing-to-resume", output: "/app/sys.so.unlinked", detail: "nothing was left by a failed link" },
    "PI408",
    "there is nothing to resume in `/app/sys.so.unlinked`: nothing was left by a failed link",
    ["build without `--resume`"],
  ],
  [
    { reason: "no-base-sources", folder: "/opt/julia/bin" },
    "PI409",
    "the Julia in `/opt/julia/bin` came without the sources of its base",
    ["use one from julialang.org, or build upon its sysimage: leave out `--no-incremental`"],
  ],
  [
    {
      ...step,
      failure: { reason: "exit-status", command, status: 1, output: "" },
      resumable: true,
    },
    "PI405",
    'the step "link sysimage" failed: `/usr/bin/cc` ended with status 1',
    [
      "mend the linker (JULIA_CC names another), and run the same command with `--resume`: only linking is left",
      "read the logs in /tmp/preimage-build-x",
      byHand,
    ],
  ],
  [
    { ...step, failure: { reason: "interrupted", command } },
    "PI404",
    'interrupted while the step "link sysimage" ran',
    [],
  ],
  [
    { ...step, failure: { reason: "exit-status", command, status: 1, output: "" }, log: "ld: no\nerror" },
    "PI405",
    'the step "link sysimage" failed: `/usr/bin/cc` ended with status 1\n    ld: no\n    error',
    ["read the logs in /tmp/preimage-build-x", byHand],
  ],
  [
    {
      ...step,
      failure: { reason: "signal", command, signal: "SIGSEGV", output: "" },
      culprit: statementFrom(call("Base.sin", "Int64")),
    },
    "PI405",
    'the step "link sysimage" failed: `/usr/bin/cc` was stopped by SIGSEGV, while it replayed `precompile(Tuple{typeof(Base.sin), Int64})`',
    ["take that statement out of the list", "read the logs in /tmp/preimage-build-x", byHand],
  ],
];

it.each(failures)("%j is told in words", (failure, code, message, hints) => {
  expect(buildDiagnostic(failure)).toEqual({ code, severity: "error", message, hints });
});

it("a bake that was killed is told to need memory", () => {
  const failure = { reason: "signal", command, signal: "SIGKILL", output: "" } as const;
  const { hints } = buildDiagnostic({ ...step, failure, leastFreeBytes: 12e6 });
  expect(hints[0]).toContain("was probably killed for it: at the least 12 MB were free");
});
