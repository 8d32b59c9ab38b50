import type { Verdict } from "../statement/verdict.ts";
import { verdicts } from "../statement/verdict.ts";
import { act, type CommandLine, type CommonOptions, define, setHelp } from "./command-line.ts";
import { failOn, repeated } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly output: string;
  readonly package?: readonly string[];
  readonly project?: string;
  readonly julia?: string;
  readonly cpuTarget?: string;
  readonly baseSysimage?: string;
  readonly script?: string;
  readonly failOn?: readonly Verdict[];
}

export function addBuild(line: CommandLine): void {
  define(line.root, {
    name: "build",
    description: "bake the statements of a set into a sysimage",
    examples: ["preimage build precompile.jl -o app.so --project ."],
    formats: ["table", "json"],
  })
    .argument("<set...>")
    .requiredOption("-o, --output <file>", "the sysimage to write")
    .option(
      "--package <name>",
      "a package to load into the image; may be repeated (default: what the runs had loaded)",
      repeated,
    )
    .option("--project <dir>", "the Julia project (default: that of the runs)")
    .option("--julia <path>", "the Julia to use")
    .option("--cpu-target <target>", "the processors the image is for (default: native)")
    .option("--base-sysimage <file>", "the sysimage to build upon (default: Julia's own)")
    .option("--script <file>", "a Julia file to include at the end of staging")
    .option(
      "--fail-on <verdicts>",
      `end with 1 when a statement has one of these verdicts: ${verdicts.join(",")}`,
      failOn,
    )
    .addHelpText("after", setHelp)
    .action(async (sets: string[], { package: packages = [], ...options }: Options) => {
      const { buildSets } = await import("../commands/build.ts");
      const { reportBuild } = await import("../report/build-report.ts");
      const request = { ...options, sets, packages, failOn: options.failOn ?? [] };
      await act(
        line,
        options,
        (context) => buildSets(request, context),
        (outcome) => reportBuild(outcome, options.format),
      );
    });
}
