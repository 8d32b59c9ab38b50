import type { InstallOutcome } from "../commands/install.ts";
import { type Format, json, type Rendering } from "./rendering.ts";
import { facts } from "./table.ts";

export function reportInstall(outcome: InstallOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json(outcome), exitCode: 0 };
  const { sysimage, julia, backup, undo, dryRun = false } = outcome;
  const stdout = facts([
    [dryRun ? "would replace" : "installed", sysimage],
    [
      "julia",
      `${julia} ${dryRun ? "would start" : "starts"} on it, whatever the project: its packages are locked for all of them`,
    ],
    ["before", backup && `${dryRun ? "would be kept" : "kept"} as ${backup}`],
    ["undo", undo],
  ]);
  return { stdout, exitCode: 0 };
}

export function reportRestore(outcome: InstallOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json(outcome), exitCode: 0 };
  return { stdout: `${outcome.julia} starts on its own sysimage again: ${outcome.sysimage}\n`, exitCode: 0 };
}
