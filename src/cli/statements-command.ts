import { act, type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";

export function addList(line: CommandLine): void {
  define(line.root, {
    name: "list",
    description: "print the statements of a set, one a line",
    examples: ["preimage list run:app", "preimage list store --format table"],
    formats: ["lines", "table", "json"],
  })
    .argument("<set...>")
    .option(...moduleOption)
    .addHelpText("after", setHelp)
    .action(async (sets: string[], options: CommonOptions) => {
      const { list } = await import("../commands/list.ts");
      const { reportList } = await import("../report/statements-report.ts");
      await act(
        line,
        options,
        (context) => list(sets, context),
        (outcome) => reportList(outcome, options.format),
      );
    });
}

export function addShowStatement(line: CommandLine): void {
  define(line.root, {
    name: "show",
    description: "show one statement: meaning, portability, spellings, where it was seen",
    examples: ["preimage show 3f2a9c", "preimage show 'precompile(Tuple{typeof(Base.sin), Float64})'"],
    formats: ["table", "json"],
  })
    .argument("<statement>", "the first digits of its digest, or its text")
    .action(async (reference: string, options: CommonOptions) => {
      const { show } = await import("../commands/show.ts");
      const { reportShow } = await import("../report/show-report.ts");
      await act(
        line,
        options,
        (context) => show(reference, context),
        (outcome) => reportShow(outcome, options.format),
      );
    });
}

export function addExplain(line: CommandLine): void {
  define(line.root, {
    name: "explain",
    description: "explain one statement: why it is here, who can use it, what to do about it",
    examples: ["preimage explain 3f2a9c", "preimage explain 'precompile(Tuple{typeof(Base.sin), Float64})'"],
    formats: ["table", "json"],
  })
    .argument("<statement>", "the first digits of its digest, or its text")
    .action(async (reference: string, options: CommonOptions) => {
      const { explain } = await import("../commands/explain.ts");
      const { reportExplain } = await import("../report/explain-report.ts");
      await act(
        line,
        options,
        (context) => explain(reference, context),
        (outcome) => reportExplain(outcome, options.format),
      );
    });
}
