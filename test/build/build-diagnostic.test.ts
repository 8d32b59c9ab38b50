import { expect, it } from "vitest";
import type { BuildFailure } from "../../src/build/build.ts";
import { buildDiagnostic } from "../../src/build/build-diagnostic.ts";
import { call, statementFrom } from "../samples.ts";

const command = { program: "/usr/bin/cc", args: ["-o", "my image.so"] };
const step = { reason: "step", step: "link sysimage", kept: "/tmp/preimage-build-x", log: "" } as const;
const byHand = "run the step by hand: /usr/bin/cc -o 'my image.so'";

const failures: readonly (readonly [BuildFailure, code: string, message: string, hints: readonly string[]])[] = [
  [
    { reason: "unsupported-julia", version: "1.2.0" },
    "PI401",
    "Julia 1.2.0 cannot bake a sysimage from a list",
    ["name a Julia 1.3 or newer with `--julia PATH`"],
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
    ["free some space, or name a file on another disk with `-o FILE`"],
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
  expect(buildDiagnostic({ ...step, failure }).hints.join("\n")).toContain("memory");
});
