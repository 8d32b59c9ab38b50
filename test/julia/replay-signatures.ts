import { readFileSync } from "node:fs";
import { replayFile } from "../../src/julia/replay.ts";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { runTool } from "../../src/support/run-tool.ts";
import type { Rig } from "../rig.ts";

/** Replays signatures in a real Julia and gives what it wrote: `[verdict, reason]` each. */
export async function replaySignatures(
  toolchain: Toolchain,
  signatures: readonly string[],
  rig: Rig,
  env: Readonly<Record<string, string>> = {},
): Promise<(readonly [verdict: string, reason: string])[]> {
  const statements = rig.write("statements.txt", signatures.map((text) => `${text}\n`).join(""));
  const verdicts = rig.path("verdicts.tsv");
  const script = rig.write(
    "replay-it.jl",
    "const staging = Module(:PreimageStaging)\nBase.include(staging, ARGS[1])\nstaging.replay(ARGS[2], ARGS[3])\n",
  );
  const run = await runTool(
    {
      program: toolchain.julia,
      args: ["--startup-file=no", script, replayFile, statements, verdicts],
      cwd: rig.folder,
      env,
    },
    { streams: { kind: "capture" } },
  );
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  return readFileSync(verdicts, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"))
    .map(([, verdict = "", reason = ""]) => [verdict, reason]);
}
