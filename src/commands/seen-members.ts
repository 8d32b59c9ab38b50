import type { Measurement } from "../analysis/measurement.ts";
import type { SetMember } from "../analysis/statement-set.ts";
import { printedWithHash } from "../statement/portability.ts";
import type { RunId } from "../statement/provenance.ts";
import type { StatementDigest } from "../statement/statement.ts";
import type { SeenStatement } from "../store/statement-store.ts";

type Draft = { -readonly [K in keyof SetMember]: SetMember[K] } & { runs: RunId[]; measured?: Measurement[] };

/** What runs saw, a member for each statement. `seen`: run by run, as the store tells it; so the last run is the only one to look at. */
export function seenMembers(seen: Iterable<SeenStatement>): Map<StatementDigest, SetMember> {
  const members = new Map<StatementDigest, Draft>();
  for (const sighting of seen) {
    const known = members.get(sighting.digest);
    if (known === undefined) members.set(sighting.digest, draftOf(sighting));
    else addTo(known, sighting);
  }
  return members;
}

function draftOf({ digest, canonical, run, spelling, compileMs, recompiles }: SeenStatement): Draft {
  const draft: Draft = { digest, canonical, runs: [run], printedWithHash: printedWithHash(spelling ?? canonical) };
  if (spelling !== null) draft.spelling = spelling;
  // Most sightings tell neither a time nor that it was not the first.
  if (compileMs !== null || recompiles > 0)
    draft.measured = [{ source: run, compileMs: compileMs ?? undefined, recompiles }];
  return draft;
}

function addTo(draft: Draft, { run, spelling, compileMs, recompiles }: SeenStatement): void {
  if (draft.runs.at(-1) !== run) draft.runs.push(run);
  if (spelling !== null) {
    // Whichever run came first, the same one.
    if (draft.spelling === undefined || spelling < draft.spelling) draft.spelling = spelling;
    draft.printedWithHash ||= printedWithHash(spelling);
  } else draft.printedWithHash ||= printedWithHash(draft.canonical);
  if (compileMs === null && recompiles === 0) return;
  draft.measured = addMeasurement(draft.measured ?? [], { run, compileMs, recompiles });
}

/** Adds to the measurements of a statement what a sighting tells. Runs come one after another, spellings of one run in a row. */
export function addMeasurement(
  measured: Measurement[],
  { run, compileMs, recompiles }: Pick<SeenStatement, "run" | "compileMs" | "recompiles">,
): Measurement[] {
  const last = measured.at(-1);
  if (last?.source !== run) measured.push({ source: run, compileMs: compileMs ?? undefined, recompiles });
  else measured[measured.length - 1] = again(last, compileMs, recompiles);
  return measured;
}

/** The same run saw it in another spelling. */
function again(known: Measurement, compileMs: number | null, recompiles: number): Measurement {
  const times = [known.compileMs, compileMs ?? undefined].filter((ms) => ms !== undefined);
  return {
    source: known.source,
    compileMs: times.length === 0 ? undefined : Math.max(...times),
    recompiles: known.recompiles + recompiles,
  };
}
