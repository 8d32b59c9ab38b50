import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { onPseudoTerminal } from "../../src/trace/pseudo-terminal.ts";
import type { Rig } from "../rig.ts";

/** `keys` are typed when `after` has been printed, behind what the one before waited for. */
export interface Typed {
  readonly after: string;
  readonly keys?: string;
  readonly waitMs?: number;
}

/** Runs a program on a pseudo-terminal as its user would: reads what it prints, and types. */
export async function onTerminal([name = "", ...words]: readonly string[], typed: readonly Typed[], rig: Rig) {
  const { program, args } = onPseudoTerminal({ program: name, args: words });
  const env = { ...process.env, PREIMAGE_STORE: "", CI: "true", TERM: "xterm" };
  const child = spawn(program, args, { cwd: rig.folder, env, stdio: ["pipe", "pipe", "inherit"] });
  let output = "";
  let seen = 0;
  child.stdout.on("data", (data: Buffer) => {
    output += data.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (const { after, keys, waitMs = 500 } of typed) {
    while (!over && !output.includes(after, seen)) await pause(50);
    if (over) break;
    seen = output.indexOf(after, seen) + after.length;
    if (keys === undefined) continue;
    await pause(waitMs);
    seen = output.length;
    child.stdin.write(keys);
  }
  return { status: await ended, output };
}
