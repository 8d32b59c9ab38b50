import { type Command, InvalidArgumentError, Option } from "commander";
import type { AskedWorkload } from "../commands/optimize.ts";
import type { RehearsalRequest } from "../commands/rehearsal-request.ts";
import type { Streams } from "../trace/run-workload.ts";
import { count, repeated, repeatedChoice } from "./option-values.ts";

/** The options of every command that rehearses, as commander gives them. */
export interface RehearsalOptions {
  readonly package?: readonly string[];
  readonly includeTransitive: boolean;
  readonly project?: string;
  readonly julia?: string;
  readonly baseSysimage?: string;
  readonly bakeDefinitions?: string;
  readonly timeLimit: number;
  readonly memoryLimit?: number;
}

export function addRehearsalOptions(command: Command): Command {
  return command
    .option(
      "--package <name>",
      "a package to load; may be repeated (default: the project's dependencies, and what the runs had loaded)",
      repeated,
    )
    .option("--no-include-transitive", "load only the packages themselves, not all that they depend on")
    .option("--project <dir>", "the Julia project (default: that of the runs)")
    .option("--julia <path>", "the Julia to use")
    .option("--base-sysimage <file>", "the sysimage to rehearse on (default: Julia's own)")
    .option("--bake-definitions <file>", "a Julia file whose definitions the image will hold in Main")
    .option("--time-limit <seconds>", "end a rehearsal that takes longer", count, 600)
    .option("--memory-limit <mb>", "end a rehearsal that takes more memory (default: most of what is free)", count);
}

export function rehearsalRequest({
  package: packages = [],
  includeTransitive: transitive,
  memoryLimit,
  bakeDefinitions,
  ...options
}: RehearsalOptions): RehearsalRequest {
  const bytes = memoryLimit === undefined ? undefined : memoryLimit * 1e6;
  return { ...options, packages, transitive, definitions: bakeDefinitions, memoryLimit: bytes };
}

const streams: readonly Streams[] = ["pipe", "file", "tty"];

export const streamsOption = (description: string): Option =>
  new Option("--stdout <kind>", description).choices(streams);

/** Of an option that may be repeated. */
export const repeatedStreams = (description: string): Option =>
  streamsOption(description).argParser(repeatedChoice(streams));

/** `app.jl input.csv` as one word, or `app.jl@3`: three times as important. */
export function weightedWorkload(text: string, known: readonly AskedWorkload[] = []): AskedWorkload[] {
  const [first = "", ...args] = text.split(" ").filter((word) => word !== "");
  if (first === "") throw new InvalidArgumentError("Name a Julia file.");
  const [, script = first, weight = "1"] = /^(.*\.jl)@(.*)$/s.exec(first) ?? [];
  if (!(Number(weight) > 0 && Number(weight) < Infinity)) {
    throw new InvalidArgumentError(`\`${weight}\` is no weight: give a number, as in app.jl@3.`);
  }
  return [...known, { words: [script, ...args], weight: Number(weight) }];
}
