import { type Command, Option } from "commander";
import type { CommandContext, CommandResult } from "../commands/context.ts";
import type { Format, Rendering } from "../report/rendering.ts";
import { ok } from "../support/result.ts";

/** A command with its options read: does the work and renders it. */
export type Action = (context: CommandContext) => Promise<CommandResult<Rendering>>;
export type Perform = (action: Action, options: PerformOptions) => Promise<void>;

/** The options that are no command's own work. */
export interface PerformOptions {
  readonly store?: string;
  /** Only where a command takes sets, see `moduleOption`. */
  readonly module?: string;
}

/** What every command's file gets: where it hangs itself up, and how its work is run. */
export interface CommandLine {
  readonly root: Command;
  /** The words as the user typed them. */
  readonly argv: readonly string[];
  readonly perform: Perform;
}

/** The options that every command has. */
export interface CommonOptions extends PerformOptions {
  readonly format: Format;
}

export interface Definition {
  readonly name: string;
  readonly description: string;
  readonly examples: readonly [string, ...string[]];
  /** The first is the default; none where standard output is somebody else's. */
  readonly formats: readonly Format[];
}

/** Errors end the parse with an exception, which `main` turns into an exit code. */
export function define(parent: Command, { name, description, examples, formats }: Definition): Command {
  const path = parent.parent === null ? name : `${parent.name()} ${name}`;
  const command = parent
    .command(name)
    .description(description)
    .exitOverride()
    .showHelpAfterError(`(see \`preimage help ${path}\`)`)
    .option("--store <path>", "the store (default: .preimage/store.db here or in a folder above; PREIMAGE_STORE)")
    .addHelpText(
      "after",
      `\nExample${examples.length > 1 ? "s" : ""}:\n${examples.map((example) => `  ${example}`).join("\n")}`,
    );
  if (formats.length === 0) return command;
  const format = new Option("--format <format>", "how standard output is written").choices(formats);
  return command.addOption(format.default(formats[0]));
}

/** Runs `work`, with `render` as its last step. */
export function act<T>(
  { perform }: CommandLine,
  options: PerformOptions,
  work: (context: CommandContext) => Promise<CommandResult<T>>,
  render: (outcome: T) => Rendering,
): Promise<void> {
  return perform(async (context) => {
    const result = await work(context);
    return result.ok ? ok(render(result.value)) : result;
  }, options);
}

/** `runs --store X rm 3` and `runs rm 3 --store X` mean the same. */
export function withParentOptions(own: CommonOptions, command: Command): CommonOptions {
  const { parent } = command;
  const given = (["store", "format"] as const).filter(
    (name) => command.getOptionValueSource(name) !== "cli" && parent?.getOptionValueSource(name) === "cli",
  );
  return { ...own, ...Object.fromEntries(given.map((name) => [name, parent?.getOptionValue(name)])) };
}

/** Of every command that takes sets. */
export const moduleOption = [
  "--module <name>",
  "the module of names without one in the files of a set (default: Foo for SnoopCompile's precompile_Foo.jl)",
] as const;

export const setHelp = `
A SET is run:ID, run:NAME (all runs of that name, those that failed too), tag:KEY=VALUE,
store (everything recorded), a path to a curated list or to raw trace output, or - for
standard input; several are united.`;
