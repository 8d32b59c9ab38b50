import type { TimeChoice } from "../analysis/measurement.ts";
import { ok } from "../support/result.ts";
import { type CommandLine, type CommonOptions, define, moduleOption, setHelp } from "./command-line.ts";
import { outputFile } from "./option-values.ts";
import { timeOption } from "./time-option.ts";

interface Options extends CommonOptions {
  readonly output: string;
  readonly against?: string;
  readonly time: TimeChoice;
}

export function addReport(line: CommandLine): void {
  define(line.root, {
    name: "report",
    description: "write one HTML page that shows a set: what compiles when, whose time it is, what became of it",
    examples: [
      "preimage report run:app -o report.html",
      "preimage report run:new --against run:old -o report.html",
      "preimage report store --time median -o report.html",
    ],
    formats: ["table", "json"],
  })
    .argument("<set...>")
    .requiredOption("-o, --output <file>", "the page to write, - for standard output")
    .option("--against <set>", "a set to compare with: the page shows what came, went and changed since")
    .addOption(timeOption())
    .option(...moduleOption)
    .addHelpText("after", pageHelp + setHelp)
    .action(async (sets: string[], { against, time, output, ...options }: Options) => {
      const { reportSets } = await import("../commands/report.ts");
      const { foreignFile, writeOutput } = await import("../commands/write-own.ts");
      const { reportPage, reportWrittenPage } = await import("../report/page-report.ts");
      const { pageParts } = await import("../report/page/page-parts.ts");
      const { pageMark } = await import("../report/page/page.ts");
      await line.perform(async (context) => {
        const file = outputFile(output);
        const foreign = file === undefined ? undefined : foreignFile(file, "page", (first) => first === pageMark);
        if (foreign !== undefined) return { ok: false, error: [foreign] };
        const result = await reportSets({ sets, against, time }, context);
        if (!result.ok) return result;
        const page = reportPage(result.value, await pageParts());
        if (file === undefined) return ok({ stdout: page, exitCode: 0 });
        const unwritten = writeOutput(file, page);
        if (unwritten !== undefined) return { ok: false, error: [unwritten] };
        const written = { outcome: result.value, output: file, bytes: Buffer.byteLength(page) };
        return ok(reportWrittenPage(written, options.format));
      }, options);
    });
}

const pageHelp = `
The page needs nothing but a browser: no network, no other file. It follows the
browser's light or dark colours, and can be printed.
`;
