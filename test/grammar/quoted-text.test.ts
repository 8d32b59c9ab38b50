import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  endOfSymbolCall,
  endOfVar,
  readStringBody,
  readVarBody,
  writeStringBody,
  writeVarBody,
} from "../../grammar/quoted-text.ts";

const anyText = fc.string({ unit: fc.constantFrom("a", "\\", '"', "$", "\n", "\t", ")", ",", "é") });

describe("the end of quoted text", () => {
  it.each([
    ['Symbol("a b")}', 'Symbol("a b")'],
    ['Symbol("")}', 'Symbol("")'],
    ['Symbol("get(ENV, "X", nothing)"), T}', 'Symbol("get(ENV, "X", nothing)")'],
    ['Symbol("a\\"b"), Symbol("c")', 'Symbol("a\\"b")'],
    ['Symbol("a"b\\")}', 'Symbol("a"b\\")'],
    ['Symbol("a\\"), Symbol("b\\")}', 'Symbol("a\\")'],
    ['Symbol("never closed', 'Symbol("never closed'],
  ])("%s", (text, expected) => expect(text.slice(0, endOfSymbolCall(text, 0))).toBe(expected));

  it.each([
    ['var"#1#2"{Int64}', 'var"#1#2"'],
    ['var"a b".f', 'var"a b"'],
    ['var"a\\"b\\\\"}', 'var"a\\"b\\\\"'],
    ['var"has"quote", Int64', 'var"has"quote"'],
  ])("%s", (text, expected) => expect(text.slice(0, endOfVar(text, 3))).toBe(expected));
});

describe("escaping", () => {
  it("reads back every symbol it wrote", () => {
    fc.assert(fc.property(anyText, (name) => readStringBody(writeStringBody(name)).name === name));
  });
  it("reads back every quoted name it wrote", () => {
    fc.assert(fc.property(anyText, (name) => readVarBody(writeVarBody(name)) === name));
  });
  it("takes a body with an escape preimage does not write as printed bare", () => {
    expect(readStringBody("yyyy-mm-dd\\THH")).toEqual({ name: "yyyy-mm-dd\\THH", escaped: false });
  });
});
