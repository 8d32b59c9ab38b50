import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ObjectFile, Sysimage } from "../../../src/build/build-plan.ts";
import { forgetObject, keepObject, keptFolder, keptObject } from "../../../src/build/sysimage/kept-object.ts";
import { call, statementFrom } from "../../samples.ts";
import { tempFolder } from "../../temp-folder.ts";

const sin = statementFrom(call("Base.sin", "Float64"));
const gone = statementFrom(call("Gone.f", "Int64"));
const judged = [
  { statement: sin, verdict: "compiled", reason: "" },
  { statement: gone, verdict: "unresolved", reason: "no module `Gone` is loaded" },
] as const;

function kept(): Sysimage {
  const output = join(tempFolder(), "app.so") as Sysimage;
  const object = join(tempFolder(), "sysimage.o") as ObjectFile;
  writeFileSync(object, "code");
  keepObject(output, "inputs", object, judged);
  expect(existsSync(object)).toBe(false);
  return output;
}

describe("what a failed link leaves", () => {
  it("is taken up with its verdicts by a bake of the same", () => {
    const found = keptObject(kept(), "inputs", [sin, gone]);
    if (typeof found === "string") throw new Error(found);
    expect(readFileSync(found.object, "utf8")).toBe("code");
    expect(found.judged).toEqual(judged);
  });

  it("is not taken for a bake of something else", () => {
    expect(keptObject(kept(), "other", [sin, gone])).toBe("what was left is of another list or other options");
  });

  it("gives way to what a later one leaves, and goes when it was linked", () => {
    const output = kept();
    const object = join(tempFolder(), "sysimage.o") as ObjectFile;
    writeFileSync(object, "newer");
    keepObject(output, "newer", object, []);
    expect(keptObject(output, "newer", [sin])).toMatchObject({ judged: [] });
    forgetObject(output);
    expect(existsSync(keptFolder(output))).toBe(false);
    expect(keptObject(output, "newer", [sin])).toBe("nothing was left by a failed link");
  });
});
