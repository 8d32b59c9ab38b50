import { describe, expect, it } from "vitest";
import type { RehearseOutcome } from "../../src/commands/rehearse.ts";
import { countVerdicts } from "../../src/commands/stamp-of.ts";
import { reportRehearse } from "../../src/report/rehearse-report.ts";
import { call, statementFrom } from "../samples.ts";

const judged: RehearseOutcome["judged"] = [
  { statement: statementFrom(call("Base.sin", "Float64")), verdict: "compiled", reason: "", compileMs: 12.3456 },
  { statement: statementFrom(call("Base.cos", "Float64")), verdict: "compiled", reason: "", compileMs: 0.04 },
  { statement: statementFrom(call("Base.string", "Any")), verdict: "inferred", reason: "no native code" },
  { statement: statementFrom(call("Foo.gone", "Int64")), verdict: "unresolved", reason: "no module `Foo` is loaded" },
];
const outcome: RehearseOutcome = {
  judged,
  counts: countVerdicts(judged),
  residual: [{ statement: call("Base.string", "Any"), cause: "too abstract", detail: "no native code" }],
  compileMs: 12.3856,
  known: 2,
  streams: "pipe",
  durationMs: 2_900,
  workloadFails: false,
};

describe("a rehearsal", () => {
  it("tells verdicts, what takes long, what did not compile and what would still compile", () => {
    expect(reportRehearse(outcome, "table").stdout).toMatchInlineSnapshot(`
      "verdict     statements
      compiled             2
      inferred             1
      unresolved           1

      takes longest to compile                       time
      precompile(Tuple{typeof(Base.sin), Float64})  12 ms

      did not compile  statement                                   because
      unresolved       precompile(Tuple{typeof(Foo.gone), Int64})  no module \`Foo\` is loaded

      would still compile because  statement
      too abstract                 precompile(Tuple{typeof(Base.string), Any})

      too abstract  no native code

      4 statements take 12 ms to compile, 2 of them known from before; still compile: 1 would (too abstract 1)
      "
    `);
  });

  it("is the document that the README names", () => {
    expect(JSON.parse(reportRehearse(outcome, "json").stdout)).toMatchObject({
      verdicts: { compiled: 2, inferred: 1, refused: 0, unresolved: 1, failed: 0, crashed: 0 },
      residual: [{ statement: call("Base.string", "Any"), cause: "too abstract" }],
      compileMs: 12.386,
      known: 2,
    });
  });

  it.each([
    [undefined, 0],
    [1, 0],
    [0, 1],
  ])("with at most %s statements that may still compile ends with %i", (allowed, exitCode) => {
    expect(reportRehearse(outcome, "table", allowed).exitCode).toBe(exitCode);
    expect(reportRehearse(outcome, "json", allowed).exitCode).toBe(exitCode);
  });
});
