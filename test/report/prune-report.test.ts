import { describe, expect, it } from "vitest";
import { prune } from "../../src/analysis/prune.ts";
import { pruneSummary, reportPrune } from "../../src/report/prune-report.ts";
import { call, setOf, statementFrom } from "../samples.ts";

const sin = call("Base.sin", "Float64");
const set = setOf("x", [
  [sin, 1],
  [call("Main.f"), 1],
  [call("Main.g"), 1],
  ['precompile(Tuple{Base.var"#6#7"})', 1],
]);
const pruned = prune(set, { portable: "names" }, () => undefined);
const text = `# curated list\n${sin}\n`;

describe("a curated list", () => {
  it("is standard output, as it is", () => {
    expect(reportPrune({ pruned, text }, "lines")).toEqual({ stdout: text, exitCode: 0 });
  });

  it("as a table is how many stayed, and how many went for what", () => {
    const { stdout, exitCode } = reportPrune({ pruned, text }, "table");
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "what became of it               statements
      kept                                     1
      dropped: belongs to the script           2
      dropped: closure                         1
      "
    `);
  });

  it("that went to a file is not standard output too", () => {
    expect(reportPrune({ pruned, text, output: "list.jl" }, "lines")).toEqual({ stdout: "", exitCode: 0 });
  });

  it("is JSON with what went and why", () => {
    const document = {
      kept: 1,
      dropped: [
        { reason: "belongs to the script", count: 2 },
        { reason: "closure", count: 1 },
      ],
      output: null,
      statements: [{ digest: statementFrom(sin).digest, statement: sin }],
    };
    expect(JSON.parse(reportPrune({ pruned, text }, "json").stdout)).toEqual(document);
    const written = JSON.parse(reportPrune({ pruned, text, output: "list.jl" }, "json").stdout);
    expect(written).toEqual({ ...document, output: "list.jl" });
  });

  it("is summed up in one line", () => {
    expect(pruneSummary({ pruned, text })).toBe("kept 1 of 4 statements; dropped: belongs to the script 2, closure 1");
    const all = prune(set, {}, () => undefined);
    expect(pruneSummary({ pruned: all, text, output: "list.jl" })).toBe("kept 4 of 4 statements, written to list.jl");
  });
});
