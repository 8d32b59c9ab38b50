import { describe, expect, it } from "vitest";
import { statementOf } from "../../src/statement/statement.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { printStatement } from "../../src/syntax/print.ts";
import { corporaPresent, corporaRoot, corpusLines } from "./corpora-lines.ts";

if (!corporaPresent) console.warn(`no corpora at ${corporaRoot}: the tests on real trace files are skipped`);

/** Every line Julia wrote that is no statement, with the reason; reviewed by hand. */
const refused: Readonly<Record<string, string>> = {
  "interleaved.jl:10": "the head was overwritten by another process",
  "interleaved.jl:12": "two statements spliced into each other",
  "interleaved.jl:13": "the tail of a statement that was overwritten",
  "zoo.jl:71": "a symbol that holds a line break spans two lines",
  "zoo.jl:72": "its second half",
  "zoo.jl:173": "an intrinsic as a value has no Julia text",
};

describe
  .skipIf(!corporaPresent)
  .each([
    "julia-1.5.3/stdlib-tests/*.jl",
    "julia-1.5.3/*.jl",
    "julia-1.10.8/**/*.jl",
    "julia-1.11.7/**/*.jl",
    "julia-1.12.5/**/*.jl",
  ])("%s", (pattern) => {
  it("parses every statement and prints it back byte for byte", () => {
    const wrong: string[] = [];
    for (const { place, text } of corpusLines(pattern)) {
      const { tree } = parseStatement(text);
      if (tree === undefined) {
        if (refused[place] === undefined) wrong.push(`${place} refused: ${text}`);
      } else if (refused[place] !== undefined || printStatement(tree) !== text) wrong.push(`${place}: ${text}`);
    }
    expect(wrong).toEqual([]);
  });

  it("gives canonical text that is its own canonical text", () => {
    const wrong: string[] = [];
    for (const { place, text } of corpusLines(pattern)) {
      const { tree } = parseStatement(text);
      if (tree === undefined) continue;
      const { canonical } = statementOf(tree);
      const again = parseStatement(canonical).tree;
      if (again === undefined || statementOf(again).canonical !== canonical) wrong.push(`${place}: ${text}`);
    }
    expect(wrong).toEqual([]);
  });
});
