import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { depots } from "../julia/active-project.ts";
import { juliaFlags, type Wiring } from "./wiring.ts";

/** Where Jupyter keeps the user's own kernels. Source: jupyter_core's paths. */
export function kernelsFolder(): string {
  const { JUPYTER_DATA_DIR, APPDATA, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) return join(JUPYTER_DATA_DIR, "kernels");
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter", "kernels");
  if (process.platform === "win32") return join(APPDATA ?? homedir(), "jupyter", "kernels");
  return join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "jupyter", "kernels");
}

/** IJulia's file that starts a kernel: the one of an installed kernel, or of the newest IJulia in a depot. */
export function findKernelFile(): string | undefined {
  const installed = globSync("*/kernel.json", { cwd: kernelsFolder() }).flatMap((name) => {
    const file = argumentsOf(join(kernelsFolder(), name)).find((word) => basename(word) === "kernel.jl");
    return file !== undefined && existsSync(file) ? [file] : [];
  });
  const inDepots = depots().flatMap((depot) =>
    globSync("packages/IJulia/*/src/kernel.jl", { cwd: depot }).map((name) => join(depot, name)),
  );
  return newest(installed) ?? newest(inDepots);
}

function argumentsOf(kernel: string): string[] {
  try {
    const { argv } = JSON.parse(readFileSync(kernel, "utf8")) as { readonly argv?: unknown };
    return Array.isArray(argv) ? argv.map(String) : [];
  } catch {
    return [];
  }
}

function newest(files: readonly string[]): string | undefined {
  const changed = (file: string) => statSync(file).mtimeMs;
  return [...files].sort((a, b) => changed(b) - changed(a))[0];
}

/** Where this image's kernel is written. */
export function kernelPath({ name }: Wiring): string {
  return join(kernelsFolder(), name, "kernel.json");
}

/** A kernel as IJulia writes it, on the image. Undefined where no IJulia was found. */
export function kernelSpec(wiring: Wiring): string | undefined {
  const { julia, juliaVersion, name, kernelFile } = wiring;
  if (kernelFile === undefined) return undefined;
  const spec = {
    display_name: `Julia ${juliaVersion} (${name})`,
    argv: [julia, "-i", "--color=yes", ...juliaFlags(wiring), kernelFile, "{connection_file}"],
    language: "julia",
    env: {},
    interrupt_mode: "signal",
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}
