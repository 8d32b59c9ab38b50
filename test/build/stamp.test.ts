import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isStamped, readStamp, type Stamp, stampPath } from "../../src/build/stamp.ts";
import { statementFrom } from "../samples.ts";
import { tempFolder } from "../temp-folder.ts";

const stamp: Stamp = {
  preimage: "preimage 0.1.0",
  as: "sysimage",
  inputs: [["CPU target", "native"]],
  julia: { version: "1.10.8", commit: "4c16ff44be", os: "Linux", arch: "x86_64" },
  cpuTarget: "native",
  cpu: { name: "skylake", features: ["avx2"] },
  bytes: 0,
  baseSysimage: { path: "/opt/julia/lib/julia/sys.so", digest: "00ff" },
  packages: [{ name: "Dates", uuid: "ade2ca70-3891-5945-98fb-dc099432e06a" }],
  listDigest: "ff00",
  ioKinds: ["pipe"],
  verdicts: { compiled: 1 },
  statements: [{ digest: statementFrom("precompile(Tuple{typeof(f)})").digest, verdict: "compiled" }],
  bakedAt: "2024-05-01T10:00:00.000Z",
};

function sysimageWith(stampText?: string): string {
  const sysimage = join(tempFolder(), "sys.so");
  writeFileSync(sysimage, "");
  if (stampText !== undefined) writeFileSync(stampPath(sysimage), stampText);
  return sysimage;
}

describe("a stamp", () => {
  it("stands beside its sysimage", () => {
    expect(stampPath("/app/sys.so")).toBe("/app/sys.so.json");
  });

  it("is read as it was written", () => {
    const sysimage = sysimageWith(JSON.stringify(stamp, null, 2));
    expect(readStamp(sysimage)).toEqual(stamp);
    expect(isStamped(sysimage)).toBe(true);
  });

  it.each([
    ["missing", undefined],
    ["empty", ""],
    ["cut", JSON.stringify(stamp).slice(0, 100)],
    ["no JSON", "hello"],
    ["null", "null"],
    ["a number", "7"],
    ["a list", "[]"],
    ["of another tool", '{"name": "app", "version": "1.0.0"}'],
    ["without statements", '{"preimage": "preimage 0.1.0"}'],
    ["with statements that are no list", '{"preimage": "preimage 0.1.0", "statements": {}}'],
    ["by nobody", '{"preimage": 1, "statements": []}'],
  ])("that is %s is none", (_, text) => {
    const sysimage = sysimageWith(text);
    expect(readStamp(sysimage)).toBeUndefined();
    expect(isStamped(sysimage)).toBe(false);
  });

  it("is none where a folder has its name", () => {
    const sysimage = sysimageWith();
    mkdirSync(stampPath(sysimage));
    expect(readStamp(sysimage)).toBeUndefined();
  });
});
