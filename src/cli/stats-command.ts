import { Option } from "commander";
import { type Grouping, groupings } from "../analysis/grouping.ts";
import type { TimeChoice } from "../analysis/measurement.ts";
import type { StatsOrder } from "../analysis/stats.ts";
import { act, type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";
import { wholeNumber } from "./option-values.ts";
import { timeOption } from "./time-option.ts";

interface Options extends CommonOptions {
  readonly by: Grouping;
  readonly sort: StatsOrder;
  readonly time: TimeChoice;
  readonly top?: number;
}

const shownGroups = 20;

export function addStats(line: CommandLine): void {
  define(line.root, {
    name: "stats",
    description: "count the statements of a set, by module, method and more, with their times",
    examples: [
      "preimage stats store",
      "preimage stats run:app --by method --top 10",
      "preimage stats store --by owner --sort time",
    ],
    formats: ["table", "json"],
  })
    .argument("<set...>")
    .addOption(new Option("--by <what>", "what to count by").choices(groupings).default("owner"))
    .addOption(
      new Option("--sort <what>", "what to have most of first")
        .choices(["statements", "time", "recompiled"])
        .default("statements"),
    )
    .option(
      "--top <n>",
      `how many rows to show, 0 for all (default: ${shownGroups}; all with --format json)`,
      wholeNumber,
    )
    .addOption(timeOption())
    .option(...moduleOption)
    .addHelpText("after", obstacleHelp + setHelp)
    .action(async (sets: string[], { by, sort, time, ...options }: Options) => {
      const { stats } = await import("../commands/stats.ts");
      const { reportStats } = await import("../report/stats-report.ts");
      const top = options.top ?? (options.format === "json" ? 0 : shownGroups);
      const request = { sets, by, order: sort, time, top: top === 0 ? undefined : top };
      await act(
        line,
        options,
        (context) => stats(request, context),
        (outcome) => reportStats(outcome, options.format),
      );
    });
}

const obstacleHelp = `
An obstacle is what keeps a statement from being portable, by its text alone: a statement may have
several, and \`prune --portable\` finds look-ups for some of them.
`;
