import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tokenize } from "../../grammar/lexer.ts";
import { StatementParser } from "../../grammar/parser.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { corporaPresent, corpusLines } from "../syntax/corpora-lines.ts";
import { randomStatement } from "../syntax/random-tree.ts";

/** Takes no way around the rules. */
class PlainParser extends StatementParser {
  protected override leaf(): undefined {}
  protected override shortItem(): undefined {}
  protected override head(): undefined {}
}

const parsers = [new StatementParser(), new PlainParser()] as const;
const [short, plain] = parsers.map((parser) => (text: string) => {
  parser.input = tokenize(text).tokens;
  const tree = parser.statement();
  return { tree, objections: parser.objections, errors: parser.errors.map(({ name, token }) => [name, token]) };
}) as [(text: string) => unknown, (text: string) => unknown];

it("has rules that are not ambiguous", () => {
  expect(() => new StatementParser({ checked: true })).not.toThrow();
});

describe("the ways around the rules", () => {
  it("say what the rules say, of whole statements and of cut ones", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(randomStatement, fc.nat(), (tree, cut) => {
        const text = printStatement(tree);
        expect(short(text)).toEqual(plain(text));
        const half = text.slice(0, cut % text.length);
        expect(short(half)).toEqual(plain(half));
      }),
    );
  });

  it.skipIf(!corporaPresent)("say it of real statements", { timeout: 60_000 }, () => {
    const lines = new Set(
      ["julia-1.*/*.jl", "*.jl"].flatMap((pattern) => [...corpusLines(pattern)].map(({ text }) => text)),
    );
    expect([...lines].filter((text) => !isDeepStrictEqual(short(text), plain(text)))).toEqual([]);
  });
});
