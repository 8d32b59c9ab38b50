import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listPatch } from "../../src/analysis/list-patch.ts";
import { Rig } from "../rig.ts";

const edit = (lines: readonly string[], wanted: readonly string[], header: readonly string[] = []) => ({
  header,
  from: "a",
  to: "b",
  lines,
  removed: new Set(lines.filter((line) => !wanted.includes(line))),
  added: wanted.filter((line) => !lines.includes(line)),
});

const numbered = (...numbers: readonly number[]): string[] => numbers.map((number) => `line ${100 + number}`);
const upTo = (last: number): string[] => numbered(...Array.from({ length: last }, (_, index) => index));

describe("a patch of a list", () => {
  it("has three lines around what changed, and joins what stands close", () => {
    const wanted = [...upTo(30).filter((line) => !/10[57]/.test(line)), "line 1201", "line 130"].sort();
    expect(listPatch(edit(upTo(30), wanted)).join("\n")).toMatchInlineSnapshot(`
      "--- a
      +++ b
      @@ -3,9 +3,7 @@
       line 102
       line 103
       line 104
      -line 105
       line 106
      -line 107
       line 108
       line 109
       line 110
      @@ -19,6 +17,7 @@
       line 118
       line 119
       line 120
      +line 1201
       line 121
       line 122
       line 123
      @@ -28,3 +27,4 @@
       line 127
       line 128
       line 129
      +line 130"
    `);
  });

  it("of two lists that are the same is empty", () => {
    expect(listPatch(edit(upTo(3), upTo(3)))).toEqual([]);
  });

  it("has look-ups as a list has them: in the order of their statements, marked", () => {
    const [first, lookUp, last] = ["f(A)", "f(closuretype(which(T), 1))", "f(g)"];
    expect(listPatch(edit([first, last], [first, lookUp, last])).slice(2)).toEqual([
      "@@ -1,2 +1,3 @@",
      ` ${first}`,
      `+#preimage: ${lookUp}`,
      ` ${last}`,
    ]);
  });

  it("counts anew what the header counts, and the rest of it tells what the list was made of", () => {
    const header = ["# curated list, written by x", "# statements: 20 of 22", "# dropped: gensym 2"];
    expect(listPatch(edit(upTo(20), upTo(21).slice(2), header)).slice(2, 13)).toEqual([
      "@@ -1,8 +1,6 @@",
      ` ${header[0]}`,
      `-${header[1]}`,
      "+# statements: 19, patched",
      ` ${header[2]}`,
      "-line 100",
      "-line 101",
      " line 102",
      " line 103",
      " line 104",
      "@@ -21,3 +19,4 @@",
    ]);
  });

  it("makes one list of the other, when `patch` applies it", () => {
    const rig = new Rig();
    const header = ["# a header"];
    const list = fc.uniqueArray(fc.integer({ min: 0, max: 40 })).map((all) => numbered(...all).sort());
    fc.assert(
      fc.property(list, list, (from, to) => {
        const text = (lines: readonly string[]) => [...header, ...lines].map((line) => `${line}\n`).join("");
        rig.write("list.jl", text(from));
        const patch = listPatch(edit(from, to, header)).map((line) => `${line}\n`);
        execFileSync("patch", ["--quiet", "list.jl"], { cwd: rig.folder, input: patch.join("") });
        expect(rig.read("list.jl")).toBe(text(to));
      }),
      { numRuns: 60 },
    );
  });
});
