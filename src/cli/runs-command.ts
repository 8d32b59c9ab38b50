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
    .action(async (run: string, options: CommonOptions) => {
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
    description: "remove a run, and what only it has seen",
    examples: ["preimage runs rm 3"],
    formats: ["table", "json"],
  })
    .argument("<run>", "its id or its name")
    .action(async (run: string, options: CommonOptions) => {
      const { removeRun } = await import("../commands/runs.ts");
      const { reportRemoved } = await import("../report/runs-report.ts");
      await act(
        line,
        options,
        (context) => removeRun(run, context),
        (outcome) => reportRemoved(outcome, options.format),
      );
    });
}
