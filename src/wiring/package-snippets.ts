import { delimiter, join } from "node:path";
import { projectFlag } from "../julia/julia-flags.ts";
import { shellText, shellWord } from "../support/shell-text.ts";
import { juliaLiteral } from "./quoting.ts";
import type { Snippet } from "./snippets.ts";

/** What a program that starts Julia has to be told to load a package image. Paths are absolute. */
export interface PackageWiring {
  readonly julia: string;
  readonly folder: string;
  /** The file in it that loads it. */
  readonly load: string;
  readonly packageName: string;
  readonly project?: string | undefined;
  /** What an alias or a kernel is called. */
  readonly name: string;
}

/** How to load a package image from each of the places where Julia is started. */
export function packageSnippets(wiring: PackageWiring): readonly Snippet[] {
  const { julia, folder, load, packageName, project, name } = wiring;
  const projectFlags = projectFlag(project);
  const command = (...args: readonly string[]): string =>
    shellText({ program: julia, args: [...projectFlags, ...args] });
  return [
    { target: "julia", title: "a program of your own", text: `${command("-L", load)} app.jl\n` },
    {
      target: "alias",
      title: "alias for bash and zsh, in ~/.bashrc or ~/.zshrc",
      text: `alias ${name}=${shellWord(command("-L", load))}\n`,
    },
    { target: "startup", title: "every Julia, in ~/.julia/config/startup.jl", text: startupText(wiring) },
    {
      target: "project",
      title: `a dependency of the project, with \`import ${packageName}\` in front of what it is for`,
      text: `import Pkg\nPkg.develop(Pkg.PackageSpec(path = ${juliaLiteral(folder)}))\n`,
    },
    {
      target: "environment",
      title: "an environment below the project, which stays as it is; in front of what starts Julia",
      text: `export JULIA_LOAD_PATH=${shellWord(`${delimiter}${folder}`)}\n${command("-e", `import ${packageName}; include("app.jl")`)}\n`,
    },
    {
      target: "ijulia",
      title: "IJulia, in a Julia that has it",
      text: `using IJulia\ninstallkernel(${[name, ...projectFlags, "-L", load].map(juliaLiteral).join(", ")})\n`,
    },
    { target: "pluto", title: "Pluto, in the first cell of a notebook", text: startupText(wiring) },
  ];
}

/** For `startup.jl`, or any Julia file. */
export const startupText = ({ load }: Pick<PackageWiring, "load">): string => `include(${juliaLiteral(load)})\n`;

/** Where Julia looks for what to run when it starts. */
export const startupFile = (depot: string): string => join(depot, "config", "startup.jl");
