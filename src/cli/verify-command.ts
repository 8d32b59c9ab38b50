import type { Streams } from "../trace/run-workload.ts";
import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";
import { count, wholeNumber } from "./option-values.ts";
import { streamsOption } from "./rehearsal-options.ts";

interface Options extends CommonOptions {
  readonly workload: readonly string[];
  readonly project?: string;
  readonly julia?: string;
  readonly baseSysimage?: string;
  readonly repeat: number;
  readonly maxResidual?: number;
  readonly stdout?: Streams;
}

export function addVerify(line: CommandLine): void {
  define(line.root, {
    name: "verify",
    description: "show what still compiles with an image, and how much faster programs start",
    examples: [
      "preimage verify app.so --workload app.jl input.csv",
      "preimage verify app.so --workload app.jl -- --fast",
      "preimage verify warm --workload app.jl",
    ],
    formats: ["table", "json"],
  })
    .argument("<image>", "the file or folder that build wrote")
    .argument("[args...]", "further arguments of the workload, after --")
    .requiredOption("--workload <words...>", "the Julia file to run, and its arguments")
    .option("--project <dir>", "the Julia project to run in (default: that of the image)")
    .option("--julia <path>", "the Julia to use")
    .option("--base-sysimage <file>", "the sysimage to compare with (default: Julia's own)")
    .option("--repeat <n>", "timed runs on each sysimage", count, 5)
    .option("--max-residual <n>", "end with 1 when more statements still compile", wholeNumber)
    .addOption(streamsOption("what the workload's standard output is (default: as traced)"))
    .action(async (image: string, args: string[], options: Options) => {
      const { verifySysimage } = await import("../commands/verify.ts");
      const { reportVerify } = await import("../report/verify-report.ts");
      const [script = "", ...scriptArgs] = options.workload;
      const workload = { kind: "script", script, args: [...scriptArgs, ...args], project: options.project } as const;
      const request = { ...options, image, workload, streams: options.stdout };
      await act(
        line,
        options,
        (context) => verifySysimage(request, context),
        (outcome) => reportVerify(outcome, options.format, options.maxResidual),
      );
    });
}
