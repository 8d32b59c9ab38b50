import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";

type Options = CommonOptions & { readonly julia?: string };

export function addDoctor(line: CommandLine): void {
  define(line.root, {
    name: "doctor",
    description: "show what preimage found and would use",
    examples: ["preimage doctor"],
    formats: ["table", "json"],
  })
    .option("--julia <path>", "the Julia to use")
    .action(async (options: Options) => {
      const { doctor } = await import("../commands/doctor.ts");
      const { reportDoctor } = await import("../report/doctor-report.ts");
      await act(
        line,
        options,
        (context) => doctor(options.julia, context),
        (outcome) => reportDoctor(outcome, options.format),
      );
    });
}

export function addSetup(line: CommandLine): void {
  define(line.root, {
    name: "setup",
    description: "find a Julia, or install a private one where there is none (Debian)",
    examples: ["preimage setup"],
    formats: ["table", "json"],
  })
    .option("--julia <path>", "the Julia to use")
    .action(async (options: Options) => {
      const { setup } = await import("../commands/setup.ts");
      const { reportSetup } = await import("../report/doctor-report.ts");
      await act(
        line,
        options,
        (context) => setup(options.julia, context),
        (outcome) => reportSetup(outcome, options.format),
      );
    });
}
