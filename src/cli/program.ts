import { Command } from "commander";
import type { CommandLine, Perform } from "./command-line.ts";
import { writeError, writeOut } from "./output.ts";
import { toolVersion } from "./tool-version.ts";

const closing = `
The whole way in one command:
  preimage bake app.jl -o app.so
Then start the program on its sysimage:
  julia --sysimage=app.so app.jl
or on the newest one of its project that still fits:
  preimage run -- app.jl
What the words mean:
  preimage help statement     also set, portability, repair, sysimage, package-image, verdict, residual`;

type Add = (line: CommandLine) => void;

/** In the order of a user's way through them. */
const commands: Readonly<Record<string, () => Promise<Add>>> = {
  bake: async () => (await import("./bake-command.ts")).addBake,
  trace: async () => (await import("./trace-command.ts")).addTrace,
  import: async () => (await import("./import-command.ts")).addImport,
  runs: async () => (await import("./runs-command.ts")).addRuns,
  merge: async () => (await import("./merge-command.ts")).addMerge,
  list: async () => (await import("./statements-command.ts")).addList,
  show: async () => (await import("./statements-command.ts")).addShowStatement,
  explain: async () => (await import("./statements-command.ts")).addExplain,
  stats: async () => (await import("./stats-command.ts")).addStats,
  diff: async () => (await import("./diff-command.ts")).addDiff,
  overlap: async () => (await import("./overlap-command.ts")).addOverlap,
  common: async () => (await import("./overlap-command.ts")).addCommon,
  report: async () => (await import("./report-command.ts")).addReport,
  prune: async () => (await import("./prune-command.ts")).addPrune,
  rehearse: async () => (await import("./rehearse-command.ts")).addRehearse,
  optimize: async () => (await import("./optimize-command.ts")).addOptimize,
  emit: async () => (await import("./emit-command.ts")).addEmit,
  build: async () => (await import("./build-command.ts")).addBuild,
  verify: async () => (await import("./verify-command.ts")).addVerify,
  status: async () => (await import("./status-command.ts")).addStatus,
  run: async () => (await import("./run-command.ts")).addRun,
  use: async () => (await import("./use-command.ts")).addUse,
  install: async () => (await import("./install-command.ts")).addInstall,
  restore: async () => (await import("./install-command.ts")).addRestore,
  images: async () => (await import("./images-command.ts")).addImages,
  doctor: async () => (await import("./doctor-command.ts")).addDoctor,
  setup: async () => (await import("./doctor-command.ts")).addSetup,
  completion: async () => (await import("./completion-command.ts")).addCompletion,
  help: async () => (await import("./help-command.ts")).addHelp,
};

/** These speak of all the others. */
const aboutAll: ReadonlySet<string> = new Set(["completion", "help"]);

/**
 * The command line: the one command that `argv` begins with, or all of them where it names none or one that speaks
 * of all, for the help and for what is mistyped. What a command does is imported when it runs. Both make a command start faster.
 */
export async function program(argv: readonly string[], perform: Perform): Promise<Command> {
  const root = new Command("preimage")
    .description(
      "Make Julia programs start fast: trace what they compile, curate it, bake it into a sysimage, verify it.",
    )
    .version(toolVersion)
    .exitOverride()
    .configureOutput({ writeOut, writeErr: writeError })
    .showHelpAfterError("(see `preimage help`)")
    .enablePositionalOptions()
    .helpCommand(false)
    .addHelpText("after", closing);
  const [asked = ""] = argv;
  const command = argv.find((word) => Object.hasOwn(commands, word));
  if (asked.startsWith("-") && command !== undefined)
    root.showHelpAfterError(`(options stand behind the command: \`preimage ${command} … ${asked}\`)`);
  const alone = Object.hasOwn(commands, asked) && !aboutAll.has(asked);
  for (const name of alone ? [asked] : Object.keys(commands)) {
    const add = await commands[name]?.();
    add?.({ root, argv, perform });
  }
  return root;
}
