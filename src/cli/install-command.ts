import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";

interface Options extends CommonOptions {
  readonly julia?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

export function addInstall(line: CommandLine): void {
  define(line.root, {
    name: "install",
    description: "make a sysimage the one that Julia starts on when it is told nothing; restore undoes it",
    examples: ["preimage install app.so --julia ~/julia-1.10.8/bin/julia"],
    formats: ["table", "json"],
  })
    .argument("<sysimage>", "the file that build wrote")
    .option("--julia <path>", "the Julia to change")
    .option("--force", "also a Julia that a package manager installed, and an image without a stamp")
    .option("--dry-run", "only say what would be replaced")
    .action(async (sysimage: string, { force = false, dryRun = false, ...options }: Options) => {
      const { install } = await import("../commands/install.ts");
      const { reportInstall } = await import("../report/install-report.ts");
      await act(
        line,
        options,
        (context) => install({ ...options, sysimage, force, dryRun }, context),
        (outcome) => reportInstall(outcome, options.format),
      );
    });
}

export function addRestore(line: CommandLine): void {
  define(line.root, {
    name: "restore",
    description: "put the sysimage that Julia came with back in its place",
    examples: ["preimage restore"],
    formats: ["table", "json"],
  })
    .option("--julia <path>", "the Julia to change")
    .option("--force", "also where the sysimage there is not known to be one that install put there")
    .action(async ({ force = false, ...options }: Options) => {
      const { restore } = await import("../commands/install.ts");
      const { reportRestore } = await import("../report/install-report.ts");
      await act(
        line,
        options,
        (context) => restore({ ...options, force }, context),
        (outcome) => reportRestore(outcome, options.format),
      );
    });
}
