import { describe, expect, it } from "vitest";
import { reportVerify, verifySummary } from "../../src/report/verify-report.ts";
import { call } from "../samples.ts";
import { verified } from "./outcomes.ts";

const ended = (status: number | null, signal: string | null) => ({ status, signal });

describe("a verification", () => {
  it("tells what still compiles and how long both images took", () => {
    const { stdout, exitCode } = reportVerify(verified, "table");
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "still compiles because  statement
      belongs to the script   precompile(Tuple{typeof(Main.f), Int64})
      too abstract            precompile(Tuple{typeof(Base.string), Any})

      belongs to the script  move it into a package
      too abstract           inferred while baking

      whole process  median  spread            runs
      base sysimage   2.4 s  2.4 s to 2.7 s       5
      new sysimage   289 ms  281 ms to 340 ms     5

      2.4 s → 289 ms, 316 of 318 statements absorbed, 2 still compile (belongs to the script 1, too abstract 1)
      "
    `);
  });

  it("as rehearsed says so, whatever was foreseen for other kinds of streams", () => {
    const predicted = [...verified.residual.map(({ statement }) => statement), call("Base.println", "Base.TTY")];
    expect(verifySummary({ ...verified, predicted })).toMatch(/too abstract 1\), as rehearsed$/);
    expect(JSON.parse(reportVerify({ ...verified, predicted }, "json").stdout).predicted).toEqual({
      count: 2,
      unforeseen: [],
      notCome: [],
    });
    expect(verifySummary({ ...verified, residual: [], predicted: [] })).toMatch(
      /nothing still compiles, as rehearsed$/,
    );
  });

  it("otherwise than rehearsed shows both", () => {
    const predicted = [call("Base.string", "Any"), call("Base.cos", "Int64"), call("Base.tan", "Int64")];
    const { stdout } = reportVerify({ ...verified, predicted }, "table");
    expect(stdout).toContain("2 still compile (belongs to the script 1, too abstract 1); predicted/actual 3/2\n");
    expect(stdout.split("\n").filter((line) => /foreseen/.test(line))).toMatchInlineSnapshot(`
      [
        "not foreseen            precompile(Tuple{typeof(Main.f), Int64})",
        "foreseen, did not come  precompile(Tuple{typeof(Base.cos), Int64})",
        "foreseen, did not come  precompile(Tuple{typeof(Base.tan), Int64})",
      ]
    `);
  });

  it("without residual says so", () => {
    const clean = { ...verified, absorbed: 318, residual: [] };
    const { stdout } = reportVerify(clean, "table");
    expect(stdout).toMatchInlineSnapshot(`
      "whole process  median  spread            runs
      base sysimage   2.4 s  2.4 s to 2.7 s       5
      new sysimage   289 ms  281 ms to 340 ms     5

      2.4 s → 289 ms, 318 of 318 statements absorbed, nothing still compiles
      "
    `);
    expect(reportVerify(clean, "table", 0).exitCode).toBe(0);
  });

  it("counts the causes, most first", () => {
    const [first, second] = verified.residual;
    if (first === undefined || second === undefined) throw new Error("no residual");
    const residual = [first, second, second];
    expect(verifySummary({ ...verified, residual })).toBe(
      "2.4 s → 289 ms, 316 of 318 statements absorbed, 3 still compile (too abstract 2, belongs to the script 1)",
    );
  });

  it("is JSON with every number", () => {
    expect(JSON.parse(reportVerify(verified, "json").stdout)).toEqual(verified);
  });

  it.each([
    [undefined, 0],
    [2, 0],
    [1, 1],
    [0, 1],
  ])("with at most %s residual statements allowed ends with %i", (allowed, exitCode) => {
    expect(reportVerify(verified, "table", allowed).exitCode).toBe(exitCode);
    expect(reportVerify(verified, "json", allowed).exitCode).toBe(exitCode);
  });

  it.each([
    ["another status", ended(0, null), ended(1, null), 1],
    ["a signal", ended(0, null), ended(null, "SIGSEGV"), 1],
    ["another signal", ended(null, "SIGABRT"), ended(null, "SIGSEGV"), 1],
    ["the same failure", ended(3, null), ended(3, null), 1],
  ])("of a workload that ends with %s on the new image", (_, before, after, exitCode) => {
    expect(reportVerify({ ...verified, exits: [before, after] }, "table").exitCode).toBe(exitCode);
  });
});
