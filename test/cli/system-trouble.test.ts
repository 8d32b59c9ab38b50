import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { systemTrouble } from "../../src/cli/system-trouble.ts";
import { Rig } from "../rig.ts";

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("it threw nothing");
}

const refused = (code: string) =>
  Object.assign(new Error(`${code}: said the system, write`), { code, syscall: "write" });

describe("what the system refuses", () => {
  it.each(["ENOSPC", "EACCES", "EROFS", "EMFILE"])("is told as such: %s", (code) => {
    expect(systemTrouble(refused(code))).toMatchObject({ code: "PI314", message: expect.stringContaining(code) });
  });

  it("is a folder for temporary files that is not there, and no other", () => {
    const folder = join(new Rig().folder, "nowhere");
    expect(systemTrouble(thrownBy(() => mkdtempSync(join(folder, "x-"))))?.message).toContain(folder);
    expect(systemTrouble(thrownBy(() => readFileSync(folder)))).toBeUndefined();
  });

  it("is no mistake of ours", () => {
    expect(systemTrouble(new TypeError("x is not a function"))).toBeUndefined();
    expect(systemTrouble(Object.assign(new Error("EACCES"), { code: "EACCES" }))).toBeUndefined();
    expect(systemTrouble("text")).toBeUndefined();
  });

  it("ends the command with 3, without a stack", async () => {
    const rig = new Rig();
    const done = await rig.run(["import", "-"], {
      input: "precompile(Tuple{typeof(Base.sin), Float64})\n",
      // In a checkout Node itself would make the folder.
      env: { TMPDIR: rig.path("nowhere"), NODE_DISABLE_COMPILE_CACHE: "1" },
    });
    expect(done).toMatchObject({ status: 3, stdout: "" });
    expect(done.stderr).toMatch(/^error\[PI314\]: the system refused: ENOENT.*nowhere.*\n {2}hint: .*TMPDIR/);
    expect(done.stderr).not.toContain("    at ");
  });
});
