import { describe, expect, it } from "vitest";
import { reportBuild } from "../../src/report/build-report.ts";
import { call, statementFrom } from "../samples.ts";
import { built } from "./outcomes.ts";

const sin = call("Base.sin", "Float64");
const gone = call("Base.gone", "Int64");

describe("a bake", () => {
  it("tells how many were compiled, and each that was not, with its reason", () => {
    const outcome = built([
      [sin, "compiled"],
      [call("Base.cos", "Float64"), "compiled"],
      [gone, "unresolved", "UndefVarError: gone not defined"],
      [call("Base.f", ...Array<string>(40).fill("Int64")), "refused", "precompile gave false"],
    ]);
    const { stdout, exitCode } = reportBuild(outcome, "table");
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "verdict     statements
      compiled             2
      refused              1
      unresolved           1

      refused
        precompile(Tuple{typeof(Base.f), Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64,…
          precompile gave false

      unresolved
        precompile(Tuple{typeof(Base.gone), Int64})
          UndefVarError: gone not defined

      sys.so: 181 MB, 2 of 4 statements compiled, in 15 s
      "
    `);
  });

  it("tells ten of each kind, and how many more there are", () => {
    const many = Array.from(
      { length: 13 },
      (_, index) => [call(`Base.f${index}`), "refused", `reason ${index}`] as const,
    );
    const { stdout } = reportBuild(built(many), "table");
    expect(stdout).toContain("reason 9");
    expect(stdout).not.toContain("reason 10");
    expect(stdout).toContain("and 3 more: see --format json");
  });

  it("of an empty list is a bake all the same", () => {
    expect(reportBuild(built([]), "table").stdout).toMatchInlineSnapshot(`
      "verdict  statements

      sys.so: 181 MB, 0 of 0 statements compiled, in 15 s
      "
    `);
  });

  it("is JSON with every verdict", () => {
    const outcome = built([
      [sin, "compiled"],
      [gone, "unresolved", "no such name"],
    ]);
    const { stdout, exitCode } = reportBuild(outcome, "json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      sysimage: "/app/sys.so",
      bytes: 181_234_567,
      stamp: "/app/sys.so.json",
      verdicts: { compiled: 1, inferred: 0, refused: 0, unresolved: 1, failed: 0, crashed: 0 },
      fresh: false,
      steps: {
        "try linker": 40,
        "load packages": 900,
        "emit object file": 12_345,
        "link sysimage": 1_200,
        "start on sysimage": 300,
      },
      peakBytes: {
        "try linker": 1_000_000,
        "load packages": 1_000_000,
        "emit object file": 1_000_000,
        "link sysimage": 1_000_000,
        "start on sysimage": 1_000_000,
      },
      statements: [
        { digest: statementFrom(sin).digest, statement: sin, verdict: "compiled", reason: "" },
        { digest: statementFrom(gone).digest, statement: gone, verdict: "unresolved", reason: "no such name" },
      ],
    });
  });

  it.each(["table", "json"] as const)("with verdicts that were asked to fail ends with 1, as %s", (format) => {
    expect(reportBuild(built([[gone, "unresolved", ""]], 1), format).exitCode).toBe(1);
  });
});
