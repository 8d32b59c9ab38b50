import { describe, expect, it } from "vitest";
import type { DoctorRow } from "../../src/commands/doctor.ts";
import { reportDoctor, reportSetup } from "../../src/report/doctor-report.ts";
import { julia110 } from "../toolchains.ts";

const rows: readonly DoctorRow[] = [
  { item: "Node", verdict: "ok", found: "24.0.0 (/usr/bin/node)" },
  { item: "memory", verdict: "warning", found: "1,000 MB free", mend: "close other programs" },
  { item: "linker", verdict: "missing", found: "no cc, gcc or clang on PATH", mend: "apt-get install gcc" },
];

describe("what doctor found", () => {
  it("is a table with what mends each row, and ends with 3 where a build cannot work", () => {
    const { stdout, exitCode } = reportDoctor({ rows, canBuild: false }, "table");
    expect(exitCode).toBe(3);
    expect(stdout).toMatchInlineSnapshot(`
      "item    verdict  found
      Node    ok       24.0.0 (/usr/bin/node)
      memory  warning  1,000 MB free
                       → close other programs
      linker  missing  no cc, gcc or clang on PATH
                       → apt-get install gcc

      a build cannot work before the missing rows are mended
      "
    `);
  });

  it("ends with 0 where a build can work", () => {
    const { stdout, exitCode } = reportDoctor({ rows: rows.slice(0, 2), canBuild: true }, "table");
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("a build can work");
  });

  it("is JSON", () => {
    const { stdout, exitCode } = reportDoctor({ rows, canBuild: false }, "json");
    expect(JSON.parse(stdout)).toEqual({ rows, canBuild: false });
    expect(exitCode).toBe(3);
  });
});

describe("what setup did", () => {
  it.each([
    [false, "Julia 1.10.8 is ready: /opt/julia-1.10/bin/julia (found through PATH)\n"],
    [true, "Julia 1.10.8 is ready: /opt/julia-1.10/bin/julia (installed)\n"],
  ])("is told, installed: %s", (installed, stdout) => {
    expect(reportSetup({ toolchain: julia110, installed }, "table")).toEqual({ stdout, exitCode: 0 });
    expect(JSON.parse(reportSetup({ toolchain: julia110, installed }, "json").stdout)).toEqual({
      julia: "/opt/julia-1.10/bin/julia",
      version: "1.10.8",
      foundBy: "PATH",
      installed,
    });
  });
});
