import type { RunId, TraceRun } from "../statement/provenance.ts";
import type { CanonicalText, StatementDigest } from "../statement/statement.ts";

export interface SetMember {
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
  /** The runs of this set that saw it; empty for what came from a file. */
  readonly runs: readonly RunId[];
}

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
      members.set(
        member.digest,
        known === undefined ? member : { ...known, runs: [...new Set([...known.runs, ...member.runs])] },
      );
    }
  }
  return { label, members, runs: [...runs.values()] };
}

/** In the order of their text, by code unit: the same on every machine. */
export function sortedMembers(set: StatementSet): SetMember[] {
  return [...set.members.values()].sort(byText);
}

export function byText(a: { readonly canonical: string }, b: { readonly canonical: string }): number {
  return a.canonical < b.canonical ? -1 : a.canonical > b.canonical ? 1 : 0;
}
