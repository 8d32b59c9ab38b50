import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countableSet } from "../../src/analysis/countable.ts";
import { groupings } from "../../src/analysis/grouping.ts";
import { statsOf } from "../../src/analysis/stats.ts";
import { countableRuns } from "../../src/commands/countable-runs.ts";
import { packagesOf } from "../../src/commands/prune.ts";
import { withRehearsedTimes } from "../../src/commands/rehearsed-times.ts";
import { seenMembers } from "../../src/commands/seen-members.ts";
import type { RunFacts, TraceRun } from "../../src/statement/provenance.ts";
import type { StatementStore } from "../../src/store/statement-store.ts";
import { ingest } from "../../src/trace/ingest.ts";
import { repository } from "../rig.ts";
import { call, runFacts, statementFrom } from "../samples.ts";
import { openStore } from "../stores.ts";
import { tempFolder } from "../temp-folder.ts";

function record(store: StatementStore, files: readonly string[], facts: Partial<RunFacts> = {}): TraceRun {
  return store.recordRun({ ...runFacts, ...facts }, (sink) => ingest(files, sink));
}

function fileOf(...lines: readonly string[]): string {
  const path = join(tempFolder(), "trace.jl");
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const packages = (...names: readonly string[]) => names.map((name) => ({ name, uuid: `uuid of ${name}` }));

/** Every way to count, once from the store's numbers and once from what each run saw. */
function expectAlike(store: StatementStore, runs: readonly TraceRun[], whole: boolean): void {
  const seen = whole ? store.allSightings() : runs.flatMap(({ id }) => [...store.sightingsIn(id)]);
  const read = withRehearsedTimes({ label: "", members: seenMembers(seen), runs }, store);
  for (const by of groupings)
    for (const time of ["max", "median"] as const) {
      const request = { by, order: "time", time } as const;
      const counted = statsOf(countableRuns(store, runs, whole), request);
      expect(counted, `by ${by}`).toEqual(statsOf(countableSet(read, packagesOf(store)), request));
    }
}

function expectAllAlike(store: StatementStore): void {
  expectAlike(store, store.runs(), true);
  expectAlike(store, store.runs(), false);
  for (const run of store.runs()) expectAlike(store, [run], false);
  expectAlike(store, store.runs().slice(1), false);
}

describe("runs that are counted in the store", () => {
  it("count as what they saw does", () => {
    const store = openStore();
    const files = globSync("corpora/{traces,statements}/**/*.jl", { cwd: repository }).sort();
    expect(files.length).toBeGreaterThan(3);
    for (const [index, file] of files.entries())
      record(store, [join(repository, file)], {
        juliaVersion: ["1.5.3", "1.12.5"][index % 2],
        ...(index % 3 === 0 ? {} : { packages: packages("Dates", ...(index % 3 === 1 ? ["Statistics"] : ["Test"])) }),
      });
    expectAllAlike(store);
  });

  it("have their times, and those of rehearsals where they tell none", () => {
    const store = openStore();
    const [sin, cos, tan, exp] = ["sin", "cos", "tan", "exp"].map((name) => call(`Base.${name}`, "Float64"));
    record(store, [fileOf(`#=  12.5 ms =# ${sin}`, `${cos}`, `#=  1.5 ms =# ${exp} # recompile`)], { name: "a" });
    record(store, [fileOf(`#=  2.5 ms =# ${sin}`, `${cos}`, `${tan}`, `${exp}`)], { name: "b" });
    const facts = { environment: "e", juliaVersion: "1.5.3", at: runFacts.startedAt };
    const found = [sin, cos, call("Base.log", "Float64")].map((line = "") => {
      const { digest, canonical } = statementFrom(line);
      return { digest, canonical, verdict: "compiled", reason: "", compileMs: 7 } as const;
    });
    store.findings.recordRehearsal(facts, found);
    expectAllAlike(store);
    const { total } = statsOf(countableRuns(store, store.runs(), true), { by: "owner", order: "time", time: "max" });
    expect(total).toMatchObject({ statements: 4, timed: 3, compileMs: 21, recompiled: 1 });
  });

  it("are no more than what was seen, whatever was removed or only baked", () => {
    const store = openStore();
    const [sin = "", cos = "", tan = "", exp = ""] = ["sin", "cos", "tan", "exp"].map((name) =>
      call(`Base.${name}`, "Int"),
    );
    const first = record(store, [fileOf(sin, cos)]);
    const last = record(store, [fileOf(sin, tan)]);
    expectAllAlike(store);
    store.removeRun(last.id);
    record(store, [fileOf(exp, call("Other.f", "Main.X"), sin)]);
    const { digest, canonical } = statementFrom(call("Baked.only"));
    const bake = { sysimage: "x.so", juliaVersion: "1.5.3", juliaCommit: "c", bakedAt: runFacts.startedAt, steps: {} };
    store.findings.recordBake(bake, [{ digest, canonical, verdict: "compiled", reason: "" }]);
    expectAllAlike(store);
    store.removeRun(first.id);
    expectAllAlike(store);
  });

  it("are not counted by what an older preimage made of them", () => {
    const store = openStore();
    record(store, [fileOf(call("Base.sin", "Float64"))]);
    const textsOf = (version: number, text: string) => store.runStatements().traits(() => text, version).texts;
    expect(textsOf(7, "old")).toEqual(["", "old"]);
    expect(textsOf(7, "not asked")).toEqual(["", "old"]);
    expect(textsOf(8, "new")).toEqual(["", "new"]);
  });
});
