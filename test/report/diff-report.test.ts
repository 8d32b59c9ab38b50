import { describe, expect, it } from "vitest";
import { diffSets, groupDiff } from "../../src/analysis/diff.ts";
import { groupsBy } from "../../src/analysis/grouping.ts";
import { sortedMembers } from "../../src/analysis/statement-set.ts";
import type { DiffOutcome } from "../../src/commands/diff.ts";
import { type DiffLook, reportDiff } from "../../src/report/diff-report.ts";
import type { Format } from "../../src/report/rendering.ts";
import { call, type Seen, setOf, statementFrom } from "../samples.ts";

const sin = call("Base.sin", "Float64");
const cos = call("Base.cos", "Float64");
const tan = call("Base.tan", "Float64");
const onTerminal = call("Base.print", "Base.TTY");
const onPipe = call("Base.print", "Base.PipeEndpoint");

function outcome(a: readonly Seen[], b: readonly Seen[], more: Partial<DiffOutcome> = {}): DiffOutcome {
  const [setA, setB] = [setOf("a", a), setOf("b", b)];
  return {
    a: "run:1",
    b: "list.jl",
    ignored: 0,
    allOfA: sortedMembers(setA),
    header: [],
    ...diffSets(setA, setB),
    ...more,
  };
}

const look = (format: Format, more: Partial<DiffLook> = {}): DiffLook => ({
  format,
  view: "statements",
  exitCode: true,
  ...more,
});

const differs = outcome(
  [
    [sin, 1],
    [cos, 1],
    [onTerminal, 1],
  ],
  [[sin], [tan], [onPipe]],
);

describe("a diff", () => {
  it("says what only one has and what changed, and ends with 1", () => {
    const { stdout, exitCode } = reportDiff(differs, look("table"));
    expect(exitCode).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "- precompile(Tuple{typeof(Base.cos), Float64})
      + precompile(Tuple{typeof(Base.tan), Float64})
      ~ Base.print: another kind of stream
        - precompile(Tuple{typeof(Base.print), Base.TTY})
        + precompile(Tuple{typeof(Base.print), Base.PipeEndpoint})
      1 statement in both, 1 only in run:1, 1 only in list.jl, 1 changed
      "
    `);
  });

  it("is a patch of the list", () => {
    expect(reportDiff(differs, look("lines")).stdout).toMatchInlineSnapshot(`
      "--- run:1
      +++ list.jl
      @@ -1,3 +1,3 @@
      -precompile(Tuple{typeof(Base.cos), Float64})
      +precompile(Tuple{typeof(Base.print), Base.PipeEndpoint})
      -precompile(Tuple{typeof(Base.print), Base.TTY})
       precompile(Tuple{typeof(Base.sin), Float64})
      +precompile(Tuple{typeof(Base.tan), Float64})
      "
    `);
  });

  it("is JSON", () => {
    const { stdout, exitCode } = reportDiff(differs, look("json"));
    expect(exitCode).toBe(1);
    const document = (line: string, ...runs: readonly number[]) => ({
      digest: statementFrom(line).digest,
      statement: line,
      runs,
    });
    expect(JSON.parse(stdout)).toEqual({
      a: "run:1",
      b: "list.jl",
      both: 1,
      onlyA: [document(cos, 1)],
      onlyB: [document(tan)],
      changed: [{ kind: "stream", method: "Base.print", a: document(onTerminal, 1), b: document(onPipe) }],
      ignored: 0,
    });
  });

  it("may be counted only", () => {
    expect(reportDiff(differs, look("table", { view: "counts" })).stdout).toMatchInlineSnapshot(`
      "what                             statements
      in both                                   1
      only in run:1                             1
      only in list.jl                           1
      changed: another kind of stream           1
      "
    `);
    expect(JSON.parse(reportDiff(differs, look("json", { view: "counts" })).stdout)).toEqual({
      a: "run:1",
      b: "list.jl",
      both: 1,
      onlyA: 1,
      onlyB: 1,
      changed: { stream: 1 },
      ignored: 0,
    });
  });

  it("may be counted by group", () => {
    const grouped = { ...differs, by: "method", groups: groupDiff(differs, groupsBy("method", [])) } as const;
    expect(reportDiff(grouped, look("table")).stdout).toMatchInlineSnapshot(`
      "method      only in run:1  only in list.jl  changed
      Base.cos                1                0        0
      Base.print              0                0        1
      Base.tan                0                1        0
      total                   1                1        1
      "
    `);
    expect(JSON.parse(reportDiff(grouped, look("json")).stdout)).toMatchObject({
      by: "method",
      groups: grouped.groups,
    });
  });

  it("ends with 0 where nobody asks for the exit code", () => {
    expect(reportDiff(differs, look("table", { exitCode: false })).exitCode).toBe(0);
  });

  it("of two sets that are the same, or differ in what is ignored, ends with 0", () => {
    const same = outcome([[sin, 1]], [[sin]]);
    expect(reportDiff(same, look("table"))).toEqual({
      stdout: "1 statement in both, 0 only in run:1, 0 only in list.jl\n",
      exitCode: 0,
    });
    expect(reportDiff(same, look("lines"))).toEqual({ stdout: "", exitCode: 0 });
    const ignored = outcome([[onTerminal, 1]], [[onPipe]], { changed: [], ignored: 1 });
    expect(reportDiff(ignored, look("table"))).toEqual({
      stdout: "0 statements in both, 0 only in run:1, 0 only in list.jl, 1 change ignored\n",
      exitCode: 0,
    });
  });
});
