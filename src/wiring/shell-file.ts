import { homedir } from "node:os";
import { basename, join } from "node:path";

export type AliasShell = "bash" | "zsh" | "fish";

export interface ShellFile {
  readonly shell: AliasShell;
  readonly path: string;
}

/** The file in which the user's shell looks for aliases; undefined for a shell that we write none for. */
export function shellFile(): ShellFile | undefined {
  const { SHELL = "", ZDOTDIR, XDG_CONFIG_HOME } = process.env;
  switch (basename(SHELL)) {
    case "bash":
      return { shell: "bash", path: join(homedir(), ".bashrc") };
    case "zsh":
      return { shell: "zsh", path: join(ZDOTDIR || homedir(), ".zshrc") };
    case "fish":
      return { shell: "fish", path: join(XDG_CONFIG_HOME || join(homedir(), ".config"), "fish", "config.fish") };
    default:
      return undefined;
  }
}
