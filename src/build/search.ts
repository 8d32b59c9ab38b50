import { streamBlindText } from "../analysis/residual-cause.ts";
import { portabilityOf } from "../statement/portability.ts";
import type { Statement, StatementDigest } from "../statement/statement.ts";
import { ok, type Result } from "../support/result.ts";
import type { Streams } from "../trace/run-workload.ts";
import { type Proposal, propose } from "./propose.ts";
import { type Invalidated, type RehearsalFailure, type RehearsalPlan, type Rehearsed, rehearse } from "./rehearse.ts";
import type { JudgedStatement } from "./statement-file.ts";

export interface WeightedWorkload {
  readonly workload: RehearsalPlan["workload"];
  /** What a millisecond of it counts. */
  readonly weight: number;
}

/** Everything that the search for a better list reads. */
export interface OptimizePlan extends Omit<RehearsalPlan, "workload" | "streams"> {
  readonly project?: string | undefined;
  readonly workloads: readonly WeightedWorkload[];
  /** The kinds of standard output that the list is for; rounds look at the first, the last one at all. */
  readonly streams: readonly [Streams, ...Streams[]];
  /** Statements that others cover stay. */
  readonly keepRedundant?: boolean | undefined;
}

export interface Round {
  readonly statements: number;
  /** What the workloads still compile, the script's own aside. */
  readonly residual: number;
  /** What of that is known to take how long, times its workload's weight. */
  readonly residualMs: number;
  /** How many of the residual nobody could time. */
  readonly untimed: number;
}

/** Why a statement is in the list. */
export type Origin = "listed" | Proposal["origin"];

export interface KeptStatement extends JudgedStatement {
  readonly origin: Origin;
  /** The weights of the workloads that need it, together; what none of them needs counts as the least of them. */
  readonly weight: number;
}

export interface Optimized {
  /** In the order of their text. */
  readonly kept: readonly KeptStatement[];
  /** Those of the list that went, with the verdict that made them go, or `compiled` where others cover them. */
  readonly dropped: readonly JudgedStatement[];
  readonly rounds: readonly Round[];
  /** What still compiles with the kept list, each once. */
  readonly residual: readonly Statement[];
  /** The same of each workload, in the plan's order. */
  readonly residualOf: readonly (readonly Statement[])[];
  /** Of the statements that were tried, kept or not. */
  readonly verdictOf: (digest: StatementDigest) => JudgedStatement | undefined;
  readonly packages: ReadonlySet<string> | undefined;
  readonly invalidated: Rehearsed["invalidated"];
  readonly exits: readonly Rehearsed["exit"][];
}

/** Hears of each round. */
export type OnRound = (round: Round, number: number) => void;

/** What precompiling again takes that is compiled already; measured on 1.5.3, a tenth of it is usual. */
const coveredMs = 0.2;

interface Entry {
  readonly statement: Statement;
  readonly origin: Origin;
  /** The statement it is to serve for. */
  readonly target?: StatementDigest | undefined;
}

interface Weighted {
  readonly statement: Statement;
  readonly weight: number;
}

/**
 * The list at hand, what was tried, and what the workloads still compile with it: the state between the steps of a search.
 */
export class Search {
  readonly rounds: Round[] = [];
  #last: { readonly statements: number; readonly winnable: readonly Weighted[] } | undefined;
  readonly #plan: OptimizePlan;
  readonly #abort: AbortSignal | undefined;
  #entries: Map<StatementDigest, Entry>;
  readonly #tried: Map<StatementDigest, Entry>;
  readonly #verdicts = new Map<StatementDigest, JudgedStatement>();
  #removed = new Map<StatementDigest, Entry>();
  /** By digest, with the weight of the workloads that compile it. */
  #residual = new Map<StatementDigest, Weighted>();
  /** A rehearsal has compiled these before it begins; an image has not. */
  readonly #startup = new Set<StatementDigest>();
  /** What each workload compiles where nothing is, but for the kind of its streams; with the workload's weight. */
  readonly #needs: { readonly texts: ReadonlySet<string>; readonly weight: number }[] = [];
  #packages: ReadonlySet<string> | undefined;
  #exits: Rehearsed["exit"][] = [];
  #invalidated: Rehearsed["invalidated"] = new Map();
  readonly #called = new Map<StatementDigest, readonly string[]>();
  #residualOf: (readonly Statement[])[] = [];

  constructor(plan: OptimizePlan, abort: AbortSignal | undefined) {
    this.#plan = plan;
    this.#abort = abort;
    this.#entries = new Map(plan.statements.map((statement) => [statement.digest, { statement, origin: "listed" }]));
    this.#tried = new Map(this.#entries);
  }

  /** Each workload with each kind of stream, one after the other, so that times are fair. */
  async rehearse(kinds: readonly Streams[]): Promise<{ ok: false; error: RehearsalFailure } | undefined> {
    const statements = this.#sorted().map(({ statement }) => statement);
    const residual = new Map<StatementDigest, Weighted>();
    this.#exits = [];
    this.#residualOf = [];
    const invalidated = new Map<StatementDigest, Invalidated>();
    for (const { workload, weight } of this.#plan.workloads) {
      const seen = new Map<StatementDigest, Statement>();
      for (const streams of kinds) {
        const rehearsed = await rehearse({ ...this.#plan, workload, streams, statements }, this.#abort);
        if (!rehearsed.ok) return rehearsed;
        const { judged, compiled, startup, packages, exit } = rehearsed.value;
        for (const [digest, since] of rehearsed.value.invalidated) invalidated.set(digest, since);
        for (const [digest, calls] of rehearsed.value.called)
          this.#called.set(digest, [...new Set([...(this.#called.get(digest) ?? []), ...calls])]);
        for (const digest of startup) this.#startup.add(digest);
        this.#packages = united(this.#packages, packages);
        this.#exits.push(exit);
        for (const each of judged) this.#learn(each);
        for (const statement of compiled.values()) {
          if (seen.has(statement.digest)) continue;
          seen.set(statement.digest, statement);
          const known = residual.get(statement.digest)?.weight ?? 0;
          residual.set(statement.digest, { statement, weight: known + weight });
        }
      }
      this.#residualOf.push([...seen.values()]);
    }
    this.#residual = residual;
    this.#invalidated = invalidated;
    return undefined;
  }

  /** The first measurement counts: later ones are of a shorter list, or of one that holds what serves for it. */
  #learn(judged: JudgedStatement): void {
    const { digest } = judged.statement;
    if (judged.verdict === "crashed" || !this.#verdicts.has(digest)) this.#verdicts.set(digest, judged);
  }

  /** What is left, the script's own aside. */
  #winnable(): readonly Weighted[] {
    return [...this.#residual.values()].filter(({ statement }) => !belongsToScript(statement, this.#packages));
  }

  /** Tells of the round before, whose times are known by now. */
  endRound(onRound: OnRound): void {
    this.tellRound(onRound);
    this.#last = { statements: this.#entries.size, winnable: this.#winnable() };
  }

  tellRound(onRound: OnRound): void {
    if (this.#last === undefined) return;
    const { statements, winnable } = this.#last;
    const times = winnable.map(({ statement, weight }) => {
      const ms = this.#msOf(statement.digest);
      return ms === undefined ? undefined : ms * weight;
    });
    const round = {
      statements,
      residual: winnable.length,
      residualMs: times.reduce<number>((sum, ms) => sum + (ms ?? 0), 0),
      untimed: times.filter((ms) => ms === undefined).length,
    };
    this.rounds.push(round);
    onRound(round, this.rounds.length);
    this.#last = undefined;
  }

  /** Its own time, or that of what serves for it. */
  #msOf(digest: StatementDigest): number | undefined {
    const own = this.#verdicts.get(digest);
    if (own?.verdict === "compiled") return own.compileMs;
    for (const { statement, target } of this.#tried.values()) {
      const served = target === digest ? this.#verdicts.get(statement.digest) : undefined;
      if (served?.verdict === "compiled") return served.compileMs;
    }
    return undefined;
  }

  /** Adds what may serve; gives how many statements that are. */
  async propose(): Promise<Result<number, RehearsalFailure>> {
    const { toolchain, project, packages } = this.#plan;
    const proposals = await propose(
      {
        toolchain,
        project,
        packages,
        listed: this.#sorted().map(({ statement }) => statement),
        verdictOf: (digest) => this.#verdicts.get(digest)?.verdict,
        residual: this.#winnable().map(({ statement }) => statement),
        called: this.#called,
      },
      this.#abort,
    );
    if (!proposals.ok) return proposals;
    let added = 0;
    for (const { statement, origin, target } of proposals.value) {
      if (this.#tried.has(statement.digest)) continue;
      const entry = { statement, origin, target };
      this.#tried.set(statement.digest, entry);
      this.#entries.set(statement.digest, entry);
      added += 1;
    }
    return ok(added);
  }

  /** Leaves out what compiles nothing, what did not help, and what others cover. */
  curate(): void {
    const kept = new Map<StatementDigest, Entry>();
    for (const [digest, entry] of this.#entries) {
      if (this.#serves(entry)) kept.set(digest, entry);
      else this.#removed.set(digest, entry);
    }
    this.#entries = kept;
  }

  #serves({ statement, origin, target }: Entry): boolean {
    const judged = this.#verdicts.get(statement.digest);
    if (judged === undefined) return false;
    if (judged.verdict === "inferred") return origin === "listed" && !this.#isServed(statement.digest);
    if (judged.verdict !== "compiled") return false;
    if (origin !== "listed" && target !== undefined && this.#residual.has(target)) return false;
    if (this.#startup.has(statement.digest)) return true;
    return this.#plan.keepRedundant === true || (judged.compileMs ?? Infinity) >= coveredMs;
  }

  #isServed(digest: StatementDigest): boolean {
    for (const { statement, target } of this.#entries.values())
      if (target === digest && this.#verdicts.get(statement.digest)?.verdict === "compiled") return true;
    return false;
  }

  /** Asks what each workload compiles by itself, so that a budget favours what the important ones need. */
  async weigh(): Promise<{ ok: false; error: RehearsalFailure } | undefined> {
    for (const { workload, weight } of this.#plan.workloads) {
      const [streams] = this.#plan.streams;
      const bare = await rehearse({ ...this.#plan, workload, streams, statements: [] }, this.#abort);
      if (!bare.ok) return bare;
      const texts = new Set([...bare.value.compiled.values()].map(({ canonical }) => streamBlindText(canonical)));
      this.#needs.push({ texts, weight });
    }
    return undefined;
  }

  #weightOf({ statement, target }: Entry): number {
    const served = target === undefined ? undefined : this.#tried.get(target)?.statement;
    const texts = [statement, ...(served === undefined ? [] : [served])].map(({ canonical }) =>
      streamBlindText(canonical),
    );
    const weights = this.#needs
      .filter((need) => texts.some((text) => need.texts.has(text)))
      .map(({ weight }) => weight);
    if (weights.length > 0) return weights.reduce((sum, weight) => sum + weight, 0);
    return Math.min(...this.#plan.workloads.map(({ weight }) => weight));
  }

  residualDigests(): ReadonlySet<StatementDigest> {
    return new Set(this.#residual.keys());
  }

  /** Takes back what was left out where the residual grew without it, or what had not come up before. */
  restore(before: ReadonlySet<StatementDigest>): number {
    const grown = new Set([...this.#residual.keys()].filter((digest) => !before.has(digest)));
    let restored = 0;
    for (const [digest, entry] of this.#removed) {
      const serves = grown.has(digest) || (entry.target !== undefined && grown.has(entry.target));
      if (!serves || this.#verdicts.get(digest)?.verdict !== "compiled") continue;
      this.#entries.set(digest, entry);
      this.#removed.delete(digest);
      restored += 1;
    }
    return restored;
  }

  result(): Optimized {
    const judgedOf = ({ statement }: Entry): JudgedStatement =>
      this.#verdicts.get(statement.digest) ?? { statement, verdict: "unresolved", reason: "it was not rehearsed" };
    return {
      kept: this.#sorted().map((entry) => ({
        ...judgedOf(entry),
        origin: entry.origin,
        weight: this.#weightOf(entry),
      })),
      dropped: [...this.#removed.values()].filter(({ origin }) => origin === "listed").map(judgedOf),
      rounds: this.rounds,
      residual: [...this.#residual.values()].map(({ statement }) => statement),
      residualOf: this.#residualOf,
      verdictOf: (digest) => this.#verdicts.get(digest),
      packages: this.#packages,
      invalidated: this.#invalidated,
      exits: this.#exits,
    };
  }

  #sorted(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => (a.statement.canonical < b.statement.canonical ? -1 : 1));
  }
}

function united(
  known: ReadonlySet<string> | undefined,
  more: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  return known === undefined || more === undefined ? (known ?? more) : new Set([...known, ...more]);
}

/** No image can hold what the script itself defines. */
function belongsToScript(statement: Statement, loadedPackages: ReadonlySet<string> | undefined): boolean {
  const portability = portabilityOf(statement, loadedPackages === undefined ? {} : { loadedPackages });
  return !portability.portable && portability.obstacles.some(({ kind }) => kind === "main-owned");
}
