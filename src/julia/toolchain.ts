import { existsSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isExecutable, onPath } from "../support/on-path.ts";
import { err, ok, type Result } from "../support/result.ts";
import { runTool, type ToolFailure } from "../support/run-tool.ts";
import { quietFlags } from "./julia-flags.ts";
import { type JuliaVersion, parseJuliaVersion } from "./julia-version.ts";
import { ownSysimage } from "./own-sysimage.ts";
import { privateJulia } from "./private-toolchain.ts";

/** A Julia that can trace and bake, as it described itself. */
export interface Toolchain {
  /** The program to start: an executable or a wrapper of one. */
  readonly julia: string;
  /** Which of the places looked at had it, for `doctor`: `--julia`, `PREIMAGE_JULIA`, `PATH`, … */
  readonly foundBy: string;
  readonly version: JuliaVersion;
  readonly commit: string;
  readonly bindir: string;
  readonly stdlib: string;
  /** Julia's own sysimage: the one it starts on, or where `install` put another in its place, the backup of it. */
  readonly baseSysimage: string;
  /** The one it starts on when it is told nothing. */
  readonly defaultSysimage: string;
  readonly libjulia: string;
  /** Where libjulia and, from Julia 1.6 on, libjulia-internal stand. */
  readonly libraryFolders: readonly string[];
  readonly debugBuild: boolean;
  readonly os: string;
  readonly arch: string;
  readonly cpu: string;
}

export type ToolchainFailure =
  | { readonly reason: "none-found"; readonly looked: readonly string[] }
  | { readonly reason: "not-executable"; readonly path: string; readonly foundBy: string }
  | { readonly reason: "not-julia"; readonly path: string; readonly foundBy: string; readonly failure?: ToolFailure };

interface Candidate {
  readonly foundBy: string;
  readonly path: string | undefined;
  /** The user named this one: when it does not work, no other is taken in its place. */
  readonly named: boolean;
}

/** Asks a Julia, or whoever remembers what it said, to describe itself. */
export type Probe = (
  julia: string,
  foundBy: string,
  abort?: AbortSignal,
) => Promise<Result<Toolchain, ToolchainFailure>>;

/** `asked` is the value of `--julia`. The first place that names a Julia decides. */
export async function findToolchain(
  asked: string | undefined,
  abort?: AbortSignal,
  probe: Probe = askJulia,
): Promise<Result<Toolchain, ToolchainFailure>> {
  const places = candidates(asked);
  for (const { foundBy, path, named } of places) {
    if (path === undefined) continue;
    const program = named ? programNamed(path) : path;
    if (!isExecutable(program)) {
      if (named) return err({ reason: "not-executable", path: program, foundBy });
      continue;
    }
    return probe(program, foundBy, abort);
  }
  return err({ reason: "none-found", looked: places.map((place) => place.foundBy) });
}

function candidates(asked: string | undefined): Candidate[] {
  const juliaup = join(homedir(), ".juliaup", "bin", "julia");
  return [
    { foundBy: "--julia", path: asked, named: true },
    { foundBy: "PREIMAGE_JULIA", path: process.env.PREIMAGE_JULIA || undefined, named: true },
    { foundBy: "JULIA", path: process.env.JULIA || undefined, named: true },
    { foundBy: "PATH", path: onPath("julia"), named: false },
    { foundBy: "juliaup", path: existsSync(juliaup) ? juliaup : undefined, named: false },
    { foundBy: "private toolchain", path: privateJulia(), named: false },
  ];
}

/** A bare word is looked up like a shell does; a folder is taken as an installation's prefix. */
function programNamed(path: string): string {
  if (!/[/\\]/.test(path)) return onPath(path) ?? path;
  const full = resolve(path);
  return statSync(full, { throwIfNoEntry: false })?.isDirectory() ? join(full, "bin", "julia") : full;
}

const probeScript = fileURLToPath(new URL("probe.jl", import.meta.url));

/** Starts it. */
export async function askJulia(
  julia: string,
  foundBy: string,
  abort?: AbortSignal,
): Promise<Result<Toolchain, ToolchainFailure>> {
  const run = await runTool(
    { program: julia, args: [...quietFlags, probeScript], env: { JULIA_LOAD_PATH: "@stdlib" } },
    { streams: { kind: "capture" }, abort },
  );
  if (!run.ok) return err({ reason: "not-julia", path: julia, foundBy, failure: run.error });
  const said = new Map(
    run.value.stdout.split("\n").map((line): [string, string] => {
      const [key = "", value = ""] = line.split("\t");
      return [key, value];
    }),
  );
  const version = parseJuliaVersion(said.get("version") ?? "");
  const libjulia = said.get("libjulia");
  const sysimage = said.get("sysimage");
  if (version === undefined || libjulia === undefined || sysimage === undefined) {
    return err({ reason: "not-julia", path: julia, foundBy });
  }
  const defaultSysimage = existsSync(sysimage) ? realpathSync(sysimage) : sysimage;
  const libraries = [libjulia, said.get("libjulia-internal")].filter((path) => path !== undefined);
  return ok({
    julia,
    foundBy,
    version,
    commit: said.get("commit") ?? "",
    bindir: said.get("bindir") ?? "",
    stdlib: said.get("stdlib") ?? "",
    baseSysimage: ownSysimage(defaultSysimage),
    defaultSysimage,
    libjulia,
    libraryFolders: [...new Set(libraries.map(dirname))],
    debugBuild: said.get("debug") === "true",
    os: said.get("os") ?? "",
    arch: said.get("arch") ?? "",
    cpu: said.get("cpu") ?? "",
  });
}
