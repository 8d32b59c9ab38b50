import { statementOfText } from "../analysis/prune.ts";
import { type Residual, residualOf, streamBlindText } from "../analysis/residual-cause.ts";
import type { StatementSet } from "../analysis/statement-set.ts";
import type { StatementDigest } from "../statement/statement.ts";
import type { Verdict, VerificationFacts } from "../statement/verdict.ts";
import type { StoredBake } from "../store/findings.ts";
import type { StatementStore } from "../store/statement-store.ts";

/** What a sysimage did for a workload, as `verify` recorded it last. */
export interface Effect extends Omit<VerificationFacts, "residual" | "workload"> {
  /** The kind of standard output, the file and its arguments. */
  readonly workload: readonly string[];
  /** The cause is undefined where the store knows nothing of the bake. */
  readonly residual: readonly (Omit<Residual, "cause" | "detail"> & Partial<Residual>)[];
}

/** What became of a statement when it was told to Julia last. */
export interface LastVerdict {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly by: "bake" | "rehearsal";
}

/** The last of each sysimage and workload, newest first; where the set has runs, of their workloads only. */
export function effectsOf(set: StatementSet, store: StatementStore): readonly Effect[] {
  const commands = new Set(set.runs.map(({ command }) => JSON.stringify(command)));
  const last = new Map<string, Omit<Effect, "residual"> & { readonly left: readonly string[] }>();
  for (const { workload, residual, ...facts } of store.findings.verifications()) {
    const words = JSON.parse(workload) as string[];
    if (set.runs.length > 0 && !commands.has(JSON.stringify(words.slice(1)))) continue;
    const key = `${facts.sysimage}\0${workload}`;
    last.delete(key);
    last.set(key, { ...facts, workload: words, left: residual });
  }
  const bakes = store.findings.bakes();
  const bakeOf = (sysimage: string) => bakes.findLast((each) => each.sysimage === sysimage);
  return [...last.values()]
    .reverse()
    .map(({ left, ...effect }) => ({ ...effect, residual: causesOf(left, bakeOf(effect.sysimage), store) }));
}

function causesOf(
  residual: readonly string[],
  bake: StoredBake | undefined,
  store: StatementStore,
): Effect["residual"] {
  if (bake === undefined || residual.length === 0) return residual.map((statement) => ({ statement }));
  const baked = store.findings.verdictsIn(bake);
  const verdicts = new Map(baked.map((each) => [each.digest, each]));
  const blind = new Set(baked.map(({ canonical }) => streamBlindText(canonical)));
  return residual.map((text) =>
    residualOf(statementOfText(text), {
      verdictOf: ({ digest }) => verdicts.get(digest),
      listedForOtherStream: ({ canonical }) => blind.has(streamBlindText(canonical)),
      loadedPackages: undefined,
    }),
  );
}

/** The verdict of the newest bake that had the statement; where none had it, that of the last rehearsal. */
export function lastVerdicts(store: StatementStore): ReadonlyMap<StatementDigest, LastVerdict> {
  const found = new Map<StatementDigest, LastVerdict>();
  for (const [digest, { verdict, reason }] of store.findings.rehearsed())
    found.set(digest, { verdict, reason, by: "rehearsal" });
  for (const bake of store.findings.bakes())
    for (const { digest, verdict, reason } of store.findings.verdictsIn(bake))
      found.set(digest, { verdict, reason, by: "bake" });
  return found;
}
