import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";

interface Options extends CommonOptions {
  readonly project?: string;
  readonly julia?: string;
}

export function addStatus(line: CommandLine): void {
  define(line.root, {
    name: "status",
    description: "say whether an image fits this Julia, this machine and its project; ends with 1 when it does not",
    examples: ["preimage status app.so", "preimage status --project ."],
    formats: ["table", "json"],
  })
    .argument("[image]", "the file or folder that build wrote (default: the newest of the project that fits)")
    .option("--project <dir>", "the project whose sysimage is meant (default: the one here or above)")
    .option("--julia <path>", "the Julia to use")
    .action(async (sysimage: string | undefined, options: Options) => {
      const { status } = await import("../commands/status.ts");
      const { reportStatus } = await import("../report/status-report.ts");
      await act(
        line,
        options,
        (context) => status({ ...options, sysimage }, context),
        (outcome) => reportStatus(outcome, options.format),
      );
    });
}
