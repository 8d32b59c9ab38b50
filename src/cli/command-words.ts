import type { Argument, Command, Option } from "commander";
import { helpTopics } from "../report/help-topics.ts";

/** What may stand for a value. */
export type ValueWords =
  /** One of these. */
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "file" }
  /** A file, or a set of the store. */
  | { readonly kind: "set" }
  /** A run, by its name. */
  | { readonly kind: "run" }
  /** Nobody can tell. */
  | { readonly kind: "any" };

export interface OptionWords {
  /** `-o` and `--output`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Undefined: it takes none. */
  readonly value: ValueWords | undefined;
}

/** What can be typed behind a command's name. */
export interface CommandWords {
  /** `runs show`; empty for the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What each of its arguments may be, the last one for all that follow. */
  readonly arguments: readonly ValueWords[];
  readonly commands: readonly CommandWords[];
}

/** All that can be typed, as commander knows it. */
export function wordsOf(command: Command, path: readonly string[] = []): CommandWords {
  const help = command.createHelp();
  return {
    path,
    description: command.description(),
    options: help.visibleOptions(command).map(optionWords),
    arguments: command.registeredArguments.map((argument) => argumentWords(argument, command)),
    commands: help.visibleCommands(command).map((child) => wordsOf(child, [...path, child.name()])),
  };
}

/** The command and all those below it. */
export function allCommands(command: CommandWords): readonly CommandWords[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

function optionWords({ short, long, description, required, optional, argChoices, flags }: Option): OptionWords {
  const names = [short, long].filter((name) => name !== undefined);
  // An optional value stands behind `=` only, so it is no word of its own.
  const value = required && !optional ? valueWords(/<([^>.]+)/.exec(flags)?.[1] ?? "", argChoices) : undefined;
  return { names, description, value };
}

function argumentWords(argument: Argument, { parent }: Command): ValueWords {
  if (argument.name() !== "topic") return valueWords(argument.name(), argument.argChoices);
  return { kind: "words", words: [...helpTopics, ...(parent?.commands ?? []).map((command) => command.name())] };
}

const files: ReadonlySet<string> = new Set(["file", "path", "dir", "workload", "words", "sysimage", "args", "store"]);
const sets: ReadonlySet<string> = new Set(["set", "a", "b"]);

/** `name`: the placeholder in the help, which says what is meant. */
function valueWords(name: string, choices: readonly string[] | undefined): ValueWords {
  if (choices !== undefined) return { kind: "words", words: choices };
  if (sets.has(name)) return { kind: "set" };
  if (name === "run") return { kind: "run" };
  return files.has(name) ? { kind: "file" } : { kind: "any" };
}
