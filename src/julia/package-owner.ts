import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { onPath } from "../support/on-path.ts";
import { runTool } from "../support/run-tool.ts";

/** Package managers that tell whose a file is: how to ask, and what in the answer names the package. */
const managers = [
  { tool: "dpkg-query", args: ["--search"], named: /^([^:\n]+)(?::\w+)?: / },
  { tool: "rpm", args: ["--query", "--queryformat", "%{NAME}", "--file"], named: /^([\w.+-]+)$/ },
  { tool: "pacman", args: ["-Qqo"], named: /^(\S+)$/m },
  { tool: "apk", args: ["info", "--who-owns"], named: /is owned by (\S+)/ },
] as const;

/** Those that keep all they install in folders of their own. */
const folders: readonly (readonly [RegExp, string])[] = [
  [/^\/nix\/store\//, "Nix"],
  [/^\/gnu\/store\//, "Guix"],
  [/\/Cellar\//, "Homebrew"],
  [/^(?:\/var\/lib)?\/snap\//, "snap"],
  [/^\/opt\/local\//, "MacPorts"],
];

/**
 * The package manager that a file belongs to, with the package where it tells: "dpkg-query (libjulia1)". Undefined where
 * none claims it. juliaup is none: what it installs it leaves alone until it is removed as a whole.
 */
export async function packageOwner(path: string, abort?: AbortSignal): Promise<string | undefined> {
  const folder = folders.find(([pattern]) => pattern.test(path));
  if (folder !== undefined) return folder[1];
  if (isConda(dirname(path))) return "conda";
  for (const { tool, args, named } of managers) {
    if (onPath(tool) === undefined) continue;
    // Where /lib is a link into /usr, either of the names may be the one that was recorded.
    for (const name of new Set([path, path.replace(/^\/usr(?=\/(?:s?bin|lib))/, "")])) {
      const run = await runTool({ program: tool, args: [...args, name] }, { streams: { kind: "capture" }, abort });
      const [, owner] = (run.ok && named.exec(run.value.stdout)) || [];
      if (owner !== undefined) return `${tool} (${owner})`;
    }
  }
  return undefined;
}

function isConda(folder: string): boolean {
  if (existsSync(join(folder, "conda-meta"))) return true;
  return dirname(folder) !== folder && isConda(dirname(folder));
}
