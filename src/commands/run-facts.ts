import { existsSync } from "node:fs";
import { basename } from "node:path";
import { projectFlag } from "../julia/julia-flags.ts";
import { manifestDigest, projectFolder } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { IoKind, JuliaProcess, RunFacts } from "../statement/provenance.ts";
import { digestOf } from "../store/file-digest.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { unreachable } from "../support/unreachable.ts";
import { ownIoKind, type WorkloadStreams } from "../trace/run-workload.ts";
import type { Workload } from "../trace/traced-process.ts";
import type { TracedProcess, TracedProcesses } from "../trace/traced-processes.ts";

/** What the user says of a run. */
export interface RunRequest {
  readonly workload: Workload;
  readonly name?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** What Julia made of its standard output decides; in a pipeline it need not be ours. */
function ioKindOf(type: string | undefined): IoKind | undefined {
  const kinds: Readonly<Record<string, IoKind>> = { TTY: "tty", PipeEndpoint: "pipe", IOStream: "file" };
  return type === undefined ? undefined : (kinds[type] ?? "other");
}

function ioKindGiven(streams: WorkloadStreams): IoKind {
  if (streams === "inherit") return ownIoKind();
  return streams === "terminal" ? "tty" : streams;
}

/** The workload as the user typed it, or would without preimage. */
export function wordsOf(workload: Workload): readonly string[] {
  switch (workload.kind) {
    case "script":
      return [workload.script, ...workload.args];
    case "command":
      return workload.words;
    case "session":
      return ["julia", ...projectFlag(workload.project), ...workload.args];
    case "test": {
      const test = workload.package === undefined ? "Pkg.test()" : `Pkg.test("${workload.package}")`;
      return ["julia", ...projectFlag(workload.project), "-e", `using Pkg; ${test}`, ...workload.args];
    }
    default:
      return unreachable(workload);
  }
}

function runName(workload: Workload): string {
  if (workload.kind === "test") return `${workload.subject}-tests`;
  if (workload.kind === "session") return "session";
  return basename(wordsOf(workload)[0] ?? "run").replace(/\.jl$/, "");
}

function processFacts({ kind, pid, record }: TracedProcess, workload: Workload): JuliaProcess {
  const script = workload.kind === "script" && pid === undefined ? workload.script : undefined;
  // A Julia in a Python runs no file of its own.
  const program = kind === "python" ? undefined : record?.said.get("program") || script;
  return { kind, pid, program };
}

/** Where a traced run's statements come from: what the traced processes wrote down, and what is known without them. */
export function factsOf(
  request: RunRequest,
  toolchain: Toolchain,
  store: StatementStore,
  processes: TracedProcesses,
  streams: WorkloadStreams,
): Omit<RunFacts, "startedAt"> {
  const { workload } = request;
  // Several Julias of one command: the first to start speaks for all but the packages. Workers load what they are told to
  // by one that loads it too, and leave no record.
  const said = processes.records[0]?.said;
  const packages = processes.records.flatMap((record) => record.packages);
  const silent = processes.processes.some(({ kind, record }) => kind !== "worker" && record === undefined);
  const project =
    workload.project === undefined ? projectFolder(said?.get("project") || "/") : projectFolder(workload.project);
  const sysimage = said?.get("sysimage") ?? (workload.kind === "script" ? toolchain.baseSysimage : undefined);
  const words = wordsOf(workload);
  return {
    name: request.name ?? runName(workload),
    kind: "trace",
    command: words,
    folder: process.cwd(),
    juliaVersion: said?.get("version") ?? toolchain.version.text,
    juliaCommit: said?.get("commit") ?? toolchain.commit,
    os: said?.get("os") ?? toolchain.os,
    arch: said?.get("arch") ?? toolchain.arch,
    cpuTarget: said?.get("cpu"),
    sysimage,
    sysimageDigest: sysimage !== undefined && existsSync(sysimage) ? digestOf(sysimage, store) : undefined,
    project,
    manifestDigest: project === undefined ? undefined : manifestDigest(project, toolchain.version),
    ioKind: ioKindOf(said?.get("stdout")) ?? ioKindGiven(streams),
    tags: request.tags,
    packages: silent ? undefined : packages,
    processes: processes.processes.map((each) => processFacts(each, workload)),
  };
}
