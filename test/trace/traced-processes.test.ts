import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { tracedCommand } from "../../src/trace/traced-process.ts";
import { processRecord, tracedProcesses } from "../../src/trace/traced-processes.ts";
import { tempFolder } from "../temp-folder.ts";
import { julia110 } from "../toolchains.ts";

describe("what traced processes leave behind", () => {
  const record = [
    "version\t1.10.8",
    "sysimage\t/usr/lib/julia/sys.so",
    "project\t",
    "package\tDates\tade2ca70-3891-5945-98fb-dc099432e06a",
    "package\tMain\t",
    "",
  ].join("\n");

  it("is read as facts and packages", () => {
    const { said, packages } = processRecord(record);
    expect([...said]).toEqual([
      ["version", "1.10.8"],
      ["sysimage", "/usr/lib/julia/sys.so"],
      ["project", ""],
    ]);
    expect(packages).toEqual([
      { name: "Dates", uuid: "ade2ca70-3891-5945-98fb-dc099432e06a" },
      { name: "Main", uuid: "" },
    ]);
  });

  it("is taken in the order in which the processes started, each with its record", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "bin"));
    for (const name of ["script.jl", "100.worker.jl", "20.jl", "3.python.jl", "any.python.jl"]) {
      writeFileSync(join(folder, name), "");
      // So that the clock of the file system tells them apart.
      await pause(20);
    }
    for (const name of ["script", "3.python"])
      writeFileSync(join(folder, `${name}.record`), `version\t${name}\nprocess\t77\n`);
    writeFileSync(join(folder, "output.txt"), "");
    const { processes, traceFiles, records } = tracedProcesses(folder);
    expect(processes.map(({ kind, pid, record }) => [kind, pid, record?.said.get("version")])).toEqual([
      ["julia", 77, "script"],
      ["worker", 100, undefined],
      ["julia", 20, undefined],
      ["python", 3, "3.python"],
      ["python", undefined, undefined],
    ]);
    expect(traceFiles.map((path) => basename(path))).toEqual(processes.map(({ traceFile }) => basename(traceFile)));
    expect(records).toHaveLength(2);
  });

  it("may be nothing", () => {
    const folder = tempFolder();
    tracedCommand({ kind: "command", words: ["true"] }, julia110, { folder, workers: false });
    expect(readdirSync(folder).sort()).toEqual(["bin", "python"]);
    expect(tracedProcesses(folder)).toEqual({ processes: [], traceFiles: [], records: [] });
  });
});
