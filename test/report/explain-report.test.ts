import { expect, it } from "vitest";
import type { ExplainOutcome } from "../../src/commands/explain.ts";
import { reportExplain } from "../../src/report/explain-report.ts";
import { describeTree } from "../../src/statement/describe.ts";
import type { RunId } from "../../src/statement/provenance.ts";
import { call, statementFrom, traceRun } from "../samples.ts";

const statement = statementFrom(call("Base.sin", "Float64"));
const verdict = {
  reason: "",
  sysimage: "/app/sys.so",
  juliaVersion: "1.10.8",
  bakedAt: "2024-05-02T10:00:00.000Z",
} as const;
const outcome: ExplainOutcome = {
  statement,
  words: describeTree(statement.tree),
  repairs: [],
  ambiguous: [],
  portability: { portable: true },
  spellings: [statement.canonical],
  sightings: [
    { run: 7 as RunId, name: "plot", line: 12, count: 3, compileMs: 40, recompiles: 1 },
    { run: 2 as RunId, name: "old", line: 1, count: 1, compileMs: null, recompiles: 0 },
  ],
  lastVerdict: undefined,
  runs: [
    traceRun(7, { name: "plot", command: ["my plot.jl", "X2"], juliaVersion: "1.10.8", ioKind: "pipe" }),
    traceRun(2, { name: "old", kind: "import", command: ["import", "old.jl"] }),
  ],
  verdicts: [
    { ...verdict, verdict: "compiled" },
    { ...verdict, verdict: "refused", reason: "precompile gave false" },
  ],
  assumedPackage: undefined,
  rehearsals: [
    {
      verdict: "inferred",
      reason: "too abstract",
      compileMs: 12.5,
      juliaVersion: "1.5.3",
      rehearsedAt: "2024-06-01T00:00:00Z",
    },
  ],
  relatives: [{ ...statement, recorded: true }],
  advice: ["bake it"],
};

it("a statement is explained by its runs, its bakes and its relatives", () => {
  expect(reportExplain(outcome, "table").stdout).toMatchInlineSnapshot(`
    "precompile(Tuple{typeof(Base.sin), Float64})

    what it means
      method of \`Base.sin\`
        argument 1: \`Float64\`
      it belongs to \`Base\`

    why it is here
      run 7 (plot): line 12 of its trace, seen 3 times, 40 ms to compile, compiled again 1 time, as something had made it invalid
        workload \`'my plot.jl' X2\`, Julia 1.10.8, standard output: pipe, 2024-05-01 10:00:00 UTC
      run 2 (old): line 1 of its trace
        imported from old.jl, 2024-05-01 10:00:00 UTC

    can another build with the same packages use it
      yes: all its names are the same there

    other Julia versions say
      precompile(Tuple{typeof(Base.sin), Float64})  (recorded as well)

    what became of it in bakes
      compiled (/app/sys.so, Julia 1.10.8, 2024-05-02)
      refused: precompile gave false (/app/sys.so, Julia 1.10.8, 2024-05-02)

    what became of it in rehearsals
      inferred: too abstract, 13 ms to compile (Julia 1.5.3, 2024-06-01)

    what to do
      bake it
    "
  `);
});

it("the explanation is JSON with all of it", () => {
  const { stdout, exitCode } = reportExplain(outcome, "json");
  expect(exitCode).toBe(0);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({ digest: statement.digest, verdicts: outcome.verdicts, advice: ["bake it"] });
  expect(document.runs.map(({ id }: { id: number }) => id)).toEqual([7, 2]);
});
