import { Command } from "commander";
import { addBake } from "./bake-command.ts";
import { addBuild } from "./build-command.ts";
import type { CommandLine, Perform } from "./command-line.ts";
import { addDoctor, addSetup } from "./doctor-command.ts";
import { addImport } from "./import-command.ts";
import { addPrune } from "./prune-command.ts";
import { addRuns } from "./runs-command.ts";
import { addDiff, addList, addShowStatement } from "./statements-command.ts";
import { toolVersion } from "./tool-version.ts";
import { addTrace } from "./trace-command.ts";
import { addVerify } from "./verify-command.ts";

const closing = `
The whole way in one command:
  preimage bake app.jl -o app.so
Then start the program on its sysimage:
  julia --sysimage=app.so app.jl`;

/** In the order of a user's way through them. */
const commands: readonly ((line: CommandLine) => void)[] = [
  addBake,
  addTrace,
  addImport,
  addRuns,
  addList,
  addShowStatement,
  addDiff,
  addPrune,
  addBuild,
  addVerify,
  addDoctor,
  addSetup,
];

/** The command line. What a command does is imported when it runs, so that the others start faster. */
export function program(argv: readonly string[], perform: Perform): Command {
  const root = new Command("preimage")
    .description(
      "Make Julia programs start fast: trace what they compile, curate it, bake it into a sysimage, verify it.",
    )
    .version(toolVersion)
    .exitOverride()
    .showHelpAfterError("(see `preimage help`)")
    .enablePositionalOptions()
    .addHelpText("after", closing);
  for (const add of commands) add({ root, argv, perform });
  return root;
}
