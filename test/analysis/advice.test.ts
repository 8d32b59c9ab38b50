import { describe, expect, it } from "vitest";
import { type AdviceContext, adviceFor } from "../../src/analysis/advice.ts";
import { portabilityOf } from "../../src/statement/portability.ts";
import { verdicts } from "../../src/statement/verdict.ts";
import { call, statementFrom } from "../samples.ts";

function advice(line: string, more: Partial<AdviceContext> = {}): readonly string[] {
  const statement = statementFrom(line);
  const portability = portabilityOf(statement);
  return adviceFor(statement, {
    portability,
    seen: true,
    recompiled: false,
    lastVerdict: undefined,
    onlyRehearsed: false,
    ...more,
  });
}

const sin = call("Base.sin", "Float64");

describe("what to do with a statement", () => {
  it.each([
    [sin, /^bake it/],
    [call("Main.f", "Int64"), /^move what the script defines into a package/],
    [call("Base.map", 'App.var"#4#5"'), /prune --portable/],
    [
      call("Base.f", "Dates.Hour(value=1)").replace("Dates.Hour(value=1)", "Base.Val{Dates.Hour(value=1)}"),
      /^bake it with preimage/,
    ],
    [call("Base.sum", "Function"), /^let `preimage optimize` find a concrete call/],
    [call("Base.print", "Base.TTY"), /^trace with each kind of standard output/],
  ])("%s", (line, expected) => {
    const [only, ...more] = advice(line);
    expect(only).toMatch(expected);
    expect(more).toEqual([]);
  });

  it("follows from what the last bake made of it", () => {
    const said = verdicts.map((lastVerdict) => advice(sin, { lastVerdict }));
    expect(said.every(({ length }) => length === 1)).toBe(true);
    expect(new Set(said.flat()).size).toBe(verdicts.length);
  });

  it("is told in the order of its weight, each thing once", () => {
    const line = call("Base.print", "Base.TTY", 'App.var"#1#2"', 'App.var"#3#4"', "Any");
    expect(advice(line, { recompiled: true, seen: false }).map((text) => text.split(" ", 1)[0])).toEqual([
      "keep",
      "let",
      "find",
      "trace",
      "run",
    ]);
  });
});
