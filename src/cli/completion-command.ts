import { Argument } from "commander";
import { ok } from "../support/result.ts";
import type { CommandLine } from "./command-line.ts";
import type { Shell } from "./completion.ts";

export function addCompletion({ root, perform }: CommandLine): void {
  root
    .command("completion")
    .description("print a script that lets a shell complete commands and options")
    .exitOverride()
    .showHelpAfterError("(see `preimage help completion`)")
    .addArgument(new Argument("<shell>", "the shell that is to read it").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", `\nExample:\n  eval "$(preimage completion bash)"`)
    .action(async (shell: Shell) => {
      const { completionScript } = await import("./completion.ts");
      const { wordsOf } = await import("./command-words.ts");
      await perform(async () => ok({ stdout: completionScript(shell, wordsOf(root)), exitCode: 0 }), {});
    });
}
