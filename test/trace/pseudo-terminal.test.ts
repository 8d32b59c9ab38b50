import { describe, expect, it } from "vitest";
import { runTool } from "../../src/support/run-tool.ts";
import { hasPseudoTerminals, onPseudoTerminal } from "../../src/trace/pseudo-terminal.ts";

const command = { program: "julia", args: ["my work.jl", "it's"], env: { A: "1" } };

describe("a pseudo-terminal", () => {
  it.each([
    ["linux", ["--quiet", "--return", "--command", "exec julia 'my work.jl' 'it'\\''s'", "/dev/null"]],
    ["darwin", ["-q", "/dev/null", "julia", "my work.jl", "it's"]],
    ["freebsd", ["-q", "/dev/null", "julia", "my work.jl", "it's"]],
  ] as const)("is asked for in the words of %s", (platform, args) => {
    expect(onPseudoTerminal(command, platform)).toEqual({ program: "script", args, env: { A: "1" } });
  });

  it("is all three streams of the command, whose status it hands on", async () => {
    expect(hasPseudoTerminals()).toBe(true);
    const shell = { program: "sh", args: ["-c", "test -t 0 && test -t 1 && test -t 2 && exit 7"] };
    const run = await runTool(onPseudoTerminal(shell), { streams: { kind: "capture" } });
    expect(run).toMatchObject({ ok: false, error: { status: 7 } });
  });

  it.each(["/bin/bash", "/bin/sh"])(
    "hands on what the command makes of Ctrl-C where the user's shell is %s",
    async (SHELL) => {
      // As a terminal does at Ctrl-C: the signal goes to all of the process group.
      const command = { program: "sh", args: ["-c", "trap 'exit 7' INT; kill -INT 0; exit 8"], env: { SHELL } };
      const run = await runTool(onPseudoTerminal(command), { streams: { kind: "capture" } });
      expect(run).toMatchObject({ ok: false, error: { status: 7 } });
    },
  );
});
