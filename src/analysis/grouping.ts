import type { RunId, TraceRun } from "../statement/provenance.ts";
import type { Summary } from "../statement/summary.ts";
import type { SeenIn } from "./statement-set.ts";

/** What statements can be counted by. */
export const groupings = ["owner", "method", "kind", "obstacle", "run", "julia"] as const;
export type Grouping = (typeof groupings)[number];
export type RunGrouping = Extract<Grouping, "run" | "julia">;

/** The groups that a statement belongs to by what it is, each once. `obstacles`: by name. */
export type GroupsOfTraits = (
  summary: Pick<Summary, "owner" | "method" | "kind">,
  obstacles: readonly string[],
) => readonly string[];

export function groupsOfTraits(grouping: Exclude<Grouping, RunGrouping>): GroupsOfTraits {
  switch (grouping) {
    case "owner":
      return ({ owner }) => [owner];
    case "method":
      return ({ method }) => [method];
    case "kind":
      return ({ kind }) => [kind.replace("-", " ")];
    case "obstacle":
      return (_summary, obstacles) => distinct(obstacles, "portable");
  }
}

export const isRunGrouping = (grouping: Grouping): grouping is RunGrouping =>
  grouping === "run" || grouping === "julia";

/** The name of the group that a run is in. */
export function groupOfRun(grouping: RunGrouping): (run: TraceRun) => string {
  return ({ id, name, juliaVersion = "unknown" }) => (grouping === "run" ? `${id} ${name}` : juliaVersion);
}

/** The group of what no run of the set saw. */
export const fromFile = "from a file";

/** The groups that a member of a set belongs to, each once. */
export type GroupsOf = (
  summary: Pick<Summary, "owner" | "method" | "kind">,
  member: Pick<SeenIn, "runs">,
  obstacles: readonly string[],
) => readonly string[];

/** `runs`: those of the set. */
export function groupsBy(grouping: Grouping, runs: readonly TraceRun[]): GroupsOf {
  if (!isRunGrouping(grouping)) {
    const groupsOf = groupsOfTraits(grouping);
    return (summary, _member, obstacles) => groupsOf(summary, obstacles);
  }
  const groupOf = groupOfRun(grouping);
  const groups = new Map<RunId, string>(runs.map((run) => [run.id, groupOf(run)]));
  return (_summary, member) =>
    distinct(
      member.runs.flatMap((id) => groups.get(id) ?? []),
      fromFile,
    );
}

const distinct = (texts: readonly string[], ifNone: string): readonly string[] =>
  texts.length === 0 ? [ifNone] : [...new Set(texts)];
