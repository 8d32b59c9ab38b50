import { type Command, Option } from "commander";
import type { CommandContext, CommandResult } from "../commands/context.ts";
import type { Format, Rendering } from "../report/rendering.ts";
import { ok } from "../support/result.ts";

/** A command with its options read: does the work and renders it. */
export type Action = (context: CommandContext) => Promise<CommandResult<Rendering>>;
export type Perform = (action: Action, options: { readonly store?: string }) => Promise<void>;

/** What every command's file gets: where it hangs itself up, and how its work is run. */
export interface CommandLine {
  readonly root: Command;
  /** The words as the user typed them. */
  readonly argv: readonly string[];
  readonly perform: Perform;
}

/** The options that every command has. */
export interface CommonOptions {
  readonly store?: string;
  readonly format: Format;
}

export interface Definition {
  readonly name: string;
  readonly description: string;
  readonly examples: readonly [string, ...string[]];
  /** The first is the default. */
  readonly formats: readonly [Format, ...Format[]];
}

/** Errors end the parse with an exception, which `main` turns into an exit code. */
export function define(parent: Command, { name, description, examples, formats }: Definition): Command {
  return parent
    .command(name)
    .description(description)
    .exitOverride()
    .showHelpAfterError(`(see \`preimage help ${name}\`)`)
    .option("--store <path>", "the store (default: .preimage/store.db here or in a folder above; PREIMAGE_STORE)")
    .addOption(new Option("--format <format>", "how standard output is written").choices(formats).default(formats[0]))
    .addHelpText(
      "after",
      `\nExample${examples.length > 1 ? "s" : ""}:\n${examples.map((example) => `  ${example}`).join("\n")}`,
    );
}

/** Runs `work`, with `render` as its last step. */
export function act<T>(
  { perform }: CommandLine,
  options: CommonOptions,
  work: (context: CommandContext) => Promise<CommandResult<T>>,
  render: (outcome: T) => Rendering,
): Promise<void> {
  return perform(async (context) => {
    const result = await work(context);
    return result.ok ? ok(render(result.value)) : result;
  }, options);
}

export const setHelp = `
A SET is run:ID, run:NAME, tag:KEY=VALUE, store (everything recorded), a path to a
curated list or to raw trace output, or - for standard input; several are united.`;
