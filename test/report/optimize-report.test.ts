import { describe, expect, it } from "vitest";
import type { OptimizeOutcome } from "../../src/commands/optimize.ts";
import { optimizeSummary, optimizeTables, reportOptimize } from "../../src/report/optimize-report.ts";
import { call, statementFrom } from "../samples.ts";

type Kept = OptimizeOutcome["kept"][number];
const kept = (name: string, origin: Kept["origin"], compileMs: number, weight = 1): Kept => ({
  statement: statementFrom(call(name, "Int64")),
  verdict: "compiled",
  reason: "",
  origin,
  compileMs,
  weight,
});
const outcome: OptimizeOutcome = {
  kept: [kept("Foo.a", "listed", 800), kept("Foo.b", "witness", 150), kept("Foo.c", "streams", 50)],
  dropped: [
    { statement: statementFrom(call("Foo.d", "Any")), verdict: "inferred", reason: "too abstract" },
    { statement: statementFrom(call("Foo.e", "Int64")), verdict: "compiled", reason: "" },
  ],
  cut: [],
  rounds: [
    { statements: 3, residual: 2, residualMs: 150, untimed: 0 },
    { statements: 3, residual: 0, residualMs: 0, untimed: 0 },
  ],
  residual: [{ statement: call("Main.f", "Int64"), cause: "belongs to the script", detail: "move it into a package" }],
  text: `${call("Foo.a", "Int64")}\n`,
  durationMs: 12_000,
};
const point = (statements: number, savedMs: number, bytes: number) => ({ statements, savedMs, bytes });
const limited: OptimizeOutcome = {
  ...outcome,
  kept: [kept("Foo.a", "listed", 800, 3)],
  cut: [kept("Foo.b", "witness", 150), kept("Foo.c", "streams", 50)],
  cost: {
    curve: [point(1, 2_400, 780_000), point(3, 2_600, 1_000_000)],
    kept: point(1, 2_400, 780_000),
    sizeFrom: { instructions: 3, compileTime: 0 },
  },
};

describe("a search for a better list", () => {
  it("tells what became of the statements, what it won and what cannot be won", () => {
    expect(`${optimizeTables(outcome)}${optimizeSummary(outcome)}\n`).toMatchInlineSnapshot(`
      "what became of it                        statements
      kept: of the set                                  1
      kept: witness for what is too abstract            1
      kept: for other kinds of streams                  1
      dropped: too abstract, a witness serves           1
      dropped: covered by others                        1

      cannot be won because  statement
      belongs to the script  precompile(Tuple{typeof(Main.f), Int64})

      belongs to the script  move it into a package
      3 statements → 3, residual 2 (150 ms) → 0 (0 ms), 1.0 s of compiling to bake; cannot be won: belongs to the script 1
      "
    `);
  });

  it("within a budget shows what the cut costs, and says that it weighs", () => {
    expect(`${optimizeTables(limited)}${optimizeSummary(limited)}\n`).toMatchInlineSnapshot(`
      "what became of it                        statements
      kept: of the set                                  1
      dropped: over budget                              2
      dropped: too abstract, a witness serves           1
      dropped: covered by others                        1

      statements  save, weighted  estimated size  of all
          best 1           2.4 s          780 kB  ████████████████████████████ 92 %
          best 3           2.6 s          1.0 MB  ██████████████████████████████ 100 %
       budget: 1           2.4 s          780 kB  ████████████████████████████ 92 %

      sizes are estimated from Julia's own count of instructions, 780 bytes each

      cannot be won because  statement
      belongs to the script  precompile(Tuple{typeof(Main.f), Int64})

      belongs to the script  move it into a package
      3 statements → 1, residual 2 (150 ms) → 0 (0 ms), 800 ms of compiling to bake; over budget: 2 statements, 200 ms of compiling; cannot be won: belongs to the script 1
      "
    `);
  });

  it.each([
    [{ instructions: 3, compileTime: 0 }, "sizes are estimated from Julia's own count of instructions, 780 bytes each"],
    [
      { instructions: 0, compileTime: 3 },
      "sizes are modelled from compile times, 1900 bytes a millisecond, as this Julia",
    ],
    [{ instructions: 2, compileTime: 1 }, "those of 1 statement, of which it has no count, are modelled"],
  ])("says where sizes are from: %j", (sizeFrom, said) => {
    const cost = limited.cost && { ...limited.cost, sizeFrom };
    expect(optimizeTables({ ...limited, cost })).toContain(said);
  });

  it("is the list where it goes to no file", () => {
    expect(reportOptimize(outcome, "lines").stdout).toBe(outcome.text);
    expect(reportOptimize({ ...outcome, output: "list.jl" }, "lines").stdout).toBe("");
  });

  it("is the document that the README names", () => {
    const document = JSON.parse(reportOptimize(limited, "json").stdout);
    expect(document).toMatchObject({
      compileMs: 800,
      kept: [{ statement: call("Foo.a", "Int64"), origin: "listed", compileMs: 800, weight: 3 }],
      dropped: [{ reason: "too abstract, a witness serves" }, { reason: "covered by others" }],
      cut: [call("Foo.b", "Int64"), call("Foo.c", "Int64")],
      budget: { statements: 1, savedMs: 2_400, bytes: 780_000, sizeFrom: { instructions: 3, compileTime: 0 } },
    });
    expect(JSON.parse(reportOptimize(outcome, "json").stdout)).toMatchObject({ curve: [], budget: null });
  });
});
