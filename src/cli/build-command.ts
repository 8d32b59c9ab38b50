import type { RepairsOff } from "../statement/repair.ts";
import type { Verdict } from "../statement/verdict.ts";
import { verdicts } from "../statement/verdict.ts";
import { act, type CommandLine, type CommonOptions, define, setHelp } from "./command-line.ts";
import { failOn, repairsOff, repeated } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly output: string;
  readonly package?: readonly string[];
  readonly project?: string;
  readonly julia?: string;
  readonly cpuTarget?: string;
  readonly baseSysimage?: string;
  readonly script?: string;
  readonly failOn?: readonly Verdict[];
  /** `true` where all repairs are on. */
  readonly repair: RepairsOff | true;
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
    .option("--script <file>", "a Julia file to include into the image, after the statements")
    .option(
      "--fail-on <verdicts>",
      `end with 1 when a statement has one of these verdicts: ${verdicts.join(",")}`,
      failOn,
    )
    .option(
      "--no-repair [rule]",
      "hand Julia what was printed, without that repair or without any; may be repeated",
      repairsOff,
    )
    .addHelpText("after", setHelp)
    .action(async (sets: string[], { package: packages = [], repair, ...options }: Options) => {
      const { buildSets } = await import("../commands/build.ts");
      const { reportBuild } = await import("../report/build-report.ts");
      const off = repair === true ? undefined : repair;
      const request = { ...options, sets, packages, failOn: options.failOn ?? [], repairsOff: off };
      await act(
        line,
        options,
        (context) => buildSets(request, context),
        (outcome) => reportBuild(outcome, options.format),
      );
    });
}
