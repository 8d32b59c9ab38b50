import { describe, expect, it } from "vitest";
import { reportImport, reportRemoved, reportRun, reportRuns, reportTrace } from "../../src/report/runs-report.ts";
import type { TraceRun } from "../../src/statement/provenance.ts";
import { traceRun } from "../samples.ts";

const full = traceRun(12, {
  name: "plot",
  command: ["plot.jl", "--fast"],
  juliaVersion: "1.10.8",
  juliaCommit: "4c16ff44be",
  os: "Linux",
  arch: "x86_64",
  cpuTarget: "native",
  sysimage: "/opt/julia/sys.so",
  sysimageDigest: "0123456789abcdef",
  project: "/app",
  manifestDigest: "fedcba9876543210",
  ioKind: "tty",
  durationMs: 2_345,
  exitStatus: 0,
  lines: 1_234,
  statements: 318,
  newStatements: 7,
  damaged: 1,
  tags: { os: "debian", ci: "" },
});
const killed = traceRun(2, { name: "work", ioKind: "pipe", durationMs: 340, exitSignal: "SIGKILL" });
const failed = traceRun(3, { name: "work", ioKind: "file", durationMs: 12_000, exitStatus: 3, juliaVersion: "1.5.3" });
const imported = traceRun(1, { name: "old.jl", kind: "import" });

describe("runs", () => {
  it("are a table", () => {
    const { stdout, exitCode } = reportRuns({ runs: [full, failed, killed, imported] }, "table");
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "run  name    started (UTC)        julia   stdout  statements  new  lines  damaged    took  end
       12  plot    2024-05-01 10:00:00  1.10.8  tty            318    7   1234        1   2.3 s  ok
        3  work    2024-05-01 10:00:00  1.5.3   file             3    2      3        0    12 s  exit 3
        2  work    2024-05-01 10:00:00  ?       pipe             3    2      3        0  340 ms  SIGKILL
        1  old.jl  2024-05-01 10:00:00  ?                        3    2      3        0          imported
      "
    `);
  });

  it("are JSON with every fact", () => {
    const { stdout, exitCode } = reportRuns({ runs: [full] }, "json");
    const { newStatements, ...rest } = full;
    expect(JSON.parse(stdout)).toEqual({ runs: [{ ...rest, new: newStatements }] });
    expect(exitCode).toBe(0);
  });

  it("may be none", () => {
    expect(reportRuns({ runs: [] }, "table")).toEqual({ stdout: "no runs are recorded yet\n", exitCode: 0 });
    expect(reportRuns({ runs: [] }, "json")).toEqual({ stdout: '{\n  "runs": []\n}\n', exitCode: 0 });
  });

  it("that were imported are told like the others", () => {
    const known = { ...imported, known: true };
    expect(reportImport({ runs: [known], refused: 0 }, "table").stdout).toContain("imported");
    expect(reportImport({ runs: [known], refused: 1 }, "table").exitCode).toBe(2);
    expect(JSON.parse(reportImport({ runs: [known], refused: 0 }, "json").stdout)).toMatchObject({
      runs: [{ id: 1, known: true }],
    });
  });
});

describe("a traced workload", () => {
  it.each<readonly [string, readonly TraceRun[], number]>([
    ["that went well", [full], 0],
    ["that failed", [failed], 1],
    ["that was killed", [killed], 1],
    ["of which one run failed", [full, failed], 1],
  ])("%s", (_, runs, exitCode) => {
    expect(reportTrace({ runs }, "table").exitCode).toBe(exitCode);
    expect(reportTrace({ runs }, "json").exitCode).toBe(exitCode);
  });

  it("has standard output for itself, but for a JSON document", () => {
    const table = reportTrace({ runs: [full] }, "table");
    expect(table.stdout).toBe("");
    expect(table.stderr).toBe(reportRuns({ runs: [full] }, "table").stdout);
    expect(JSON.parse(reportTrace({ runs: [full] }, "json").stdout)).toMatchObject({ runs: [{ id: 12 }] });
  });
});

describe("one run", () => {
  const packages = [
    { name: "Base", uuid: "" },
    { name: "Dates", uuid: "ade2ca70" },
    { name: "Plots", uuid: "91a5bcdd" },
  ];
  const damage = [
    { line: 7, code: "PI103", message: "`hello` is not a precompile statement", start: 0, text: "hello" },
  ];

  it("is told with all that is known of it", () => {
    const { stdout, exitCode } = reportRun({ run: full, packages, processes: [], damage }, "table");
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "run              12 plot
      command          plot.jl --fast
      folder           /home/ada
      started          2024-05-01T10:00:00.000Z
      took             2.3 s
      end              ok
      julia            1.10.8 4c16ff44be
      machine          Linux x86_64 native
      sysimage         /opt/julia/sys.so (0123456789ab)
      project          /app (Manifest fedcba987654)
      standard output  tty
      tags             os=debian, ci=
      packages         Dates, Plots
      lines            1234
      statements       318, 7 of them new to the store
      damaged          1 line
        line 7: \`hello\` is not a precompile statement (PI103)
      "
    `);
  });

  it("is told without what is not known", () => {
    const { stdout } = reportRun({ run: imported, packages: undefined, processes: [], damage: [] }, "table");
    expect(stdout).toMatchInlineSnapshot(`
      "run         1 old.jl
      command     work.jl
      folder      /home/ada
      started     2024-05-01T10:00:00.000Z
      end         imported
      lines       3
      statements  3, 2 of them new to the store
      damaged     0 lines
      "
    `);
  });

  it("on a sysimage that is gone has no digest of it", () => {
    const run = traceRun(4, { sysimage: "/gone/sys.so", exitStatus: 0 });
    expect(reportRun({ run, packages: undefined, processes: [], damage: [] }, "table").stdout).toMatch(
      /^sysimage +\/gone\/sys\.so$/m,
    );
  });

  it("is JSON with its packages and its damage", () => {
    const document = JSON.parse(reportRun({ run: full, packages, processes: [], damage }, "json").stdout);
    expect(document).toMatchObject({ id: 12, new: 7, packages, damage });
    expect(
      JSON.parse(reportRun({ run: full, packages: undefined, processes: [], damage: [] }, "json").stdout).packages,
    ).toBeNull();
  });

  it("of several processes tells of each", () => {
    const processes = [
      { number: 1, kind: "julia", pid: 100, program: "plot.jl", lines: 3, statements: 2 },
      { number: 2, kind: "worker", pid: 101, lines: 1, statements: 1 },
      { number: 3, kind: "python", lines: 0, statements: 0 },
    ] as const;
    const told = reportRun({ run: full, packages, processes, damage: [] }, "table").stdout;
    expect(told).toContain(`processes
  1  plot.jl, process 100: 3 lines, 2 statements
  2  worker, process 101: 1 line, 1 statement
  3  in a Python: 0 lines, 0 statements
`);
    const alone = reportRun({ run: full, packages, processes: processes.slice(0, 1), damage: [] }, "table").stdout;
    expect(alone).not.toContain("processes");
    expect(JSON.parse(reportRun({ run: full, packages, processes, damage: [] }, "json").stdout)).toMatchObject({
      processes,
    });
  });

  it("that was removed is named", () => {
    expect(reportRemoved({ removed: [full] }, "table")).toEqual({ stdout: "removed run 12 (plot)\n", exitCode: 0 });
    expect(JSON.parse(reportRemoved({ removed: [full] }, "json").stdout)).toMatchObject({ removed: [{ id: 12 }] });
  });
});
