import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";
import { tag } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly name?: string;
  readonly tag?: Readonly<Record<string, string>>;
  readonly juliaVersion?: string;
}

export function addImport(line: CommandLine): void {
  define(line.root, {
    name: "import",
    description: "record existing trace output",
    examples: ["preimage import trace.jl --name nightly", "zcat *.jl.gz | preimage import - --julia-version 1.10.8"],
    formats: ["table", "json"],
  })
    .argument("<file...>", "files that --trace-compile wrote; - is standard input")
    .option("--name <name>", "the run's name (default: the file's)")
    .option("--tag <key=value>", "a tag of the run; may be repeated", tag)
    .option("--julia-version <version>", "the Julia that wrote it")
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
