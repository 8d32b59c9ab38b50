import { Option } from "commander";
import { type EmitForm, emitForms } from "../analysis/emit-form.ts";
import { ok } from "../support/result.ts";
import { type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";
import { outputFile } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly as: EmitForm;
  readonly output?: string;
}

export function addEmit(line: CommandLine): void {
  define(line.root, {
    name: "emit",
    description: "write a set in the form of another tool; import reads each of them back",
    examples: [
      "preimage emit store --as packagecompiler -o statements.jl",
      "preimage emit precompile.jl --as precompiletools -o precompile/",
      "preimage emit run:app --as tsv | cut -f 2,4",
    ],
    formats: ["lines", "table", "json"],
  })
    .argument("<set...>")
    .addOption(new Option("--as <form>", "whose form it is").choices(emitForms).makeOptionMandatory())
    .option("-o, --output <file>", "the file to write, or the folder for a file for each package")
    .option(...moduleOption)
    .addHelpText("after", formHelp + setHelp)
    .action(async (sets: string[], { as: form, output, ...options }: Options) => {
      const { emitSets } = await import("../commands/emit.ts");
      const { emitSummary, reportEmit } = await import("../report/emit-report.ts");
      await line.perform(async (context) => {
        const result = await emitSets({ sets, form, output: outputFile(output) }, context);
        if (!result.ok) return result;
        context.notify({ kind: "note", text: emitSummary(result.value) });
        return ok(reportEmit(result.value, options.format));
      }, options);
    });
}

const formHelp = `
  packagecompiler  a list for PackageCompiler's \`precompile_statements_file\`
  precompiletools  PACKAGE/precompile.jl for each package to include in its own code
  snoopcompile     precompile_PACKAGE.jl for each package, as SnoopCompile writes them
  tsv              a table with tabs: statement, compile time, recompiles, owner, runs, digest
  json             the same as one document, a statement a line
`;
