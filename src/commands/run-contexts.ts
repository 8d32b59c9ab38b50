import { loadedIn } from "../analysis/prune.ts";
import type { PortabilityContext } from "../statement/portability.ts";
import type { RunId } from "../statement/provenance.ts";
import type { RunStatements } from "../store/run-statements.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { packagesOf } from "./prune.ts";

/** What was loaded where a statement was seen, by its number. Most stores have runs that cannot tell: one answer then serves for all. */
export function runContexts(
  store: StatementStore,
  statements: RunStatements,
  runs: readonly RunId[],
  size: number,
): (statement: number) => PortabilityContext {
  const packages = packagesOf(store);
  const contextOf = loadedIn(packages);
  const unknown = contextOf([]);
  const telling = runs.filter((run) => packages(run) !== undefined);
  if (telling.length === 0) return () => unknown;
  const packageSets = new Map<string, RunId>();
  const combinations = new Combinations();
  const ofStatement = new Uint32Array(size);
  for (const run of runs) {
    const key = [...(packages(run) ?? [])].sort().join();
    // Runs of the same packages are one.
    const first = packageSets.get(key) ?? run;
    packageSets.set(key, first);
    for (const statement of statements.seenBy(run))
      ofStatement[statement] = combinations.with(ofStatement[statement] ?? 0, first);
  }
  const contexts = combinations.all.map((combination) => contextOf(combination));
  return (statement) => contexts[ofStatement[statement] ?? 0] ?? unknown;
}

/** Sets of runs, numbered from 0 on; that is the empty one. */
class Combinations {
  readonly all: (readonly RunId[])[] = [[]];
  readonly #numbers = new Map<string, number>();
  readonly #steps = new Map<RunId, number[]>();

  /** The number of a set with a run more. */
  with(number: number, run: RunId): number {
    const steps = this.#steps.get(run) ?? [];
    this.#steps.set(run, steps);
    const known = steps[number];
    if (known !== undefined) return known;
    const runs = [...new Set([...(this.all[number] ?? []), run])].sort((a, b) => a - b);
    const name = runs.join();
    const next = this.#numbers.get(name) ?? this.all.push(runs) - 1;
    this.#numbers.set(name, next);
    steps[number] = next;
    return next;
  }
}
