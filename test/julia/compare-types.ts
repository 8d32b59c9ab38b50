import { readFileSync } from "node:fs";
import { join } from "node:path";
import { replayFile } from "../../src/julia/replay.ts";
import type { Toolchain } from "../../src/julia/toolchain.ts";
import { runTool } from "../../src/support/run-tool.ts";
import { type Rig, repository } from "../rig.ts";

/** Two texts of types; one behind `eval ` is what Julia reads, any other what replay.jl makes of it. */
export type TypePair = readonly [one: string, other: string];

export interface Comparison {
  /** `same`, `differ`, or what is the matter with the `left` or the `right` one. */
  readonly result: string;
  /** The first pair whose second type is the same but for the names of its variables; -1: there is no type. */
  readonly alike: number;
}

/** Evaluates all of them in one real Julia. */
export async function compareTypes(toolchain: Toolchain, pairs: readonly TypePair[], rig: Rig): Promise<Comparison[]> {
  const input = rig.write("pairs.tsv", pairs.map((pair) => `${pair.join("\t")}\n`).join(""));
  const output = rig.path("results.tsv");
  const script = join(repository, "test", "julia", "compare-types.jl");
  const run = await runTool(
    { program: toolchain.julia, args: ["--startup-file=no", script, replayFile, input, output], cwd: rig.folder },
    { streams: { kind: "capture" } },
  );
  if (!run.ok) throw new Error(JSON.stringify(run.error));
  const lines = readFileSync(output, "utf8").trimEnd().split("\n");
  const alike = new Map(
    lines.slice(pairs.length).map((line): [number, number] => {
      const [, number, first] = line.split("\t");
      return [Number(number) - 1, Number(first) - 1];
    }),
  );
  return pairs.map((_, index) => ({ result: lines[index] ?? "", alike: alike.get(index) ?? -1 }));
}
