import { describe, expect, it } from "vitest";
import { sortedMembers } from "../../src/analysis/statement-set.ts";
import { reportList } from "../../src/report/statements-report.ts";
import { call, setOf, statementFrom } from "../samples.ts";

const sin = call("Base.sin", "Float64");
const cos = call("Base.cos", "Float64");
const long = call("Base.f", ...Array<string>(40).fill("Int64"));

describe("a list", () => {
  const statements = sortedMembers(setOf("x", [[sin, 1, 2], [cos, 1], [long]]));

  it("is a table, in which long statements are cut", () => {
    const { stdout, exitCode } = reportList({ statements }, "table");
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "digest        runs  statement
      b46af96a8864     1  precompile(Tuple{typeof(Base.cos), Float64})
      a7a0058c22fb     0  precompile(Tuple{typeof(Base.f), Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, Int64, In…
      fd636094ed77     2  precompile(Tuple{typeof(Base.sin), Float64})
      "
    `);
  });

  it("is lines that can be read again", () => {
    expect(reportList({ statements }, "lines")).toEqual({ stdout: `${cos}\n${long}\n${sin}\n`, exitCode: 0 });
  });

  it("is JSON", () => {
    const { stdout } = reportList({ statements }, "json");
    expect(JSON.parse(stdout)).toEqual({
      statements: [
        { digest: statementFrom(cos).digest, statement: cos, runs: [1] },
        { digest: statementFrom(long).digest, statement: long, runs: [] },
        { digest: statementFrom(sin).digest, statement: sin, runs: [1, 2] },
      ],
    });
  });

  it("may be empty", () => {
    expect(reportList({ statements: [] }, "lines")).toEqual({ stdout: "", exitCode: 0 });
    expect(reportList({ statements: [] }, "table").stdout).toBe("digest  runs  statement\n");
    expect(JSON.parse(reportList({ statements: [] }, "json").stdout)).toEqual({ statements: [] });
  });
});
