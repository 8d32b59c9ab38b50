import { onPath } from "../support/on-path.ts";
import type { ToolCommand } from "../support/run-tool.ts";
import { shellText } from "../support/shell-text.ts";

/** Windows has consoles instead, which nothing here can make. */
export function hasPseudoTerminals(): boolean {
  return process.platform !== "win32" && onPath("script") !== undefined;
}

/**
 * The command with a terminal of its own: standard input, output and error are all that one. What it is typed and what it
 * prints go by the streams of `script`, which ends as the command does.
 */
export function onPseudoTerminal(command: ToolCommand, platform: NodeJS.Platform = process.platform): ToolCommand {
  return { ...command, program: "script", args: platform === "linux" ? utilLinux(command) : bsd(command) };
}

/** `exec`: a shell that stays, as dash does, is killed by the Ctrl-C that the command lives through, and `script` says so. */
function utilLinux(command: ToolCommand): readonly string[] {
  return ["--quiet", "--return", "--command", `exec ${shellText(command)}`, "/dev/null"];
}

/** macOS and the BSDs: the words of the command follow the file, and the exit status is always the command's. */
function bsd({ program, args }: ToolCommand): readonly string[] {
  return ["-q", "/dev/null", program, ...args];
}
