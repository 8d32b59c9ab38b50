import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { printCuratedList } from "../../src/analysis/curated-list.ts";
import { prune } from "../../src/analysis/prune.ts";
import type { StatementSet } from "../../src/analysis/statement-set.ts";
import { ingest } from "../../src/trace/ingest.ts";
import { call, Heard, type Seen, setOf, traceRun } from "../samples.ts";
import { tempFolder } from "../temp-folder.ts";

const lines = [
  call("Base.sin", "Float64"),
  'precompile(Tuple{typeof(Base.f), Base.Val{Symbol("a\\"b#c")}, Array{T, 1} where T})',
  'precompile(Tuple{Base.var"#sort##kw", NamedTuple{(:by,), Tuple{typeof(Base.abs)}}, typeof(Base.sort), Array{Int64, 1}})',
  call("Main.f", "Int64"),
];
const runs = [
  traceRun(7, { name: "plot", juliaVersion: "1.10.8" }),
  traceRun(9, { name: "load", juliaVersion: "1.9.4", startedAt: "2030-01-01T00:00:00.000Z", folder: "/elsewhere" }),
  traceRun(11, { name: "plot" }),
];
const set = setOf(
  "run:plot",
  lines.map((line): Seen => [line, 7, 9]),
  runs,
);

function listOf(of: StatementSet, filters = "--portable"): string {
  return printCuratedList(
    "preimage 0.1.0",
    of,
    prune(of, { portable: "names" }, () => undefined),
    filters,
  );
}

describe("a curated list", () => {
  it("says where it comes from, and then what to bake", () => {
    expect(listOf(set)).toBe(
      `${[
        "# curated list, written by preimage 0.1.0",
        "# julia: 1.9.4, 1.10.8, unknown",
        "# runs: 3 (load, plot)",
        "# statements: 3 of 4",
        "# dropped: belongs to the script 1",
        "# filters: --portable",
        "precompile(Tuple{Core.kwftype(typeof(Base.sort)), NamedTuple{(:by,), Tuple{typeof(Base.abs)}}, typeof(Base.sort), Array{Int64, 1}})",
        'precompile(Tuple{typeof(Base.f), Base.Val{Symbol("a\\"b#c")}, Array{T1, 1} where T1})',
        "precompile(Tuple{typeof(Base.sin), Float64})",
      ].join("\n")}\n`,
    );
  });

  it("says no more than is known", () => {
    const file = setOf("list.jl", [[call("Base.sin", "Float64")]]);
    expect(listOf(file, "").split("\n")).toEqual([
      "# curated list, written by preimage 0.1.0",
      "# statements: 1 of 1",
      call("Base.sin", "Float64"),
      "",
    ]);
  });

  it("is the same in whatever order the statements and the runs come", () => {
    const other = setOf(
      "run:plot",
      lines.toReversed().map((line): Seen => [line, 9, 7]),
      runs.toReversed(),
    );
    expect(listOf(other)).toBe(listOf(set));
  });

  it("is the same when the same workloads are traced again at another time and place", () => {
    const again = runs.map((run) => ({
      ...run,
      id: traceRun(run.id + 20).id,
      startedAt: "2040-05-05T05:05:05.000Z",
      folder: "/x",
    }));
    expect(
      listOf(
        setOf(
          "run:plot",
          lines.map((line): Seen => [line, 27, 29]),
          again,
        ),
      ),
    ).toBe(listOf(set));
  });

  it("reads back as the same statements, without damage", () => {
    const path = join(tempFolder(), "list.jl");
    const text = listOf(set);
    writeFileSync(path, text);
    const heard = new Heard();
    ingest([path], heard);
    expect(heard.damages).toEqual([]);
    const kept = prune(set, { portable: "names" }, () => undefined).kept;
    expect(heard.sightings.map(({ digest }) => digest)).toEqual(kept.map(({ digest }) => digest));
    expect(
      listOf(
        setOf(
          "list.jl",
          heard.sightings.map(({ canonical }): Seen => [canonical, 7]),
          runs,
        ),
        "--portable",
      ),
    ).toContain(text.split("\n").slice(6).join("\n"));
  });

  it("keeps its header a header, whatever the runs are called", () => {
    const odd = setOf("x", [[lines[0] ?? "", 1]], [traceRun(1, { name: `a\n${call("Evil.f")}\r\u0000b` })]);
    const list = listOf(odd, "--owner 'a\nb'");
    expect(list.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([lines[0]]);
    expect(list).toContain("# filters: --owner 'a b'");
  });
});
