import type { Command } from "commander";
import { act, type CommandLine, type CommonOptions, define, withParentOptions } from "./command-line.ts";
import { count } from "./option-values.ts";

type Options = CommonOptions & { readonly julia?: string };
type PruneOptions = CommonOptions & { readonly keep: number; readonly dryRun?: boolean };

export function addImages(line: CommandLine): void {
  const images = define(line.root, {
    name: "images",
    description: "list the sysimages that were baked here, newest first; remove old ones",
    examples: ["preimage images", "preimage images prune --keep 2"],
    formats: ["table", "json"],
  })
    .enablePositionalOptions()
    .option("--julia <path>", "the Julia to compare them with")
    .action(async (options: Options) => {
      const { listImages } = await import("../commands/images.ts");
      const { reportImages } = await import("../report/images-report.ts");
      await act(
        line,
        options,
        (context) => listImages(options.julia, context),
        (outcome) => reportImages(outcome, options.format),
      );
    });
  addPruneImages(line, images);
}

function addPruneImages(line: CommandLine, images: Command): void {
  define(images, {
    name: "prune",
    description: "remove all but the newest sysimages of each project, with their stamps",
    examples: ["preimage images prune --keep 2 --dry-run"],
    formats: ["table", "json"],
  })
    .requiredOption("--keep <n>", "how many of each project stay", count)
    .option("--dry-run", "only say what would be removed")
    .action(async (own: PruneOptions, command: Command) => {
      const options = { ...own, ...withParentOptions(own, command) };
      const { pruneImages } = await import("../commands/images.ts");
      const { reportPrunedImages } = await import("../report/images-report.ts");
      await act(
        line,
        options,
        (context) => pruneImages({ keep: own.keep, dryRun: own.dryRun ?? false }, context),
        (outcome) => reportPrunedImages(outcome, options.format),
      );
    });
}
