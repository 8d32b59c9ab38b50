import type { Command } from "commander";
import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";

export function addRuns(line: CommandLine): void {
  const runs = define(line.root, {
    name: "runs",
    description: "list the recorded runs, newest first; show or remove one",
    examples: ["preimage runs", "preimage runs show 3", "preimage runs rm 3"],
    formats: ["table", "json"],
  })
    .enablePositionalOptions()
    .action(async (options: CommonOptions) => {
      const { listRuns } = await import("../commands/runs.ts");
      const { reportRuns } = await import("../report/runs-report.ts");
      await act(line, options, listRuns, (outcome) => reportRuns(outcome, options.format));
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

/** `runs --store X rm 3` and `runs rm 3 --store X` mean the same. */
function withParentOptions(own: CommonOptions, command: Command): CommonOptions {
  const { parent } = command;
  const given = (["store", "format"] as const).filter(
    (name) => command.getOptionValueSource(name) !== "cli" && parent?.getOptionValueSource(name) === "cli",
  );
  return { ...own, ...Object.fromEntries(given.map((name) => [name, parent?.getOptionValue(name)])) };
}
