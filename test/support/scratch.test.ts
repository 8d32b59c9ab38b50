import { execFileSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { partialPath, Scratch, writeWhole } from "../../src/support/scratch.ts";
import { tempFolder } from "../temp-folder.ts";

describe("writeWhole", () => {
  it("writes text and bytes, and nothing beside them", () => {
    const folder = tempFolder();
    writeWhole(join(folder, "text"), "héllo\n");
    writeWhole(join(folder, "bytes"), new Uint8Array([0, 255]));
    expect(readFileSync(join(folder, "text"), "utf8")).toBe("héllo\n");
    expect([...readFileSync(join(folder, "bytes"))]).toEqual([0, 255]);
    expect(readdirSync(folder).sort()).toEqual(["bytes", "text"]);
  });

  it("takes the place of what was there", () => {
    const path = join(tempFolder(), "list.jl");
    writeFileSync(path, "a much longer text than the new one");
    writeWhole(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
  });

  it("leaves a link a link, also to what is not there yet", () => {
    const folder = tempFolder();
    for (const name of ["there", "not-yet"]) symlinkSync(name, join(folder, `link-${name}`));
    writeFileSync(join(folder, "there"), "old");
    for (const name of ["there", "not-yet"]) writeWhole(join(folder, `link-${name}`), name);
    expect(readFileSync(join(folder, "there"), "utf8")).toBe("there");
    expect(readFileSync(join(folder, "not-yet"), "utf8")).toBe("not-yet");
    expect(lstatSync(join(folder, "link-there")).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform === "win32")("writes into a pipe, and does not take its place", () => {
    const path = join(tempFolder(), "pipe");
    execFileSync("mkfifo", [path]);
    // Held open for both, so that neither end waits for the other.
    const held = openSync(path, "r+");
    writeWhole(path, "through");
    expect(readSync(held, Buffer.alloc(7))).toBe(7);
    closeSync(held);
    expect(statSync(path).isFIFO()).toBe(true);
  });

  it("makes a program where the mode says so", () => {
    const path = join(tempFolder(), "program");
    writeWhole(path, "#!/bin/sh\n", 0o755);
    expect(statSync(path).mode & 0o100).toBe(0o100);
  });

  it("leaves a folder of that name, and nothing half written", () => {
    const folder = tempFolder();
    const path = join(folder, "taken");
    mkdirSync(path);
    writeFileSync(join(path, "inside"), "kept");
    expect(() => writeWhole(path, "new")).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(folder)).toEqual(["taken"]);
    expect(readFileSync(join(path, "inside"), "utf8")).toBe("kept");
  });

  it("says so where nothing can be written", () => {
    const folder = tempFolder();
    const file = join(folder, "file");
    writeFileSync(file, "kept");
    expect(() => writeWhole(join(file, "below"), "new")).toThrow(/ENOTDIR/);
    expect(() => writeWhole(join(folder, "absent", "file"), "new")).toThrow(/ENOENT/);
    expect(readdirSync(folder)).toEqual(["file"]);
    expect(readFileSync(file, "utf8")).toBe("kept");
  });
});

it("a partial file stands in the folder of the file it becomes, so that it can be renamed", () => {
  const path = join(tempFolder(), "sys.so");
  expect(dirname(partialPath(path))).toBe(dirname(path));
  expect(partialPath(path)).not.toBe(path);
});

describe("a scratch folder", () => {
  it("goes with all that is in it", () => {
    const scratch = new Scratch("test", tempFolder());
    mkdirSync(scratch.file("folder"));
    writeFileSync(join(scratch.file("folder"), "file"), "");
    scratch.remove();
    expect(existsSync(scratch.path)).toBe(false);
    expect(() => scratch.remove()).not.toThrow();
  });

  it("stays where somebody has to look into it", () => {
    const scratch = new Scratch("test", tempFolder());
    scratch.keep();
    scratch.remove();
    expect(existsSync(scratch.path)).toBe(true);
  });

  it("is another one for each job", () => {
    const parent = tempFolder();
    expect(new Scratch("test", parent).path).not.toBe(new Scratch("test", parent).path);
  });

  it("cannot be made where the parent is none", () => {
    const parent = join(tempFolder(), "absent");
    expect(() => new Scratch("test", parent)).toThrow(/ENOENT/);
  });
});
