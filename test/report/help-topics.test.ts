import { expect, it } from "vitest";
import { allCommands, wordsOf } from "../../src/cli/command-words.ts";
import { program } from "../../src/cli/program.ts";
import { helpText, helpTopics } from "../../src/report/help-topics.ts";

const commands = allCommands(wordsOf(await program(["help"], async () => {})));
const options = new Set(commands.flatMap((command) => command.options.flatMap(({ names }) => names)));
const names = new Set<string>([...commands.flatMap(({ path }) => path), ...helpTopics]);

it.each(helpTopics)("help %s fits a terminal, and names commands and options that there are", (topic) => {
  const text = helpText(topic);
  expect(text.endsWith("\n")).toBe(true);
  // The tables of what Julia prints are as wide as that is.
  const prose = text.split("\n").filter((line) => !line.includes("  ->  "));
  expect(prose.filter((line) => line.length > 115)).toEqual([]);
  const named = [...text.matchAll(/(?<![\w=])(--[a-z][\w-]+)/g)].map(([, option = ""]) => option);
  const ofJulia = ["--sysimage", "--trace-compile"];
  expect(named.filter((option) => !options.has(option) && !ofJulia.includes(option))).toEqual([]);
  const called = [...text.matchAll(/preimage (?:help )?([a-z]+)/g)].map(([, word = ""]) => word);
  const verbs = ["repairs", "replays", "records", "writes"];
  expect(called.filter((word) => !names.has(word) && !verbs.includes(word))).toEqual([]);
});
