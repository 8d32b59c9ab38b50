import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A folder of the test that asks for it; gone when that test has finished. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "preimage-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
