import { isDeepStrictEqual } from "node:util";
import { Lexer } from "chevrotain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenize } from "../../grammar/lexer.ts";
import { tokens } from "../../grammar/tokens.ts";
import { corporaPresent, corpusLines } from "../syntax/corpora-lines.ts";

// Without its table of first characters it tries every pattern at every place.
const reference = new Lexer(tokens, { positionTracking: "onlyOffset", safeMode: true });

function byChevrotain(text: string) {
  const { tokens: found, errors } = reference.tokenize(text);
  return {
    tokens: found.map(({ image, startOffset, tokenType }) => [tokenType.name, startOffset, image]),
    bad: errors.slice(0, 1).map(({ offset, length }) => ({ start: offset, end: offset + length }))[0],
  };
}

function byUs(text: string) {
  const { tokens: found, bad } = tokenize(text);
  return { tokens: found.map(({ image, startOffset, tokenType }) => [tokenType.name, startOffset, image]), bad };
}

const names = (text: string): string[] => tokenize(text).tokens.map(({ tokenType }) => tokenType.name);

describe("tokenize", () => {
  const pieces = fc.constantFrom(
    ...[
      "where",
      "Where",
      "precompile(",
      "Base.precompile(",
      "which(",
      "getfield(",
      'Symbol("',
      'var"',
      '.var"',
      'MIME"',
    ],
    ...[
      "@NamedTuple{",
      "{",
      "}",
      "(",
      ")",
      ",",
      " ",
      "\t",
      "\n",
      '"',
      "\\",
      ".",
      ":",
      "::",
      "=",
      "==",
      "<:",
      ">:",
      "-",
    ],
    ...[
      "T",
      "M.x",
      "#1#2",
      "##kw",
      "é",
      "😀",
      "\u00a0",
      "!",
      "3",
      "-1.5f",
      "0x1f",
      "inf",
      "-inf",
      "+",
      ".:(+)",
      "`",
      "$",
    ],
  );
  it("finds the tokens that Chevrotain's lexer finds in the same table", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces).map((all) => all.join("")),
          fc.string({ unit: "binary" }),
        ),
        (text) => {
          expect(byUs(text)).toEqual(byChevrotain(text));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it.skipIf(!corporaPresent)("finds them in real traces", { timeout: 60_000 }, () => {
    const lines = new Set(
      ["julia-1.*/*.jl", "*.jl"].flatMap((pattern) => [...corpusLines(pattern)].map(({ text }) => text)),
    );
    expect([...lines].filter((text) => !isDeepStrictEqual(byUs(text), byChevrotain(text)))).toEqual([]);
  });

  it.each([
    ["where", ["Where"]],
    ["where T", ["Where", "Name"]],
    ["where{", ["Where", "OpenBrace"]],
    ["where-", ["Where", "Operator"]],
    ['where.var"x"', ["Where", "DotVar"]],
    ["wherever", ["Name"]],
    ["where!", ["Name"]],
    ["where-x", ["Name"]],
    ["where.x", ["Name"]],
  ])("takes `%s` for %j", (text, expected) => expect(names(text)).toEqual(expected));

  it("says where no token begins", () => {
    expect(tokenize("a `` b `").bad).toEqual({ start: 2, end: 4 });
    expect(tokenize("a ``").bad).toEqual({ start: 2, end: 4 });
  });
});
