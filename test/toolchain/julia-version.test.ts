import { describe, expect, it } from "vitest";
import { atLeast, parseJuliaVersion } from "../../src/julia/julia-version.ts";
import { emitFlags, isSupported, linkedLibraries, objectFileName } from "../../src/julia/versions.ts";
import { version } from "../toolchains.ts";

describe("a version", () => {
  it.each([
    ["1.5.3", [1, 5, 3]],
    ["v1.10.8", [1, 10, 8]],
    ["1.9", [1, 9, 0]],
    ["2", [2, 0, 0]],
    ["1.12.0-DEV.1617", [1, 12, 0]],
    ["1.6.0-rc1", [1, 6, 0]],
    ["1.11.7+0.x64.linux.gnu", [1, 11, 7]],
    [" 1.5.3\n", [1, 5, 3]],
  ])("%j is read", (text, [major, minor, patch]) => {
    expect(parseJuliaVersion(text)).toEqual({ major, minor, patch, text: text.trim() });
  });

  it.each(["", "julia", "one.two", "1.x", "1.5.3x", "x1.5", "-1.5", "julia version 1.5.3", "1,5"])(
    "%j is none",
    (text) => expect(parseJuliaVersion(text)).toBeUndefined(),
  );

  it.each([
    ["1.9.0", 1, 9, true],
    ["1.9.4", 1, 9, true],
    ["1.10.0", 1, 9, true],
    ["2.0.0", 1, 9, true],
    ["1.8.5", 1, 9, false],
    ["0.9.0", 1, 0, false],
    ["2.0.0", 2, 1, false],
    ["1.9.0-rc1", 1, 9, true],
  ])("%s is at least %i.%i: %s", (text, major, minor, is) => {
    expect(atLeast(version(text), major, minor)).toBe(is);
  });
});

describe("what differs between versions", () => {
  const old = { flags: [], libraries: ["julia"], object: "sysimage.o" };
  const split = { flags: [], libraries: ["julia", "julia-internal"], object: "sysimage-o.a" };
  const cached = { ...split, flags: ["--pkgimages=no", "--threads=1"] };

  it.each([
    ["1.3.1", old],
    ["1.5.3", old],
    ["1.6.7", split],
    ["1.8.5", split],
    ["1.9.0", cached],
    ["1.10.8", cached],
    ["1.12.5", cached],
    ["1.13.0-DEV.1", cached],
  ])("%s", (text, { flags, libraries, object }) => {
    expect(emitFlags(version(text))).toEqual(flags);
    expect(linkedLibraries(version(text), false)).toEqual(libraries);
    expect(linkedLibraries(version(text), true)).toEqual(libraries.map((name) => `${name}-debug`));
    expect(objectFileName(version(text))).toBe(object);
    expect(isSupported(version(text))).toBe(true);
  });

  it.each(["0.7.0", "1.0.5", "1.2.0"])("%s is too old", (text) => {
    expect(isSupported(version(text))).toBe(false);
  });
});
