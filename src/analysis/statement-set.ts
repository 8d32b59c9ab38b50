import type { RunId, TraceRun } from "../statement/provenance.ts";
import type { CanonicalText, StatementDigest } from "../statement/statement.ts";
import { joinMeasurements, type Measurements } from "./measurement.ts";

export interface SetMember {
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
  /** As Julia printed it, where that is not the canonical text; one of them, where there are several. */
  readonly spelling?: string | undefined;
  /** The runs of this set that saw it; empty for what came from a file. */
  readonly runs: readonly RunId[];
  /** Julia printed it somewhere with a name that starts with `#`; the canonical text need not have one. */
  readonly printedWithHash: boolean;
  /** How long it took to compile, and how often again. */
  readonly measured?: Measurements;
}

/** All that comparing asks of a statement. */
export type Stated = Pick<SetMember, "canonical">;

/** The same with the runs of its set that saw it. */
export type SeenIn = Pick<SetMember, "canonical" | "runs">;

/** What `diff`, `prune` and `build` take: statements of runs, of a file, or of both. */
export interface StatementSet {
  /** As the user named it. */
  readonly label: string;
  readonly members: ReadonlyMap<StatementDigest, SetMember>;
  readonly runs: readonly TraceRun[];
}

/** The union; a statement's runs are those of all parts. */
export function unite(label: string, sets: readonly StatementSet[]): StatementSet {
  const [only] = sets;
  if (only !== undefined && sets.length === 1) return only;
  const members = new Map<StatementDigest, SetMember>();
  const runs = new Map<RunId, TraceRun>();
  for (const set of sets) {
    for (const run of set.runs) runs.set(run.id, run);
    for (const member of set.members.values()) {
      const known = members.get(member.digest);
      members.set(member.digest, known === undefined ? member : joined(known, member));
    }
  }
  return { label, members, runs: [...runs.values()] };
}

/** What each run of a set saw, under the run's name; a set that no run saw stays whole. */
export function splitByRun(set: StatementSet): readonly StatementSet[] {
  if (set.runs.length === 0) return [set];
  const byRun = new Map(set.runs.map(({ id }) => [id, new Map<StatementDigest, SetMember>()]));
  for (const member of set.members.values()) {
    for (const id of member.runs) {
      const measured = member.measured?.filter(({ source }) => source === id);
      byRun.get(id)?.set(member.digest, { ...member, runs: [id], measured });
    }
  }
  return set.runs.map((run) => {
    const label = `run:${run.id} (${run.name})`;
    return { label, members: byRun.get(run.id) ?? new Map(), runs: [run] };
  });
}

/** The same statement, as two sets saw it; or as one run or file saw it `again`. */
export function joined(a: SetMember, b: SetMember, again = false): SetMember {
  const printedWithHash = a.printedWithHash || b.printedWithHash;
  // Whichever set came first, the same one.
  const [spelling] = [a.spelling, b.spelling].filter((text) => text !== undefined).sort();
  const measured = joinMeasurements(a.measured, b.measured, again);
  return { ...a, spelling, runs: [...new Set([...a.runs, ...b.runs])], printedWithHash, measured };
}

/** In the order of their text, by code unit: the same on every machine. */
export function sortedMembers(set: StatementSet): SetMember[] {
  return [...set.members.values()].sort(byText);
}

export function byText(a: { readonly canonical: string }, b: { readonly canonical: string }): number {
  return a.canonical < b.canonical ? -1 : a.canonical > b.canonical ? 1 : 0;
}
