import { type Command, Option } from "commander";
import type { BuildRequest } from "../commands/build-request.ts";
import { namedTarget } from "../commands/choose-target.ts";
import type { CommandResult } from "../commands/context.ts";
import type { RepairsOff } from "../statement/repair.ts";
import type { Verdict } from "../statement/verdict.ts";
import { verdicts } from "../statement/verdict.ts";
import { ok } from "../support/result.ts";
import {
  addBuildOptions,
  asOption,
  type BuildOptions,
  buildRequestOf,
  nameOption,
  targetChoiceOf,
} from "./build-options.ts";
import { act, type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";
import { failOn, packageName, repeated } from "./option-values.ts";
import { repairsOff } from "./repair-option.ts";

interface Options extends CommonOptions, Omit<BuildOptions, "packageName"> {
  readonly name: string;
  readonly executeTrace?: readonly string[];
  readonly includeQuarantined?: boolean;
  readonly baseSysimage?: string;
  readonly pycall?: true;
  readonly python?: string;
  readonly failOn?: readonly Verdict[];
  /** `true` where all repairs are on. */
  readonly repair: RepairsOff | true;
  readonly resume?: boolean;
  readonly explain?: boolean;
  readonly forPackage?: string;
}

export function addBuild(line: CommandLine): void {
  const command = define(line.root, {
    name: "build",
    description:
      "bake the statements of a set into a sysimage or a package; does nothing where it stands there already",
    examples: [
      "preimage build precompile.jl -o app.so --project .",
      "preimage build precompile.jl --execute-trace 'app.jl input.csv' -o app.so --project . --fast",
      "preimage build precompile.jl -o app.so --explain",
      "preimage build precompile.jl --as package -o warm --project .",
      "preimage build run:app --for-package Foo -o src/precompile.jl",
      "preimage build --pycall -o pycall.so",
      "preimage build -o JuliaSysimage.so --project .",
    ],
    formats: ["table", "json"],
  }).argument(
    "[set...]",
    "what to bake; without one, what --execute-trace or the project's .vscode/JuliaSysimage.toml tells",
  );
  addBuildOptions(command)
    .addOption(asOption("sysimage"))
    .addOption(nameOption("--name <name>"))
    .option(
      "--execute-trace <words>",
      "trace this program first, and bake what it compiles as well; may be repeated (precompile_execution_file)",
      repeated,
    )
    .option("--base-sysimage <file>", "the sysimage to build upon (default: Julia's own)")
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
    .option("--pycall", "the image for PyJulia: PyCall, from a project of its own, and the sets, if any")
    .option("--python <path>", "with --pycall: the Python to build PyCall for (default: PyCall's own choice)")
    .option("--include-quarantined", "bake also what ended Julia before")
    .option("--resume", "link what the same build left when its linker failed")
    .addOption(
      new Option(
        "--for-package <name>",
        "bake nothing: write what that package may have Julia compile, as a file for its own source",
      )
        .argParser(packageName)
        .conflicts(["as", "executeTrace", "explain", "resume"]),
    )
    .option("--explain", "say whether there is anything to bake, and why; bake nothing")
    .option(...moduleOption)
    .addHelpText("after", setHelp)
    .action(async (sets: string[], options: Options, command: Command) => {
      if (options.forPackage !== undefined) return forPackage(line, sets, options.forPackage, options);
      const { pycall, python } = options;
      if (pycall && options.project !== undefined) {
        command.error("error: --pycall has a project of its own: leave out --project");
      }
      if (python !== undefined && !pycall) command.error("error: --python belongs to --pycall");
      const { buildSets, explainBuild } = await import("../commands/build.ts");
      const { reportBuild, reportExplanation } = await import("../report/build-report.ts");
      const request = requestOf(sets, options, command);
      if (pycall && request.ok) {
        const { target } = request.value;
        if (target.as !== "sysimage") return command.error("error: --pycall bakes a sysimage: leave out --as");
        const { buildPycall } = await import("../commands/build-pycall.ts");
        return act(
          line,
          options,
          (context) => buildPycall({ ...request.value, target, python }, context),
          (outcome) => reportBuild(outcome, options.format),
        );
      }
      if (options.explain === true) {
        return act(
          line,
          options,
          async (context) => (request.ok ? explainBuild(request.value, context) : request),
          (outcome) => reportExplanation(outcome, options.format),
        );
      }
      return act(
        line,
        options,
        async (context) => (request.ok ? buildSets(request.value, context) : request),
        (outcome) => reportBuild(outcome, options.format),
      );
    });
}

async function forPackage(line: CommandLine, sets: readonly string[], name: string, options: Options): Promise<void> {
  const { writeForPackage } = await import("../commands/for-package.ts");
  const { forPackageSummary, reportForPackage } = await import("../report/for-package-report.ts");
  const { output, julia, project } = options;
  await line.perform(async (context) => {
    const result = await writeForPackage({ sets, package: name, output, julia, project }, context);
    if (!result.ok) return result;
    context.notify({ kind: "note", text: forPackageSummary(result.value) });
    return ok(reportForPackage(result.value, options.format));
  }, options);
}

function requestOf(sets: readonly string[], options: Options, command: Command): CommandResult<BuildRequest> {
  const common = { ...options, packageName: options.name };
  const target = namedTarget(targetChoiceOf(common, command, options.resume === true), options.as ?? "sysimage");
  if (!target.ok) return target;
  return ok({
    ...buildRequestOf(common),
    target: target.value,
    sets,
    executeTrace: options.executeTrace ?? [],
    baseSysimage: options.baseSysimage,
    includeQuarantined: options.includeQuarantined === true,
    failOn: options.failOn ?? [],
    repairsOff: options.repair === true ? undefined : options.repair,
  });
}
