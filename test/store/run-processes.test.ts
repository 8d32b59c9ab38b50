import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { JuliaProcess } from "../../src/statement/provenance.ts";
import { StoreMerger } from "../../src/store/merge-stores.ts";
import { renewedStatement } from "../../src/store/renewed-statement.ts";
import type { StatementStore } from "../../src/store/statement-store.ts";
import { ingest } from "../../src/trace/ingest.ts";
import { call, runFacts, statementFrom } from "../samples.ts";
import { openStore } from "../stores.ts";
import { tempFolder } from "../temp-folder.ts";

const main: JuliaProcess = { kind: "julia", pid: 100, program: "work.jl" };
const worker = (pid: number): JuliaProcess => ({ kind: "worker", pid });
const [sin, cos, tan] = ["sin", "cos", "tan"].map((name) => call(`Base.${name}`, "Float64")) as [
  string,
  string,
  string,
];

/** Records a run of processes, a trace each. */
function record(store: StatementStore, traces: readonly (readonly [JuliaProcess, ...string[]])[]) {
  const folder = tempFolder();
  const paths = traces.map(([, ...lines], index) => {
    const path = join(folder, `${index}.jl`);
    writeFileSync(path, lines.map((line) => `${line}\n`).join(""));
    return path;
  });
  const processes = traces.map(([process]) => process);
  return store.recordRun({ ...runFacts, processes }, (sink) => ingest(paths, sink));
}

const processesOf = (store: StatementStore, line: string) =>
  store.sightingsOf(statementFrom(line).digest).map(({ processes }) => processes);

const several = [
  [main, sin, cos, cos],
  [worker(101), tan, sin],
  [worker(102), tan, sin.replace(", ", ",")],
] as const;

describe("a run of several processes", () => {
  it("knows each, and how much it brought", () => {
    const store = openStore();
    const run = record(store, several);
    expect(run).toMatchObject({ lines: 7, statements: 3 });
    expect(store.processesOf(run.id)).toEqual([
      { number: 1, ...main, lines: 3, statements: 2 },
      { number: 2, ...worker(101), lines: 2, statements: 2 },
      { number: 3, ...worker(102), lines: 2, statements: 2 },
    ]);
  });

  it("knows of each statement who compiled it, however it was printed", () => {
    const store = openStore();
    record(store, several);
    expect([sin, cos, tan].map((line) => processesOf(store, line))).toEqual([[[1, 2, 3]], [[1]], [[2, 3]]]);
  });

  it("knows it also of lines met in an earlier run", () => {
    const store = openStore();
    record(store, several);
    record(store, [
      [main, tan],
      [worker(7), sin, cos],
      [worker(8), cos],
    ]);
    expect([sin, cos, tan].map((line) => processesOf(store, line)[0])).toEqual([[2], [2, 3], [1]]);
  });

  it("is the same in another store, and after its statements were written anew", () => {
    const path = join(tempFolder(), "store.db");
    const [source, target] = [openStore(path), openStore()];
    const told = (store: StatementStore) => [
      store.processesOf(store.runs()[0]?.id as never),
      [sin, cos, tan].map((line) => processesOf(store, line)),
    ];
    record(source, several);
    const before = told(source);
    new StoreMerger(target).take(source);
    expect(told(target)).toEqual(before);
    const db = new Database(path);
    db.prepare("update state set language_version = 0").run();
    db.close();
    source.renew(renewedStatement);
    expect(told(source)).toEqual(before);
  });

  it("goes with all that is known of its processes", () => {
    const store = openStore();
    const run = record(store, several);
    store.removeRun(run.id);
    expect(store.processesOf(run.id)).toEqual([]);
  });
});

describe("a run of one process", () => {
  it("knows it, and does not tell it of each statement", () => {
    const store = openStore();
    const run = record(store, [[{ kind: "python" }, sin, cos, cos]]);
    expect(store.processesOf(run.id)).toEqual([{ number: 1, kind: "python", lines: 3, statements: 2 }]);
    expect(processesOf(store, sin)).toEqual([undefined]);
  });

  it("that nobody knows has none", () => {
    const store = openStore();
    const run = store.recordRun(runFacts, () => 0);
    expect(store.processesOf(run.id)).toEqual([]);
  });
});
