import type { DescribedStatement } from "../../analysis/described-statement.ts";
import type { Effect, LastVerdict } from "../../commands/effects.ts";
import type { Comparison, ReportOutcome } from "../../commands/report.ts";
import type { Timeline } from "../../commands/timelines.ts";
import type { TraceRun } from "../../statement/provenance.ts";
import type { StatementDigest } from "../../statement/statement.ts";
import type {
  PageComparison,
  PageData,
  PageEffect,
  PageRun,
  PageTimeline,
  PageVerdict,
  StatementColumns,
} from "./page-data.ts";

/** The outcome as a page holds it. */
export function pageDataOf(outcome: ReportOutcome): PageData {
  const names = new NameTables();
  const indices = indicesOf(outcome.statements);
  const columns = (statements: readonly DescribedStatement[]): StatementColumns =>
    columnsOf(statements, outcome.verdicts, names);
  const statements = columns(outcome.statements);
  const { comparison } = outcome;
  return {
    tool: outcome.tool,
    set: outcome.set,
    writtenAt: outcome.writtenAt,
    statements,
    runs: outcome.runs.map(pageRun),
    timelines: outcome.timelines.shown.map((timeline) => pageTimeline(timeline, indices)),
    timelinesLeftOut: outcome.timelines.leftOut,
    effects: outcome.effects.map(pageEffect),
    comparison: comparison === undefined ? null : pageComparison(comparison, indices, columns),
    names: names.lists(),
  };
}

type Indices = ReadonlyMap<StatementDigest, number>;

const indicesOf = (statements: readonly DescribedStatement[]): Indices =>
  new Map(statements.map(({ digest }, index) => [digest, index]));

/** Each name once, numbered in the order of its first use. */
class NameTable {
  readonly #numbers = new Map<string, number>();

  number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  list(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}

class NameTables {
  readonly owners = new NameTable();
  readonly methods = new NameTable();
  readonly obstacles = new NameTable();
  readonly reasons = new NameTable();

  lists(): PageData["names"] {
    return {
      owners: this.owners.list(),
      methods: this.methods.list(),
      obstacles: this.obstacles.list(),
      reasons: this.reasons.list(),
    };
  }
}

function columnsOf(
  statements: readonly DescribedStatement[],
  verdicts: ReadonlyMap<StatementDigest, LastVerdict>,
  names: NameTables,
): StatementColumns {
  const verdictOf = (digest: StatementDigest): PageVerdict | null => {
    const last = verdicts.get(digest);
    return last === undefined ? null : [last.verdict, last.by, names.reasons.number(last.reason)];
  };
  return {
    text: statements.map(({ canonical }) => canonical),
    digest: statements.map(({ digest }) => digest.slice(0, shownDigits)),
    owner: statements.map(({ owner }) => names.owners.number(owner)),
    method: statements.map(({ method }) => names.methods.number(method)),
    compileMs: statements.map(({ compileMs }) => shortened(compileMs)),
    recompiles: statements.map(({ recompiles }) => recompiles),
    runs: statements.map(({ runs }) => runs),
    obstacles: statements.map(({ obstacles }) => obstacles.map((obstacle) => names.obstacles.number(obstacle))),
    verdict: statements.map(({ digest }) => verdictOf(digest)),
  };
}

/** Enough to name one of a hundred million. */
const shownDigits = 16;

/** Microseconds are more than a clock knows. */
const shortened = (ms: number | undefined): number | null => (ms === undefined ? null : Math.round(ms * 1_000) / 1_000);

const pageRun = (run: TraceRun): PageRun => ({
  id: run.id,
  name: run.name,
  command: run.command.join(" "),
  julia: run.juliaVersion ?? null,
  stdout: run.ioKind ?? null,
  startedAt: run.startedAt,
  durationMs: run.durationMs ?? null,
  statements: run.statements,
});

function pageTimeline({ label, digests, compileMs }: Timeline, indices: Indices): PageTimeline {
  const known = digests.map((digest, at) => ({ index: indices.get(digest), ms: shortened(compileMs[at]) }));
  const shown = known.filter((each): each is { index: number; ms: number | null } => each.index !== undefined);
  return { label, order: shown.map(({ index }) => index), compileMs: shown.map(({ ms }) => ms) };
}

const pageEffect = ({ workload: [stdout = "", ...words], ...effect }: Effect): PageEffect => ({
  sysimage: effect.sysimage,
  workload: `${words.join(" ")} (standard output: ${stdout})`,
  traced: effect.traced,
  beforeMs: effect.beforeMs,
  afterMs: effect.afterMs,
  predicted: effect.predicted?.length ?? null,
  residual: effect.residual.map(({ statement, cause = "not known", detail = "" }) => ({ statement, cause, detail })),
  verifiedAt: effect.verifiedAt,
});

function pageComparison(
  { against, diff, statements }: Comparison,
  indices: Indices,
  columns: (statements: readonly DescribedStatement[]) => StatementColumns,
): PageComparison {
  const others = indicesOf(statements);
  const at = (known: Indices, digest: StatementDigest): number => {
    const index = known.get(digest);
    if (index === undefined) throw new Error(`a difference is in neither set: ${digest}`);
    return index;
  };
  return {
    against,
    both: diff.both,
    others: columns(statements),
    went: diff.onlyA.map(({ digest }) => at(others, digest)),
    came: diff.onlyB.map(({ digest }) => at(indices, digest)),
    changed: diff.changed.map(({ kind, a, b }) => ({ kind, from: at(others, a.digest), to: at(indices, b.digest) })),
  };
}
