import type { Command } from "commander";
import { type HelpTopic, helpTopics } from "../report/help-topics.ts";
import { ok } from "../support/result.ts";
import type { CommandLine } from "./command-line.ts";

/** In place of commander's own, which knows neither topics nor commands of commands. */
export function addHelp({ root, perform }: CommandLine): void {
  const help = root
    .command("help")
    .description("explain a command or a concept")
    .exitOverride()
    .argument("[topic...]", `a command, or one of ${helpTopics.join(", ")}`)
    .action(async (words: string[]) => {
      const [first] = words;
      const command = commandAt(root, words);
      const topic = helpTopics.find((name) => name === first);
      if (command !== undefined) command.outputHelp();
      else if (topic !== undefined && words.length === 1) await explain(topic);
      else
        help.error(
          `error: no command is called '${words.join(" ")}', and no concept: those are ${helpTopics.join(", ")}`,
        );
    });
  const explain = (topic: HelpTopic): Promise<void> =>
    perform(async () => {
      const { helpText } = await import("../report/help-topics.ts");
      return ok({ stdout: helpText(topic), exitCode: 0 });
    }, {});
}

/** `runs show`; undefined where a word names no command of the one before. */
function commandAt(root: Command, words: readonly string[]): Command | undefined {
  return words.reduce<Command | undefined>(
    (parent, word) => parent?.commands.find((command) => command.name() === word),
    root,
  );
}
