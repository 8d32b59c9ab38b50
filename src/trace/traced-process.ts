import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Toolchain } from "../julia/toolchain.ts";
import type { LoadedPackage } from "../statement/provenance.ts";
import type { ToolCommand } from "../support/run-tool.ts";
import type { LineFilter } from "./ingest.ts";

/** What is traced: a script, or any command line that starts Julia. */
export type Workload =
  | {
      readonly kind: "script";
      readonly script: string;
      readonly args: readonly string[];
      readonly project?: string | undefined;
    }
  | { readonly kind: "command"; readonly words: readonly [string, ...string[]]; readonly project?: string | undefined };

export const recorderFile = fileURLToPath(new URL("recorder.jl", import.meta.url));
const shimFile = fileURLToPath(new URL("shim.sh", import.meta.url));
const warmFile = fileURLToPath(new URL("warm.jl", import.meta.url));

/** `--project=…`, or nothing: then Julia's own default and JULIA_PROJECT hold. */
export function projectFlag(project: string | undefined): string[] {
  return project === undefined ? [] : [`--project=${project}`];
}

/** The workload as it is run untraced, on a given sysimage. */
export function plainCommand(workload: Workload & { kind: "script" }, julia: string, sysimage: string): ToolCommand {
  return {
    program: julia,
    args: [
      "--startup-file=no",
      `--sysimage=${sysimage}`,
      ...projectFlag(workload.project),
      workload.script,
      ...workload.args,
    ],
  };
}

/** Loads the packages that a script names, so that their caches are warm. */
export function warmCommand(workload: Workload & { kind: "script" }, julia: string): ToolCommand {
  return {
    program: julia,
    args: ["--startup-file=no", "--color=no", ...projectFlag(workload.project), warmFile, workload.script],
  };
}

/**
 * The command that traces a workload into `folder`, a file a Julia process. `sysimage`: the one to trace on, where the
 * user named it; otherwise a script is traced on Julia's own and a command on whatever it names.
 */
export function tracedCommand(
  workload: Workload,
  toolchain: Toolchain,
  folder: string,
  sysimage: string | undefined,
): ToolCommand {
  const env = { PREIMAGE_TRACE_FOLDER: folder };
  if (workload.kind === "script") {
    const trace = join(folder, "script.jl");
    writeFileSync(trace, "");
    const plain = plainCommand(workload, toolchain.julia, sysimage ?? toolchain.baseSysimage);
    return { ...plain, args: [`--trace-compile=${trace}`, "-L", recorderFile, ...plain.args], env };
  }
  const [program, ...args] = workload.words;
  const shims = join(folder, "bin");
  mkdirSync(shims);
  const shim = join(shims, "julia");
  copyFileSync(shimFile, shim);
  chmodSync(shim, 0o755);
  const named = isJulia(program, toolchain);
  return {
    program: named ? shim : program,
    args,
    env: {
      ...env,
      PATH: [shims, process.env.PATH].join(delimiter),
      PREIMAGE_REAL_JULIA: named && /[/\\]/.test(program) ? realpathSync(program) : toolchain.julia,
      PREIMAGE_RECORDER: recorderFile,
      PREIMAGE_SYSIMAGE: sysimage,
      ...(workload.project === undefined ? {} : { JULIA_PROJECT: workload.project }),
    },
  };
}

function isJulia(program: string, toolchain: Toolchain): boolean {
  return basename(program).replace(/\.exe$/, "") === "julia" || program === toolchain.julia;
}

/** What a traced Julia wrote down when it ended. */
export interface ProcessRecord {
  readonly said: ReadonlyMap<string, string>;
  readonly packages: readonly LoadedPackage[];
}

export interface TracedProcesses {
  readonly traceFiles: readonly string[];
  /** Fewer than `traceFiles` where a process did not end by itself. */
  readonly records: readonly ProcessRecord[];
}

/** What a traced run left in its folder. */
export function tracedProcesses(folder: string): TracedProcesses {
  const names = readdirSync(folder).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return {
    traceFiles: names.filter((name) => name.endsWith(".jl")).map((name) => join(folder, name)),
    records: names
      .filter((name) => name.endsWith(".record"))
      .map((name) => processRecord(readFileSync(join(folder, name), "utf8"))),
  };
}

export function processRecord(text: string): ProcessRecord {
  const said = new Map<string, string>();
  const packages: LoadedPackage[] = [];
  for (const line of text.split("\n").filter((line) => line !== "")) {
    const [key = "", first = "", second = ""] = line.split("\t");
    if (key === "package") packages.push({ name: first, uuid: second });
    else said.set(key, first);
  }
  return { said, packages };
}

/** Cuts out what Julia compiled for the recorder's own sake. See recorder.jl. */
export function cutRecorder(): LineFilter {
  const mark = "PreimageRecorder.";
  const opens = ["start_opens)", "record)"].map((name) => mark + name);
  const closes = ["start_closes)", "end_closes)"].map((name) => mark + name);
  let within = false;
  return (bytes) => {
    if (!bytes.includes(mark)) return !within;
    if (opens.some((name) => bytes.includes(name))) within = true;
    else if (closes.some((name) => bytes.includes(name))) within = false;
    return false;
  };
}
