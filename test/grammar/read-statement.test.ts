import { describe, expect, it } from "vitest";
import { nestingLimit } from "../../grammar/nesting-limit.ts";
import { readStatement } from "../../grammar/read-statement.ts";

const kindOf = (text: string) => readStatement(text).trouble?.kind ?? "read";
const nested = (levels: number) => `precompile(Tuple{${"A{".repeat(levels)}${"}".repeat(levels)}})`;

describe("nesting", () => {
  it("reads what is as deep as the limit", () => expect(kindOf(nested(nestingLimit - 2))).toBe("read"));
  it.each([
    ["brackets", nested(nestingLimit)],
    ["brackets that are never closed", `precompile(${"A{".repeat(10_000)}`],
    ["variables in braces", `precompile(Tuple{A where {${"T, ".repeat(10_000)}T}})`],
    ["bounds without a variable", `precompile(Tuple{${"<:A, ".repeat(10_000)}A})`],
    ["a chain of where", `precompile(Tuple{A${" where T".repeat(10_000)}})`],
    ["chains inside brackets", `precompile(Tuple{${"A{B where T, ".repeat(600)}${"}".repeat(600)}})`],
  ])("refuses %s without recursing", (_, text) => expect(kindOf(text)).toBe("nested"));
});

describe("length", () => {
  it("reads a tuple of a million elements", () => {
    expect(kindOf(`precompile(Tuple{${Array(1_000_000).fill("UInt8").join(", ")}})`)).toBe("read");
  });
  // Each of these took hours once, or would with a pattern that looks ahead without a limit.
  it.each(['var"\\', "#", ".", '"', 'Symbol("', ":(", "<:", 'Symbol("\\'])("refuses %s, repeated", (piece) => {
    expect(kindOf(`precompile(Tuple{${piece.repeat(200_000)}})`)).not.toBe("read");
  });
});

describe("calls", () => {
  it.each([
    "typeof(Base.sin)",
    "Core.kwftype(typeof(Base.sort))",
    'getfield(Base, Symbol("#1#2"))',
    "reinterpret(Char, 0x61000000)",
    "Char(0x61000000)",
    "Lava.Format(0x00000061)",
    "Core.AddrSpace{Core}(0x00)",
    "Float16(1.5000)",
    "Base.Missing()",
    "Zoo.W{Int64}(x=3)",
    "Base.Pair{Int64, Base.Missing}(first=1, second=Base.Missing())",
  ])("accepts %s", (call) => expect(kindOf(`precompile(Tuple{Base.Val{${call}}})`)).toBe("read"));

  it.each([
    "typeof(a, b)",
    "typeof(a=b)",
    "Base.exit(Base.sin)",
    'Base.run(Symbol("a"))',
    "eval(:a)",
    "f(1, 2)",
    "f(x)(y)",
    "Core.kwftype(f)",
    "reinterpret(Char, x)",
    "getfield(M, x)",
    'getfield (M, Symbol("x"))',
    "(f)(1)",
  ])("refuses %s", (call) => expect(kindOf(`precompile(Tuple{Base.Val{${call}}})`)).not.toBe("read"));
});
