import { type Countable, type Counted, traitsReader } from "../analysis/countable.ts";
import { type Measurement, rehearsalSource } from "../analysis/measurement.ts";
import type { PortabilityContext } from "../statement/portability.ts";
import type { RunId, TraceRun } from "../statement/provenance.ts";
import { summaryOf } from "../statement/summary.ts";
import { type TraitsText, traitsOf, traitsVersion } from "../statement/traits.ts";
import type { MeasuredSighting, RunStatements } from "../store/run-statements.ts";
import type { StatementStore } from "../store/statement-store.ts";
import type { StatementTraits } from "../store/statement-traits.ts";
import { runContexts } from "./run-contexts.ts";
import { addMeasurement } from "./seen-members.ts";

/** Runs as a set that is counted, without reading what they saw. `whole`: they are all that the store has. */
export function countableRuns(store: StatementStore, runs: readonly TraceRun[], whole: boolean): Countable {
  const statements = store.runStatements();
  const traits = statements.traits(traitsOf, traitsVersion);
  const read = traitsReader();
  const texts = traits.texts as readonly TraitsText[];
  const ids = runs.map(({ id }) => id);
  const size = traits.numbers.length;
  const contextOf = runContexts(store, statements, ids, size);
  const rehearsed = rehearsedTimes(store, statements, ids);
  const seen = whole ? allBut(traits, statements.seenByNone()) : seenBy(statements, ids, size);
  function* counted(some: Uint32Array, measuredBy: readonly RunId[]): Generator<Counted> {
    const measured = measurements(statements.measured(measuredBy), rehearsed, some);
    const counts = new Map<PortabilityContext, Uint32Array>();
    for (const statement of some) {
      const number = traits.numbers[statement] ?? 0;
      const context = contextOf(statement);
      const own = measured.get(statement);
      if (own !== undefined) yield { traits: read(texts[number]), count: 1, context, measured: own };
      else {
        const ofContext = counts.get(context) ?? new Uint32Array(texts.length);
        counts.set(context, ofContext);
        ofContext[number] = (ofContext[number] ?? 0) + 1;
      }
    }
    for (const [context, ofContext] of counts) {
      for (const [number, count] of ofContext.entries())
        if (count > 0) yield { traits: read(texts[number]), count, context, measured: undefined };
    }
  }
  return {
    runs,
    all: () => counted(seen, ids),
    seenBy: (asked) => counted(seenBy(statements, asked, size), asked),
    unseen: () => [],
    *typesOf(methods) {
      const isAsked = texts.map((text, number) => number > 0 && methods.has(read(text).method));
      const asked = seen.filter((statement) => isAsked[traits.numbers[statement] ?? 0]);
      for (const canonical of statements.canonicalsOf(asked)) yield summaryOf(canonical);
    },
  };
}

/** What at least one of the runs saw, each once. `size`: above all numbers of statements. */
function seenBy(statements: RunStatements, runs: readonly RunId[], size: number): Uint32Array {
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return Uint32Array.from(statements.seenBy(only));
  const seen = new Uint8Array(size);
  for (const run of runs) for (const statement of statements.seenBy(run)) seen[statement] = 1;
  return setIn(seen);
}

function allBut({ numbers }: StatementTraits, unseen: readonly number[]): Uint32Array {
  const seen = numbers.slice();
  for (const statement of unseen) seen[statement] = 0;
  return setIn(seen);
}

/** The places of what is not 0. */
function setIn(list: Uint8Array | Int32Array): Uint32Array {
  const places = new Uint32Array(list.length);
  let filled = 0;
  for (let place = 0; place < list.length; place += 1) {
    if (list[place] === 0) continue;
    places[filled] = place;
    filled += 1;
  }
  return places.subarray(0, filled);
}

/** What runs tell, and rehearsals where they do not. */
function measurements(
  sightings: Iterable<MeasuredSighting>,
  rehearsed: ReadonlyMap<number, number>,
  some: Uint32Array,
): ReadonlyMap<number, readonly Measurement[]> {
  const measured = new Map<number, Measurement[]>();
  for (const { statement, ...sighting } of sightings) {
    const known = measured.get(statement);
    if (known === undefined) measured.set(statement, addMeasurement([], sighting));
    else addMeasurement(known, sighting);
  }
  if (rehearsed.size === 0) return measured;
  for (const statement of some) {
    const compileMs = rehearsed.get(statement);
    if (compileMs === undefined) continue;
    const rehearsal = { source: rehearsalSource, compileMs, recompiles: 0 };
    measured.set(statement, [...(measured.get(statement) ?? []), rehearsal]);
  }
  return measured;
}

/** In milliseconds, by statement: of those that none of the runs tells a time of. */
function rehearsedTimes(
  store: StatementStore,
  statements: RunStatements,
  runs: readonly RunId[],
): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const [digest, { compileMs }] of store.findings.rehearsed()) {
    const statement = compileMs === null ? undefined : statements.numberOf(digest);
    if (compileMs !== null && statement !== undefined) times.set(statement, compileMs);
  }
  if (times.size === 0) return times;
  for (const { statement, compileMs } of statements.measured(runs)) if (compileMs !== null) times.delete(statement);
  return times;
}
