import { Option } from "commander";
import { type ChangeKind, changeKinds } from "../analysis/change-kind.ts";
import { type Grouping, groupings } from "../analysis/grouping.ts";
import { act, type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";
import { changeKindsOf } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly by?: Grouping;
  readonly stat?: boolean;
  readonly ignore?: readonly ChangeKind[];
  readonly exitCode?: boolean;
}

export function addDiff(line: CommandLine): void {
  define(line.root, {
    name: "diff",
    description: "compare two sets of statements; ends with 1 when they differ",
    examples: [
      "preimage diff run:3 run:4",
      "preimage diff run:3 run:4 --by owner",
      "preimage diff store new.jl --stat --ignore renumbered,stream",
      "preimage diff old.jl new.jl --format lines | patch old.jl",
    ],
    formats: ["table", "lines", "json"],
  })
    .argument("<a>")
    .argument("<b>")
    .addOption(new Option("--by <what>", "count the differences by this instead").choices(groupings))
    .option("--stat", "count the differences instead of showing each")
    .option("--ignore <kinds>", `changes that are no difference, of ${changeKinds.join(",")}`, changeKindsOf)
    .option("--exit-code", "end with 1 when the sets differ (default)")
    .option("--no-exit-code", "end with 0 whether they differ or not")
    .option(...moduleOption)
    .addHelpText("after", changeHelp + setHelp)
    .action(async (a: string, b: string, { by, ignore = [], ...options }: Options) => {
      if (options.format === "lines" && (by !== undefined || options.stat))
        line.root.error("error: a patch (`--format lines`) counts nothing: leave out --by and --stat", { exitCode: 2 });
      const { diff } = await import("../commands/diff.ts");
      const { reportDiff } = await import("../report/diff-report.ts");
      const look = {
        ...options,
        exitCode: options.exitCode ?? true,
        view: options.stat ? "counts" : "statements",
      } as const;
      await act(
        line,
        options,
        (context) => diff({ a, b, by, ignored: ignore, patch: options.format === "lines" }, context),
        (outcome) => reportDiff(outcome, look),
      );
    });
}

const changeHelp = `
A statement that only A has and one that only B has are shown as one change where they are
  julia       the same in the words of two Julia versions
  renumbered  the same but for the numbers in names that the compiler made
  stream      the same but for the kind of a stream: terminal, pipe or file
  types       the same method, with other types of its arguments
\`--format lines\` is a patch: it makes B's list of A's.
`;
