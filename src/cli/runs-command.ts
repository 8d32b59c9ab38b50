import { type Command, Option } from "commander";
import type { CommandContext } from "../commands/context.ts";
import { act, type CommandLine, type CommonOptions, define, withParentOptions } from "./command-line.ts";
import { wholeNumber } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly top?: number;
  readonly sets?: boolean;
}

/** As many as a screen or two hold. */
const shownRuns = 50;

export function addRuns(line: CommandLine): void {
  const runs = define(line.root, {
    name: "runs",
    description: "list the recorded runs, newest first; show or remove one",
    examples: ["preimage runs", "preimage runs show 3", "preimage runs rm 3"],
    formats: ["table", "json"],
  })
    .enablePositionalOptions()
    .option(
      "--top <n>",
      `how many of the newest to show, 0 for all (default: ${shownRuns}; all with --format json)`,
      wholeNumber,
    )
    .addOption(
      new Option(
        "--sets",
        "print what they are called as sets, run:NAME and tag:KEY=VALUE, where a shell takes that as one word",
      ).conflicts("format"),
    )
    .action(async ({ top, sets, ...options }: Options) => {
      const { listRuns, setNames, summarizeRuns } = await import("../commands/runs.ts");
      const { reportRunList, reportRuns, reportSetNames } = await import("../report/runs-report.ts");
      if (sets) {
        await act(line, options, setNames, reportSetNames);
      } else if (options.format === "table") {
        const summarize = (context: CommandContext) => summarizeRuns(top ?? shownRuns, context);
        await act(line, options, summarize, reportRunList);
      } else {
        const list = (context: CommandContext) => listRuns(top ?? 0, context);
        await act(line, options, list, (outcome) => reportRuns(outcome, options.format));
      }
    });
  addShow(line, runs);
  addRemove(line, runs);
}

function addShow(line: CommandLine, runs: Command): void {
  define(runs, {
    name: "show",
    description: "show where a run's statements come from",
    examples: ["preimage runs show 3"],
    formats: ["table", "json"],
  })
    .argument("<run>", "its id or its name")
    .action(async (run: string, own: CommonOptions, command: Command) => {
      const options = withParentOptions(own, command);
      const { showRun } = await import("../commands/runs.ts");
      const { reportRun } = await import("../report/runs-report.ts");
      await act(
        line,
        options,
        (context) => showRun(run, context),
        (outcome) => reportRun(outcome, options.format),
      );
    });
}

function addRemove(line: CommandLine, runs: Command): void {
  define(runs, {
    name: "rm",
    description: "remove runs, and what only they have seen",
    examples: ["preimage runs rm 3 4"],
    formats: ["table", "json"],
  })
    .argument("<run...>", "their ids; or a name that only one run has")
    .action(async (references: string[], own: CommonOptions, command: Command) => {
      const options = withParentOptions(own, command);
      const { removeRuns } = await import("../commands/runs.ts");
      const { reportRemoved } = await import("../report/runs-report.ts");
      await act(
        line,
        options,
        (context) => removeRuns(references, context),
        (outcome) => reportRemoved(outcome, options.format),
      );
    });
}
