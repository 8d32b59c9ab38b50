import { expect, it } from "vitest";
import type { ToolFailure } from "../../src/support/run-tool.ts";
import { toolCommandText, toolFailureText, toolOutput } from "../../src/support/tool-failure-text.ts";

const command = { program: "cc", args: ["-o", "a file"] };

const failures: readonly (readonly [ToolFailure, text: string, output: string])[] = [
  [{ reason: "not-started", command, errno: "ENOENT" }, "`cc` was not found", ""],
  [{ reason: "not-started", command, errno: "EACCES" }, "`cc` could not be started (EACCES)", ""],
  [{ reason: "exit-status", command, status: 1, output: "no such file" }, "`cc` ended with status 1", "no such file"],
  [{ reason: "signal", command, signal: "SIGKILL", output: "half" }, "`cc` was stopped by SIGKILL", "half"],
  [{ reason: "interrupted", command }, "`cc` was interrupted", ""],
];

it.each(failures)("%j is told in words", (failure, text, output) => {
  expect(toolFailureText(failure)).toBe(text);
  expect(toolOutput(failure)).toBe(output);
  expect(toolCommandText(failure)).toBe("cc -o 'a file'");
});
