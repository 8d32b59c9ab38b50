import { type Command, Option } from "commander";
import type { BuildRequest, BuildTarget, SysimageTarget } from "../commands/build-request.ts";
import type { TargetChoice } from "../commands/choose-target.ts";
import { packageName, repeated } from "./option-values.ts";

/** What every command that bakes takes, as commander gives it. */
export interface BuildOptions {
  readonly output?: string;
  readonly as?: BuildTarget["as"];
  readonly packageName: string;
  readonly package?: readonly string[];
  readonly editorTask: boolean;
  readonly includeTransitive: boolean;
  readonly project?: string;
  readonly julia?: string;
  readonly juliaArgs?: string;
  readonly cpuTarget?: string;
  readonly fast?: boolean;
  readonly incremental: boolean;
  readonly filterStdlibs?: boolean;
  readonly importIntoMain?: boolean;
  readonly compress?: boolean;
  readonly soname?: string;
  readonly compatVersion?: string;
  readonly script?: string;
  readonly bakeDefinitions?: string;
  readonly execute?: readonly string[];
  readonly force?: boolean;
  readonly preflight: boolean;
}

/** Behind a name: what PackageCompiler's `create_sysimage` calls it, where it calls it otherwise. */
export function addBuildOptions(command: Command): Command {
  return command
    .option(
      "-o, --output <file>",
      "the sysimage to write, or the folder of the package (PackageCompiler: sysimage_path)",
    )
    .option(
      "--package <name>",
      "a package to load into the image; may be repeated (default: the project's dependencies, and what the runs had loaded)",
      repeated,
    )
    .option("--project <dir>", "the Julia project (default: that of the runs)")
    .option("--julia <path>", "the Julia to use")
    .option(
      "--cpu-target <target>",
      "the processors the image is for, such as native, generic or several, as Julia's option says it (default: native; from Julia 1.13 on those of its own image)",
    )
    .option("--fast", "less optimization, no debug information: baked in a fifth less time, with a sixth less memory")
    .option("--script <file>", "a Julia file to include into the image, after the statements")
    .option(
      "--bake-definitions <file>",
      "a Julia file whose definitions the image holds in Main; what the workload then defines anew is compiled anew",
    )
    .option("--execute <words...>", "a Julia file to run while baking, and its arguments; see the README for the risks")
    .addOption(new Option("--include-transitive").default(true).hideHelp())
    .option(
      "--no-include-transitive",
      "load only the packages themselves, not all that they depend on (include_transitive_dependencies)",
    )
    .option(
      "--import-into-main",
      "bind the packages' names in the image's Main (import_into_main, where it is the default)",
    )
    .addOption(new Option("--no-import-into-main").hideHelp())
    .option("--no-incremental", "compile Julia's base anew instead of building upon its sysimage; takes minutes more")
    .option("--filter-stdlibs", "with --no-incremental: only the standard libraries that the packages use")
    .option("--compress", "a smaller image that starts slower, from Julia 1.13 on (compress_sysimage)")
    .option("--soname <name>", "what the image calls itself as a library (default: its file's name)")
    .option("--compat-version <version>", "on macOS: the version it calls itself compatible with (compat_level)")
    .option(
      "--julia-args <words>",
      'words for the Julia that bakes, such as "-O3 --strip-metadata" (sysimage_build_args)',
    )
    .option(
      "--no-editor-task",
      "leave the project's .vscode/JuliaSysimage.toml alone: its lists, execution files and choice of packages",
    )
    .option("--force", "bake also what stands there already, made from the same")
    .option("--no-preflight", "do not ask whether memory and disk suffice");
}

/** `otherwise`: what is made where it is not said. */
export function asOption(otherwise: string): Option {
  return new Option(
    "--as <kind>",
    `what to bake: a sysimage, or a package whose cache holds the code, from Julia 1.9 on (default: ${otherwise})`,
  ).choices(["sysimage", "package"]);
}

/** What the package is called, of a package image. `flags`: how the option is written. */
export function nameOption(flags: string): Option {
  return new Option(flags, "what the package is called, with --as package").argParser(packageName).default("WarmStart");
}

/** The part of a request that these options tell. */
export function buildRequestOf(
  options: BuildOptions,
): Pick<
  BuildRequest,
  "packages" | "editorTask" | "transitive" | "project" | "julia" | "juliaArgs" | "force" | "unchecked"
> {
  return {
    packages: options.package ?? [],
    editorTask: options.editorTask,
    transitive: options.includeTransitive,
    project: options.project,
    julia: options.julia,
    juliaArgs: options.juliaArgs?.split(/\s+/).filter((word) => word !== "") ?? [],
    force: options.force === true,
    unchecked: !options.preflight,
  };
}

/** What is to be made, of either kind. `command`: says what is missing. */
export function targetChoiceOf(options: BuildOptions, command: Command, resume = false): TargetChoice {
  const { output, as, packageName: name, cpuTarget } = options;
  if (output === undefined) return command.error("error: required option '-o, --output <file>' not specified");
  const given = sysimageOptions.filter(([option, value]) =>
    value === undefined ? options[option] !== undefined : options[option] === value,
  );
  return {
    as,
    sysimage: sysimageTarget(options, output, resume),
    package: { as: "package", output, name, cpuTarget },
    ofSysimage: [...given.map(([, , flag]) => flag), ...(resume ? ["--resume"] : [])],
  };
}

/** What only a sysimage knows, with the value that asks for it; undefined: any. */
const sysimageOptions: readonly (readonly [option: keyof BuildOptions, value: boolean | undefined, flag: string])[] = [
  ["fast", true, "--fast"],
  ["script", undefined, "--script"],
  ["bakeDefinitions", undefined, "--bake-definitions"],
  ["execute", undefined, "--execute"],
  ["importIntoMain", true, "--import-into-main"],
  ["incremental", false, "--no-incremental"],
  ["filterStdlibs", true, "--filter-stdlibs"],
  ["compress", true, "--compress"],
  ["soname", undefined, "--soname"],
  ["compatVersion", undefined, "--compat-version"],
];

function sysimageTarget(options: BuildOptions, output: string, resume: boolean): SysimageTarget {
  return {
    as: "sysimage",
    output,
    cpuTarget: options.cpuTarget,
    incremental: options.incremental,
    filterStdlibs: options.filterStdlibs === true,
    importIntoMain: options.importIntoMain === true,
    compress: options.compress === true,
    fast: options.fast === true,
    soname: options.soname,
    compatVersion: options.compatVersion,
    definitions: options.bakeDefinitions,
    execute: options.execute,
    script: options.script,
    resume,
  };
}
