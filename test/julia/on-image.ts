import { runTool } from "../../src/support/run-tool.ts";
import { realToolchain } from "./toolchain.ts";

/** What a Julia on this image says of an expression. */
export async function onImage(image: string, expression: string, project?: string): Promise<string> {
  const { julia } = await realToolchain();
  const projects = project === undefined ? [] : [`--project=${project}`];
  const args = [`--sysimage=${image}`, "--startup-file=no", ...projects, "-e", `print(${expression})`];
  const run = await runTool({ program: julia, args }, { streams: { kind: "capture" } });
  return run.ok ? run.value.stdout : JSON.stringify(run.error);
}
