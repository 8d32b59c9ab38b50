import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LoadedPackage, ProcessKind } from "../statement/provenance.ts";

/** What a traced Julia wrote down when it ended. */
export interface ProcessRecord {
  readonly said: ReadonlyMap<string, string>;
  readonly packages: readonly LoadedPackage[];
}

/** A Julia process that wrote a trace. */
export interface TracedProcess {
  readonly traceFile: string;
  readonly kind: ProcessKind;
  /** Undefined where nobody knows it. */
  readonly pid?: number | undefined;
  /** Undefined where it did not end by itself; workers write none. */
  readonly record?: ProcessRecord | undefined;
}

/** In the order in which they started. */
export interface TracedProcesses {
  readonly processes: readonly TracedProcess[];
  readonly traceFiles: readonly string[];
  readonly records: readonly ProcessRecord[];
}

/** What a traced run left in its folder: `NUMBER.jl`, `NUMBER.worker.jl` or `NUMBER.python.jl`, and a `.record` beside. */
export function tracedProcesses(folder: string): TracedProcesses {
  const names = readdirSync(folder);
  const processes = names
    .filter((name) => name.endsWith(".jl"))
    .map((name) => tracedProcess(folder, name))
    .sort(byStart)
    .map(({ process }) => process);
  return {
    processes,
    traceFiles: processes.map(({ traceFile }) => traceFile),
    records: processes.flatMap(({ record }) => record ?? []),
  };
}

interface Started {
  readonly process: TracedProcess;
  readonly number: number;
  /** When its trace was made, in nanoseconds; the same for all where the file system does not tell. */
  readonly at: bigint;
}

function tracedProcess(folder: string, name: string): Started {
  const traceFile = join(folder, name);
  const [stem = "", kind = "julia"] = name.replace(/\.jl$/, "").split(".");
  const number = Number.parseInt(stem, 10);
  const record = recordAt(traceFile.replace(/\.jl$/, ".record"));
  const pid = Number.isNaN(number) ? Number(record?.said.get("process")) : number;
  return {
    process: { traceFile, kind: kind as ProcessKind, pid: pid || undefined, record },
    number,
    at: statSync(traceFile, { bigint: true }).birthtimeNs,
  };
}

/** Of two made at once the numbers decide, and the script, which has none, comes first. */
function byStart(one: Started, other: Started): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return (one.number || 0) - (other.number || 0);
}

function recordAt(path: string): ProcessRecord | undefined {
  const text = statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : undefined;
  return text === undefined ? undefined : processRecord(text);
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

/** The names of what was loaded when they ended; undefined where none could say. */
export function loadedPackages(records: readonly ProcessRecord[]): ReadonlySet<string> | undefined {
  return records.length === 0
    ? undefined
    : new Set(records.flatMap(({ packages }) => packages.map(({ name }) => name)));
}
