import { existsSync } from "node:fs";
import { basename } from "node:path";
import { manifestDigest, projectFolder } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { IoKind, RunFacts } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ownIoKind, type WorkloadStreams } from "../trace/run-workload.ts";
import type { TracedProcesses, Workload } from "../trace/traced-process.ts";

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

/** The workload as the user typed it. */
export function wordsOf(workload: Workload): readonly string[] {
  return workload.kind === "script" ? [workload.script, ...workload.args] : workload.words;
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
  // Several Julias of one command: the first to start speaks for all but the packages.
  const said = processes.records[0]?.said;
  const packages = processes.records.flatMap((record) => record.packages);
  const project =
    workload.project === undefined ? projectFolder(said?.get("project") || "/") : projectFolder(workload.project);
  const sysimage = said?.get("sysimage") ?? (workload.kind === "script" ? toolchain.baseSysimage : undefined);
  const words = wordsOf(workload);
  return {
    name: request.name ?? basename(words[0] ?? "run").replace(/\.jl$/, ""),
    kind: "trace",
    command: words,
    folder: process.cwd(),
    juliaVersion: said?.get("version") ?? toolchain.version.text,
    juliaCommit: said?.get("commit") ?? toolchain.commit,
    os: said?.get("os") ?? toolchain.os,
    arch: said?.get("arch") ?? toolchain.arch,
    cpuTarget: said?.get("cpu"),
    sysimage,
    sysimageDigest: sysimage !== undefined && existsSync(sysimage) ? store.digestOf(sysimage) : undefined,
    project,
    manifestDigest: project === undefined ? undefined : manifestDigest(project),
    ioKind: ioKindOf(said?.get("stdout")) ?? (streams === "inherit" ? ownIoKind() : streams),
    tags: request.tags,
    packages: processes.records.length < processes.traceFiles.length ? undefined : packages,
  };
}
