import type { RunId, TraceRun } from "../statement/provenance.ts";
import type { CanonicalText, StatementDigest } from "../statement/statement.ts";

export interface SetMember {
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
  /** As Julia printed it, where that is not the canonical text; one of them, where there are several. */
  readonly spelling?: string | undefined;
  /** The runs of this set that saw it; empty for what came from a file. */
  readonly runs: readonly RunId[];
  /** Julia printed it somewhere with a name that starts with `#`; the canonical text need not have one. */
  readonly printedWithHash: boolean;
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
      members.set(member.digest, known === undefined ? member : joined(known, member));
    }
  }
  return { label, members, runs: [...runs.values()] };
}

/** The same statement, as two sets saw it. */
export function joined(a: SetMember, b: SetMember): SetMember {
  const printedWithHash = a.printedWithHash || b.printedWithHash;
  // Whichever set came first, the same one.
  const [spelling] = [a.spelling, b.spelling].filter((text) => text !== undefined).sort();
  return { ...a, spelling, runs: [...new Set([...a.runs, ...b.runs])], printedWithHash };
}

/** In the order of their text, by code unit: the same on every machine. */
export function sortedMembers(set: StatementSet): SetMember[] {
  return [...set.members.values()].sort(byText);
}

export function byText(a: { readonly canonical: string }, b: { readonly canonical: string }): number {
  return a.canonical < b.canonical ? -1 : a.canonical > b.canonical ? 1 : 0;
}
