import { Option } from "commander";
import type { WriteTarget } from "../commands/use.ts";
import type { SnippetTarget } from "../wiring/snippets.ts";
import { act, type CommandLine, type CommonOptions, define } from "./command-line.ts";
import { wiringName } from "./option-values.ts";

interface Options extends CommonOptions {
  readonly project?: string;
  readonly julia?: string;
  readonly name?: string;
  readonly for?: SnippetTarget | Shell;
  readonly write?: WriteTarget;
}

/** Two shells that take the same alias. */
type Shell = "bash" | "zsh";

const targets: readonly (SnippetTarget | Shell)[] = [
  "julia",
  "startup",
  "project",
  "environment",
  "alias",
  "bash",
  "zsh",
  "fish",
  "desktop",
  "vscode",
  "ijulia",
  "pluto",
  "pyjulia",
  "juliacall",
];
const writable: readonly WriteTarget[] = ["vscode", "ijulia", "alias", "startup", "project"];

export function addUse(line: CommandLine): void {
  define(line.root, {
    name: "use",
    description:
      "print how to use an image from a shell, a launcher, VS Code, IJulia, Pluto or Python, or a project; or write it there",
    examples: [
      "preimage use app.so",
      "preimage use app.so --for pyjulia",
      "preimage use app.so --write vscode",
      "preimage use warm --write startup",
    ],
    formats: ["table", "json"],
  })
    .argument("<image>", "the file or folder that build wrote")
    .addOption(new Option("--for <program>", "print what is for this one only").choices(targets))
    .addOption(
      new Option(
        "--write <program>",
        "write it: a sysimage into .vscode/settings.json here, as a kernel of Jupyter, into your shell's start-up file; a package into Julia's startup.jl or the project",
      )
        .choices(writable)
        .conflicts("for"),
    )
    .option(
      "--name <name>",
      "what an alias, a launcher or a kernel is called (default: julia- and the file's name)",
      wiringName,
    )
    .option("--project <dir>", "the Julia project (default: that of the image)")
    .option("--julia <path>", "the Julia to use")
    .action(async (sysimage: string, options: Options) => {
      const { use } = await import("../commands/use.ts");
      const { reportUse } = await import("../report/use-report.ts");
      await act(
        line,
        options,
        (context) => use({ ...options, sysimage }, context),
        (outcome) => reportUse(outcome, options.format, options.for && targetOf(options.for)),
      );
    });
}

const targetOf = (named: SnippetTarget | Shell): SnippetTarget =>
  named === "bash" || named === "zsh" ? "alias" : named;
