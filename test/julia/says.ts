import type { ChildProcess } from "node:child_process";

/** Waits until the process has said so on standard error. */
export function says(child: ChildProcess, text: string): Promise<void> {
  let said = "";
  return new Promise((resolve) => {
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
      if (said.includes(text)) resolve();
    });
  });
}
