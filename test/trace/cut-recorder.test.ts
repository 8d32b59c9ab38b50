import { describe, expect, it } from "vitest";
import { cutRecorder } from "../../src/trace/cut-recorder.ts";

describe("what Julia compiles for the recorder", () => {
  const mark = (name: string): string =>
    `precompile(Tuple{typeof(Main.PreimageRecorder.${name}), Base.RefValue{Int64}})`;
  const kept = (lines: readonly string[]): string[] => {
    const keep = cutRecorder();
    return lines.filter((line) => keep(Buffer.from(line)));
  };

  it("is cut out, and the workload's own is not", () => {
    const lines = [
      "before",
      mark("start_opens"),
      "of the start",
      mark("start_closes"),
      "of the workload",
      "precompile(Tuple{typeof(Main.PreimageRecorder.record)})",
      "of the end",
      mark("end_closes"),
      "at exit",
    ];
    expect(kept(lines)).toEqual(["before", "of the workload", "at exit"]);
  });

  it("is cut out also where the process was killed before it could end", () => {
    expect(kept([mark("start_opens"), "of the start", mark("start_closes"), "of the workload"])).toEqual([
      "of the workload",
    ]);
  });

  it("begins anew in each file", () => {
    expect(kept([mark("start_opens"), "of the start"])).toEqual([]);
    expect(kept(["of the workload"])).toEqual(["of the workload"]);
  });
});
