import type { StatementSet } from "../analysis/statement-set.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { StatementDigest } from "../statement/statement.ts";
import type { StatementStore } from "../store/statement-store.ts";

/** What a run compiled, in the order in which it came to that. */
export interface Timeline {
  /** Undefined: a trace that is a file. */
  readonly run: TraceRun | undefined;
  readonly label: string;
  readonly digests: readonly StatementDigest[];
  /** Of each, in milliseconds, where the run itself tells it. */
  readonly compileMs: readonly (number | undefined)[];
}

export interface Timelines {
  readonly shown: readonly Timeline[];
  /** How many runs are too many for one page. */
  readonly leftOut: number;
}

/** How many sightings all timelines of a page have at most; the newest run always has its own. */
const mostSightings = 250_000;

/** Newest run first; a list that is sorted by text tells no order. */
export function timelinesOf(set: StatementSet, store: StatementStore): Timelines {
  const shown: Timeline[] = [];
  let sightings = 0;
  const runs = [...set.runs].sort((a, b) => b.id - a.id);
  for (const run of runs) {
    if (shown.length > 0 && sightings + run.statements > mostSightings) break;
    const timeline = timelineOf(run, store);
    sightings += timeline.digests.length;
    shown.push(timeline);
  }
  const ofFile = runs.length === 0 ? timelineOfFile(set) : undefined;
  return { shown: ofFile === undefined ? shown : [ofFile], leftOut: runs.length - shown.length };
}

/** A statement that was spelled in several ways comes where it came first, with all its time. */
function timelineOf(run: TraceRun, store: StatementStore): Timeline {
  const times = new Map<StatementDigest, number | undefined>();
  for (const { digest, compileMs } of store.wholeSightingsIn(run.id)) {
    const known = times.get(digest);
    times.set(digest, compileMs === null ? known : (known ?? 0) + compileMs);
  }
  const label = `run:${run.id} (${run.name})`;
  return { run, label, digests: [...times.keys()], compileMs: [...times.values()] };
}

function timelineOfFile({ label, members }: StatementSet): Timeline | undefined {
  const inOrder = [...members.values()];
  const sorted = inOrder.every(({ canonical }, index) => canonical >= (inOrder[index - 1]?.canonical ?? ""));
  if (sorted) return undefined;
  const compileMs = inOrder.map(({ measured }) => measured?.find(({ source }) => source === label)?.compileMs);
  return { run: undefined, label, digests: inOrder.map(({ digest }) => digest), compileMs };
}
