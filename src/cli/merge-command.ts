import { Option } from "commander";
import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";

interface Options extends CommonOptions {
  readonly into?: string;
  readonly onDamage: "skip" | "fail";
}

export function addMerge(line: CommandLine): void {
  define(line.root, {
    name: "merge",
    description: "take the runs of other stores, such as those of CI jobs, into one",
    examples: ["preimage merge artifacts/*/store.db", "preimage merge artifacts --into fleet.db --on-damage skip"],
    formats: ["table", "json"],
  })
    .argument("<store...>", "stores, or folders in which every store.db is taken")
    .option("--into <store>", "the store to take them into (default: as --store)")
    .addOption(
      new Option("--on-damage <what>", "what to do about a store that cannot be read whole")
        .choices(["skip", "fail"])
        .default("fail"),
    )
    .addHelpText("after", idempotence)
    .action(async (sources: string[], { into, onDamage, ...options }: Options) => {
      const { mergeStores } = await import("../commands/merge.ts");
      const { reportMerge } = await import("../report/merge-report.ts");
      await act(
        line,
        into === undefined ? options : { ...options, store: into },
        (context) => mergeStores({ sources, onDamage }, context),
        (outcome) => reportMerge(outcome, options.format),
      );
    });
}

const idempotence = `
A run that is there already is not taken again, so the same stores can be merged once more. The
stores themselves stay as they are. What bakes, rehearsals and \`verify\` found comes along; of two
verdicts of rehearsals in the same environment the later one stays. Of a damaged one \`skip\` takes
all that can be read, \`fail\` nothing.`;
