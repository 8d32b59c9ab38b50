import { describe, expect, it } from "vitest";
import { runTool } from "../../src/support/run-tool.ts";

describe("the memory of a tool", () => {
  it.runIf(process.platform === "linux")("is told while it runs, its children's with it", async () => {
    const seen: (readonly [used: number, free: number])[] = [];
    const script = "const held = Buffer.alloc(200_000_000, 1); setTimeout(() => held.length, 2_000)";
    const run = await runTool(
      { program: "sh", args: ["-c", `'${process.execPath}' -e '${script}'; true`] },
      { streams: { kind: "discard" }, onMemory: (used, free) => seen.push([used, free]) },
    );
    expect(run.ok).toBe(true);
    expect(Math.max(...seen.map(([used]) => used))).toBeGreaterThan(200_000_000);
    expect(Math.min(...seen.map(([, free]) => free))).toBeGreaterThan(0);
  });
});
