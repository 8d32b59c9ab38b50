import type { ToolCommand } from "./run-tool.ts";

/** The command as a user could type it. */
export function shellText(command: ToolCommand): string {
  return [command.program, ...command.args].map(shellWord).join(" ");
}

export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
