import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";
import { runName, tag } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly name?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly juliaVersion?: string;
  readonly module?: string;
}

export function addImport(line: CommandLine): void {
  define(line.root, {
    name: "import",
    description: "record existing trace output",
    examples: [
      "preimage import trace.jl --name nightly",
      "zcat *.jl.gz | preimage import - --julia-version 1.10.8",
      "preimage import src/precompile.jl --module MyPackage",
    ],
    formats: ["table", "json"],
  })
    .argument("<file...>", "files that --trace-compile, SnoopCompile or @snoopc wrote; - is standard input")
    .option("--name <name>", "the run's name (default: the file's)", runName)
    .option("--tag <key=value>", "a tag of the run; may be repeated", tag)
    .option("--julia-version <version>", "the Julia that wrote it")
    .option("--module <name>", "the module of names without one (default: Foo for SnoopCompile's precompile_Foo.jl)")
    .addHelpText("after", identity)
    .action(async (files: string[], { tag: tags = {}, ...options }: Options) => {
      const { importTraces } = await import("../commands/import.ts");
      const { reportImport } = await import("../report/runs-report.ts");
      const request = { ...options, tags, files };
      await act(
        line,
        options,
        (context) => importTraces(request, context),
        (outcome) => reportImport(outcome, options.format),
      );
    });
}

const identity = `
The same file is recorded once, as long as the same is said of it: with another name, tag or
Julia, or by another path, the same content is a run of its own, as two jobs may well compile the same.
`;
