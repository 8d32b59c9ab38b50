import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { diskNeeds, diskShort, freeMemory, memoryNeed, unwritable } from "../../src/build/preflight.ts";
import { tempFolder } from "../temp-folder.ts";

describe("what is known before minutes are spent", () => {
  it("is whether the sysimage can be put where it shall stand, without touching what is there", () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "app.so"), "old");
    expect(unwritable(join(folder, "app.so"))).toBeUndefined();
    expect(unwritable(join(folder, "new.so"))).toBeUndefined();
    mkdirSync(join(folder, "taken"));
    expect(unwritable(join(folder, "taken"))).toMatchObject({ detail: "it is a folder" });
    expect(unwritable(join(folder, "nowhere", "app.so"))).toMatchObject({ reason: "output-not-writable" });
  });

  it("is whether the disks have room, folders on one disk taken together", () => {
    const folder = tempFolder();
    expect(diskShort(diskNeeds(1_000, join(folder, "app.so"), folder))).toBeUndefined();
    const half = 4e18;
    expect(
      diskShort([
        [folder, half],
        [folder, half],
      ]),
    ).toMatchObject({ reason: "disk-full", neededBytes: 2 * half });
  });

  it("is what memory there is: as much as the bakes that were measured took, and no more than `ulimit -v` leaves", () => {
    expect(memoryNeed(188e6)).toBeGreaterThan(2.2e9);
    expect(freeMemory()).toBeGreaterThan(0);
    if (process.platform !== "linux") return;
    const script = `import { freeMemory } from ${JSON.stringify(fileURLToPath(new URL("../../src/build/preflight.ts", import.meta.url)))}; console.log(freeMemory())`;
    const limited = execFileSync("bash", [
      "-c",
      'ulimit -v "$1"; exec "$2" --input-type=module -e "$3"',
      "bash",
      "16000000",
      process.execPath,
      script,
    ]);
    expect(Number(limited.toString())).toBeLessThanOrEqual(16_000_000 * 1024);
  });
});
