import { shellText } from "../support/shell-text.ts";
import { act, type CommandLine, define, type PerformOptions } from "./command-line.ts";

interface Options extends PerformOptions {
  readonly sysimage?: string;
  readonly julia?: string;
  readonly strict?: boolean;
  readonly dryRun?: boolean;
}

export function addRun(line: CommandLine): void {
  define(line.root, {
    name: "run",
    description: "start Julia on the newest sysimage of the project that fits",
    examples: ["preimage run -- app.jl input.csv", "preimage run -- --project=. -e 'using App; App.main()'"],
    formats: [],
  })
    .usage("[options] -- JULIA-ARGUMENTS…")
    .argument("[words...]", "what to start Julia with, as after `julia`; `--` may be left out")
    .passThroughOptions()
    .allowUnknownOption()
    .option("--sysimage <file>", "the sysimage to start on (default: the newest of the project that fits)")
    .option("--strict", "do not start Julia without a sysimage that fits; end with 3")
    .option("--julia <path>", "the Julia to use")
    .option("--dry-run", "only print the command")
    .addHelpText("after", projectHelp)
    .action(async (words: string[], { strict = false, dryRun = false, ...options }: Options) => {
      const { prepareRun } = await import("../commands/run.ts");
      const { becomeTool } = await import("../support/become-tool.ts");
      const { errorDiagnostic } = await import("../diagnostics/diagnostic.ts");
      const { toolFailureText } = await import("../support/tool-failure-text.ts");
      await act(
        line,
        options,
        async (context) => {
          const prepared = await prepareRun({ ...options, words, strict }, context);
          if (!prepared.ok || dryRun) return prepared;
          const failure = await becomeTool(prepared.value.command, context.abort);
          const detail = failure.ok ? "" : toolFailureText(failure.error);
          return { ok: false, error: [errorDiagnostic("PI453", `Julia could not be started: ${detail}`, [])] };
        },
        ({ command }) => ({ stdout: `${shellText(command)}\n`, exitCode: 0 }),
      );
    });
}

const projectHelp = `
The project is that of --project among Julia's arguments, or of JULIA_PROJECT, or else
the one in this folder or the nearest above, which Julia is then given.`;
