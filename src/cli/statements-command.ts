import { act, type CommandLine, type CommonOptions, define, setHelp } from "./command-line.ts";

export function addList(line: CommandLine): void {
  define(line.root, {
    name: "list",
    description: "print the statements of a set, one a line",
    examples: ["preimage list run:app", "preimage list store --format table"],
    formats: ["lines", "table", "json"],
  })
    .argument("<set...>")
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
    description: "explain one statement: meaning, portability, spellings, where it was seen",
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

export function addDiff(line: CommandLine): void {
  define(line.root, {
    name: "diff",
    description: "compare two sets of statements; ends with 1 when they differ",
    examples: ["preimage diff run:3 run:4", "preimage diff precompile.jl store --format lines"],
    formats: ["table", "lines", "json"],
  })
    .argument("<a>")
    .argument("<b>")
    .addHelpText("after", setHelp)
    .action(async (a: string, b: string, options: CommonOptions) => {
      const { diff } = await import("../commands/diff.ts");
      const { reportDiff } = await import("../report/statements-report.ts");
      await act(
        line,
        options,
        (context) => diff(a, b, context),
        (outcome) => reportDiff(outcome, options.format),
      );
    });
}
