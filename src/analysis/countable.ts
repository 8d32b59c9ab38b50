import type { PortabilityContext } from "../statement/portability.ts";
import type { RunId, TraceRun } from "../statement/provenance.ts";
import { summaryOf } from "../statement/summary.ts";
import { readTraits, type Traits, type TraitsText, traitsOf } from "../statement/traits.ts";
import { type Measurements, rehearsalSource } from "./measurement.ts";
import { loadedIn, type PackagesOf } from "./prune.ts";
import type { SetMember, StatementSet } from "./statement-set.ts";

/** Statements that count alike. */
export interface Counted {
  readonly traits: Traits;
  /** How many there are. */
  readonly count: number;
  /** What was loaded where they were seen. */
  readonly context: PortabilityContext;
  /** Of each of them. */
  readonly measured: Measurements;
}

/** A set as `stats` sees it: a million statements are counted without being read. */
export interface Countable {
  readonly runs: readonly TraceRun[];
  /** Every statement once. */
  all(): Iterable<Counted>;
  /** What at least one of these runs of the set saw, as they and rehearsals measured it. */
  seenBy(runs: readonly RunId[]): Iterable<Counted>;
  /** What no run of the set saw. */
  unseen(): Iterable<Counted>;
  /** The types of the arguments of every statement of these methods. */
  typesOf(methods: ReadonlySet<string>): Iterable<{ readonly method: string; readonly types: readonly string[] }>;
}

export function countableSet(set: StatementSet, packagesOf: PackagesOf): Countable {
  const contextOf = loadedIn(packagesOf);
  const traits = traitsReader();
  const counted = (member: SetMember, measured: Measurements): Counted => ({
    traits: traits(traitsOf(member.canonical)),
    count: 1,
    context: contextOf(member.runs),
    measured,
  });
  const ids = new Set<RunId | string>(set.runs.map(({ id }) => id));
  const measuredBy = ({ measured }: SetMember, isTold: (source: RunId | string) => boolean): Measurements =>
    measured?.filter(({ source }) => source === rehearsalSource || isTold(source));
  return {
    runs: set.runs,
    *all() {
      for (const member of set.members.values()) yield counted(member, member.measured);
    },
    *seenBy(runs) {
      const asked = new Set<RunId | string>(runs);
      for (const member of set.members.values())
        if (member.runs.some((run) => asked.has(run)))
          yield counted(
            member,
            measuredBy(member, (source) => asked.has(source)),
          );
    },
    *unseen() {
      for (const member of set.members.values())
        if (!member.runs.some((run) => ids.has(run)))
          yield counted(
            member,
            measuredBy(member, (source) => !ids.has(source)),
          );
    },
    *typesOf(methods) {
      for (const { canonical } of set.members.values()) {
        const { method, types } = summaryOf(canonical);
        if (methods.has(method)) yield { method, types };
      }
    },
  };
}

/** Reads each text once. */
export function traitsReader(): (text: TraitsText | undefined) => Traits {
  const read = new Map<TraitsText, Traits>();
  return (text) => {
    if (text === undefined) throw new Error("a statement without traits");
    let traits = read.get(text);
    if (traits === undefined) {
      traits = readTraits(text);
      read.set(text, traits);
    }
    return traits;
  };
}
