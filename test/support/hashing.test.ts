import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { digestFile, digestText } from "../../src/support/hashing.ts";
import { tempFolder } from "../temp-folder.ts";

it("is SHA-256, as `sha256sum` gives it", () => {
  expect(digestText("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(digestText("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

const mebibyte = 1 << 20;

// The file is read in pieces of one mebibyte.
it.each([0, 1, mebibyte - 1, mebibyte, mebibyte + 1, 3 * mebibyte + 7])(
  "a file of %i bytes has the digest of its text",
  (size) => {
    const text = "precompile\n".repeat(size / 11 + 1).slice(0, size);
    const path = join(tempFolder(), "file");
    writeFileSync(path, text);
    expect(digestFile(path)).toBe(digestText(text));
  },
);

it("says which file cannot be read", () => {
  const path = join(tempFolder(), "absent");
  expect(() => digestFile(path)).toThrow(path);
});
