import type { RunFacts, TraceRun } from "../statement/provenance.ts";

/** A run as the table has it, by the names of its facts; null where one is not known. */
export type RunRow = Record<string, unknown>;
export type TagRow = { readonly key: string; readonly value: string };

/** Without what is null. */
export const known = (row: RunRow): RunRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

export function runOf(row: RunRow, tags: readonly TagRow[]): TraceRun {
  return {
    ...known(row),
    command: JSON.parse(String(row.command)),
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  } as unknown as TraceRun;
}

export function runParameters(facts: RunFacts): RunRow {
  const { tags: _tags, packages: _packages, processes: _processes, command, ...columns } = facts;
  const optional = [
    "juliaVersion",
    "juliaCommit",
    "os",
    "arch",
    "cpuTarget",
    "sysimage",
    "sysimageDigest",
    "project",
    "manifestDigest",
    "ioKind",
    "sourceDigest",
    "durationMs",
    "exitStatus",
    "exitSignal",
  ];
  const empty = Object.fromEntries(optional.map((name) => [name, null]));
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  return { ...empty, ...given, command: JSON.stringify(command) };
}
