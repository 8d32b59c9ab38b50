import type { SetMember, StatementSet } from "../src/analysis/statement-set.ts";
import type { RunFacts, RunId, SightingSink, TraceRun } from "../src/statement/provenance.ts";
import { type Statement, type StatementDigest, statementOf } from "../src/statement/statement.ts";
import { parseStatement } from "../src/syntax/parse-statement.ts";

/** The statement of a line that is one. */
export function statementFrom(line: string): Statement {
  const { tree, diagnostics } = parseStatement(line);
  if (tree === undefined) throw new Error(`${line}: ${diagnostics[0]?.message}`);
  return statementOf(tree);
}

/** `call("Base.sin", "Float64")`: the statement of a call. */
export function call(method: string, ...types: readonly string[]): string {
  return `precompile(Tuple{${[`typeof(${method})`, ...types].join(", ")}})`;
}

export const runFacts: RunFacts = {
  name: "work",
  kind: "trace",
  command: ["work.jl"],
  folder: "/home/ada",
  startedAt: "2024-05-01T10:00:00.000Z",
  tags: {},
};

export function traceRun(id: number, more: Partial<TraceRun> = {}): TraceRun {
  return { ...runFacts, id: id as RunId, lines: 3, statements: 3, newStatements: 2, damaged: 0, ...more };
}

/** What a sink was told, in order. */
export class Heard implements SightingSink {
  readonly sightings: Parameters<SightingSink["sighting"]>[0][] = [];
  readonly damages: Parameters<SightingSink["damage"]>[0][] = [];
  readonly repeats: Parameters<SightingSink["repeated"]>[] = [];

  sighting(sighting: Parameters<SightingSink["sighting"]>[0]): void {
    this.sightings.push(sighting);
  }

  damage(damage: Parameters<SightingSink["damage"]>[0]): void {
    this.damages.push(damage);
  }

  repeated(...repeat: Parameters<SightingSink["repeated"]>): void {
    this.repeats.push(repeat);
  }
}

/** What one member of a set is made of: a line, and the runs that saw it. */
export type Seen = readonly [line: string, ...runs: readonly number[]];

/** A set of statements; the runs are those that saw any of them. */
export function setOf(label: string, seen: readonly Seen[], runs?: readonly TraceRun[]): StatementSet {
  const members = new Map<StatementDigest, SetMember>();
  for (const [line, ...ids] of seen) {
    const { digest, canonical } = statementFrom(line);
    members.set(digest, { digest, canonical, runs: ids as RunId[], printedWithHash: line.includes("#") });
  }
  const ids = new Set(seen.flatMap(([, ...each]) => each));
  return { label, members, runs: runs ?? [...ids].map((id) => traceRun(id)) };
}
