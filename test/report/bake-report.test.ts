import { describe, expect, it } from "vitest";
import { reportBake } from "../../src/report/bake-report.ts";
import { baked, verified } from "./outcomes.ts";

describe("a bake from end to end", () => {
  it("tells each step, and how to start the program on its image", () => {
    const { stdout, exitCode } = reportBake(baked, "table");
    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "verdict   statements
      compiled           1

      still compiles because  statement
      belongs to the script   precompile(Tuple{typeof(Main.f), Int64})
      too abstract            precompile(Tuple{typeof(Base.string), Any})

      belongs to the script  move it into a package
      too abstract           inferred while baking

      whole process  median  spread            runs
      base sysimage   2.4 s  2.4 s to 2.7 s       5
      new sysimage   289 ms  281 ms to 340 ms     5

      traced    318 (pipe), 3 (tty) statements, recorded as run:7 run:8
      pruned    kept 1 of 2 statements, written to list.jl; dropped: belongs to the script 1
      built     sys.so: 181 MB, 1 of 1 statement compiled, in 15 s
      verified  2.4 s → 289 ms, 316 of 318 statements absorbed, 2 still compile (belongs to the script 1, too abstract 1)
      use it    julia --sysimage=app.so --project=/app 'my work.jl' --fast
      "
    `);
  });

  it("is one JSON document", () => {
    const document = JSON.parse(reportBake(baked, "json").stdout);
    expect(document).toMatchObject({
      runs: [{ id: 7 }, { id: 8 }],
      pruned: { kept: 1, dropped: [{ reason: "belongs to the script", count: 1 }], output: "list.jl" },
      built: { sysimage: "/app/sys.so", verdicts: { compiled: 1 } },
      verified: { traced: 318, absorbed: 316 },
    });
  });

  it.each(["table", "json"] as const)(
    "ends with 1 where the workload ends otherwise on the new image, as %s",
    (format) => {
      const exits = [
        { status: 0, signal: null },
        { status: 1, signal: null },
      ] as const;
      expect(reportBake({ ...baked, verified: { ...verified, exits } }, format).exitCode).toBe(1);
    },
  );
});
