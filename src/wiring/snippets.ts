import { shellText, shellWord } from "../support/shell-text.ts";
import { kernelSpec } from "./ijulia-kernel.ts";
import { execWord, fishWord, juliaLiteral, pythonLiteral } from "./quoting.ts";
import { withSysimage } from "./vscode-settings.ts";
import { juliaFlags, type Wiring } from "./wiring.ts";

export type SnippetTarget =
  | "julia"
  | "startup"
  | "project"
  | "environment"
  | "alias"
  | "fish"
  | "desktop"
  | "vscode"
  | "ijulia"
  | "pluto"
  | "pyjulia"
  | "juliacall";

/** What to paste, and where. */
export interface Snippet {
  readonly target: SnippetTarget;
  readonly title: string;
  readonly text: string;
}

/** How to use a sysimage from each of the programs that start Julia. */
export function snippetsFor(wiring: Wiring): readonly Snippet[] {
  const { julia, name, sysimage } = wiring;
  return [
    { target: "alias", title: "alias for bash and zsh, in ~/.bashrc or ~/.zshrc", text: aliasText(wiring) },
    { target: "fish", title: "alias for fish, in ~/.config/fish/config.fish", text: fishAliasText(wiring) },
    {
      target: "desktop",
      title: `desktop launcher, as ~/.local/share/applications/${name}.desktop`,
      text: desktopEntry(wiring),
    },
    { target: "vscode", title: "VS Code, in .vscode/settings.json", text: settings(wiring) },
    { target: "ijulia", title: "IJulia, in a Julia that has it", text: ijulia(wiring) },
    {
      target: "pluto",
      title: "Pluto, in a Julia that has it",
      text: `import Pluto\nPluto.run(sysimage = ${juliaLiteral(sysimage)})\n`,
    },
    {
      target: "pyjulia",
      title: "PyJulia, before anything else of it is imported",
      text: `from julia.api import Julia\njulia = Julia(runtime=${pythonLiteral(julia)}, sysimage=${pythonLiteral(sysimage)})\n`,
    },
    { target: "juliacall", title: "juliacall, in the environment of Python", text: juliacall(wiring) },
  ];
}

export function aliasText(wiring: Wiring): string {
  const command = shellText({ program: wiring.julia, args: juliaFlags(wiring) });
  return `alias ${wiring.name}=${shellWord(command)}\n`;
}

export function fishAliasText(wiring: Wiring): string {
  const command = [wiring.julia, ...juliaFlags(wiring)].map(fishWord).join(" ");
  return `alias ${wiring.name} ${fishWord(command)}\n`;
}

function desktopEntry(wiring: Wiring): string {
  return `[Desktop Entry]
Type=Application
Name=Julia (${wiring.name})
Exec=${[wiring.julia, ...juliaFlags(wiring)].map(execWord).join(" ")}
Terminal=true
Categories=Development;
`;
}

function settings(wiring: Wiring): string {
  const edited = withSysimage("{}", wiring);
  return edited.ok ? `${edited.value.text.trimEnd()}\n` : "";
}

/** IJulia writes the kernel by itself; where its file is known, the kernel can be written without it. */
function ijulia(wiring: Wiring): string {
  const options = juliaFlags(wiring).map(juliaLiteral).join(", ");
  const install = `using IJulia\ninstallkernel(${juliaLiteral(wiring.name)}, ${options})\n`;
  const spec = kernelSpec(wiring);
  return spec === undefined
    ? install
    : `${install}\n# or this as kernel.json in a folder of Jupyter's kernels:\n${spec}`;
}

/** juliacall takes its Julia and its project together, or neither. */
function juliacall({ julia, project, sysimage }: Wiring): string {
  const exports: readonly (readonly [string, string])[] = [
    ...(project === undefined
      ? []
      : ([
          ["EXE", julia],
          ["PROJECT", project],
        ] as const)),
    ["SYSIMAGE", sysimage],
  ];
  return exports.map(([name, value]) => `export PYTHON_JULIACALL_${name}=${shellWord(value)}\n`).join("");
}
