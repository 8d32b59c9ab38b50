import { realpathSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFlag, quietFlags } from "../julia/julia-flags.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { ToolCommand } from "../support/run-tool.ts";
import { unreachable } from "../support/unreachable.ts";
import { pythonEnvironment } from "./python-host.ts";
import { makeShims } from "./shims.ts";

/** What is traced: a script, any command line that starts Julia, a package's tests, or a session at Julia's prompt. */
export type Workload =
  | {
      readonly kind: "script";
      readonly script: string;
      readonly args: readonly string[];
      readonly project?: string | undefined;
      /** A Julia file that is loaded in front of it. */
      readonly load?: string | undefined;
    }
  | { readonly kind: "command"; readonly words: readonly [string, ...string[]]; readonly project?: string | undefined }
  /** `args`: what the tests find in `ARGS`. Without `package`, the project's own is tested. */
  | {
      readonly kind: "test";
      /** Whose tests they are: for the run's name. */
      readonly subject: string;
      readonly package?: string | undefined;
      readonly args: readonly string[];
      readonly project?: string | undefined;
    }
  /** `args`: Julia's own. */
  | { readonly kind: "session"; readonly args: readonly string[]; readonly project?: string | undefined };

export const recorderFile = fileURLToPath(new URL("recorder.jl", import.meta.url));
const testFile = fileURLToPath(new URL("test.jl", import.meta.url));
const warmFile = fileURLToPath(new URL("warm.jl", import.meta.url));

/** The workload as it is run untraced, on a given sysimage. */
export function plainCommand(workload: Workload & { kind: "script" }, julia: string, sysimage: string): ToolCommand {
  return {
    program: julia,
    args: [
      "--startup-file=no",
      `--sysimage=${sysimage}`,
      ...projectFlag(workload.project),
      ...(workload.load === undefined ? [] : ["-L", workload.load]),
      workload.script,
      ...workload.args,
    ],
  };
}

/** Loads the packages that a script names, so that their caches are warm. */
export function warmCommand(workload: Workload & { kind: "script" }, julia: string): ToolCommand {
  return {
    program: julia,
    args: [...quietFlags, ...projectFlag(workload.project), warmFile, workload.script],
  };
}

export interface Tracing {
  /** Gets a trace for each Julia process. */
  readonly folder: string;
  /**
   * The one to trace on, where the user named it; otherwise a script is traced on Julia's own, and all else on whatever
   * it names.
   */
  readonly sysimage?: string | undefined;
  /** Trace what a traced Julia itself starts, too: workers and other Julias. */
  readonly workers: boolean;
}

/** The command that traces a workload, a file a Julia process. */
export function tracedCommand(workload: Workload, toolchain: Toolchain, tracing: Tracing): ToolCommand {
  const { folder, sysimage, workers } = tracing;
  const { julia, bindir } = toolchain;
  if (workload.kind === "script") {
    const trace = join(folder, "script.jl");
    writeFileSync(trace, "");
    const plain = plainCommand(workload, julia, sysimage ?? toolchain.baseSysimage);
    const env = workers
      ? makeShims({ folder, julia, bindir, sysimage, recorder: recorderFile }).env
      : { PREIMAGE_TRACE_FOLDER: folder };
    return { ...plain, args: [`--trace-compile=${trace}`, "-L", recorderFile, ...plain.args], env };
  }
  const [program, ...args] = commandOf(workload, julia);
  const named = isJulia(program, julia);
  const real = named && workload.kind === "command" && /[/\\]/.test(program) ? realpathSync(program) : julia;
  // The process that tests are started by is none of theirs: it is not traced, and Pkg finds the shim by itself.
  const testing = workload.kind === "test";
  const home = workers || testing ? bindir : undefined;
  const shims = makeShims({ folder, julia: real, bindir: home, sysimage, recorder: recorderFile });
  const { PREIMAGE_JULIA_HOME } = shims.env;
  return {
    program: named && !testing ? shims.shim : program,
    args,
    env: {
      ...shims.env,
      ...pythonEnvironment(folder, recorderFile),
      ...(testing ? { PREIMAGE_TEST_HOME: PREIMAGE_JULIA_HOME } : {}),
      ...(workers ? {} : { PREIMAGE_JULIA_HOME: undefined }),
      ...(workload.project === undefined || testing ? {} : { JULIA_PROJECT: workload.project }),
    },
  };
}

/** What is started, as if nothing were traced. */
function commandOf(workload: Exclude<Workload, { kind: "script" }>, julia: string): readonly [string, ...string[]] {
  switch (workload.kind) {
    case "command":
      return workload.words;
    case "session":
      return ["julia", ...workload.args];
    case "test": {
      const { project, package: tested = "", args } = workload;
      return [julia, "--startup-file=no", ...projectFlag(project), testFile, tested, ...args];
    }
    default:
      return unreachable(workload);
  }
}

function isJulia(program: string, julia: string): boolean {
  return basename(program).replace(/\.exe$/, "") === "julia" || program === julia;
}
