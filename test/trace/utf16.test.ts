import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { withUtf8 } from "../../src/trace/utf16.ts";
import { call } from "../samples.ts";
import { tempFolder } from "../temp-folder.ts";

const lines = `${call("Base.sin", "Float64")}\r\n${call("Base.:+", 'Base.Val{Symbol("é 😀")}')}\r\n`;
const littleEndian = Buffer.from(`\uFEFF${lines}`, "utf16le");

const read = (content: Buffer): { readonly text: string; readonly from: string; readonly path: string } => {
  const path = join(tempFolder(), "trace.jl");
  writeFileSync(path, content);
  return withUtf8(path, (from) => ({ text: readFileSync(from, "utf8"), from, path }));
};

it.each([
  ["as PowerShell writes it", littleEndian],
  ["with the bytes the other way round", Buffer.from(littleEndian).swap16()],
])("reads UTF-16 %s", (_, content) => {
  const { text, from } = read(content);
  expect(text).toBe(lines);
  expect(existsSync(from)).toBe(false);
});

it("reads characters that lie across pieces, and what was cut off", () => {
  const long = `a${"😀é".repeat(200_000)}`;
  expect(read(Buffer.from(`\uFEFF${long}`, "utf16le")).text).toBe(long);
  expect(read(Buffer.from(`\uFEFF${long}`, "utf16le").subarray(0, -1)).text).toBe(`${long.slice(0, -1)}\uFFFD`);
});

it.each([
  ["UTF-8", Buffer.from(lines)],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${lines}`)],
  ["nothing", Buffer.alloc(0)],
  ["one byte", Buffer.from([0xff])],
])("leaves %s where it is", (_, content) => {
  const { from, path } = read(content);
  expect(from).toBe(path);
});
