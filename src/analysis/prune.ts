import { portabilityOf } from "../statement/portability.ts";
import type { RunId } from "../statement/provenance.ts";
import { type Statement, statementOf } from "../statement/statement.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { type SetMember, type StatementSet, sortedMembers } from "./statement-set.ts";

/** `names`: what cannot be named elsewhere goes. `strict`: so does every statement with a name that starts with `#`. */
export type PortabilityFilter = "names" | "strict";

export interface PruneFilters {
  readonly portable?: PortabilityFilter | undefined;
  /** Seen in at least so many runs; what came from a file alone has none. */
  readonly minRuns?: number | undefined;
  /** Globs over the owner, `*` for any run of characters; any match keeps. */
  readonly owners?: readonly string[] | undefined;
  readonly excludedOwners?: readonly string[] | undefined;
  readonly dropMain?: boolean | undefined;
}

/** Why a statement went; `closure` and the like are forms of gensym. */
export type DropReason = string;

export interface Pruned {
  readonly kept: readonly Statement[];
  readonly dropped: readonly { readonly member: SetMember; readonly reason: DropReason }[];
}

/** The packages loaded at the end of a run, by name; undefined where the run could not say. */
export type PackagesOf = (run: RunId) => ReadonlySet<string> | undefined;

/** Sorted, so that the list is the same from run to run. */
export function prune(set: StatementSet, filters: PruneFilters, packagesOf: PackagesOf): Pruned {
  const kept: Statement[] = [];
  const dropped: { member: SetMember; reason: DropReason }[] = [];
  const reasonFor = dropReason(filters, packagesOf);
  for (const member of sortedMembers(set)) {
    const statement = statementOfText(member.canonical);
    const reason = reasonFor(statement, member);
    if (reason === undefined) kept.push(statement);
    else dropped.push({ member, reason });
  }
  return { kept, dropped };
}

/** How many went for each reason, most first. */
export function countReasons(pruned: Pruned): readonly (readonly [DropReason, number])[] {
  const counts = new Map<DropReason, number>();
  for (const { reason } of pruned.dropped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** A canonical text is one that preimage printed, so it parses. */
export function statementOfText(canonical: string): Statement {
  const { tree } = parseStatement(canonical);
  if (tree === undefined) throw new Error(`canonical text does not parse: ${canonical}`);
  return statementOf(tree);
}

function dropReason(filters: PruneFilters, packagesOf: PackagesOf) {
  const owned = globs(filters.owners);
  const excluded = globs(filters.excludedOwners);
  const loadedIn = loadedPackages(packagesOf);
  return (statement: Statement, member: SetMember): DropReason | undefined => {
    if (filters.minRuns !== undefined && member.runs.length < filters.minRuns)
      return `in fewer than ${filters.minRuns} runs`;
    if (owned !== undefined && !owned(statement.owner)) return "owner not asked for";
    if (excluded?.(statement.owner)) return "owner excluded";
    const loaded = loadedIn(member.runs);
    const portability = portabilityOf(statement, loaded === undefined ? {} : { loadedPackages: loaded });
    if (!portability.portable) {
      const main = portability.obstacles.find((obstacle) => obstacle.kind === "main-owned");
      if (main !== undefined && (filters.dropMain || filters.portable !== undefined)) return "belongs to the script";
      const [first] = portability.obstacles;
      if (filters.portable !== undefined) return first.kind === "gensym" ? first.form : first.kind;
    }
    if (filters.portable === "strict" && member.printedWithHash) return "name with #";
    return undefined;
  };
}

/** What was loaded in any of the runs; undefined as soon as one of them, or a file, could not say. */
function loadedPackages(packagesOf: PackagesOf): (runs: readonly RunId[]) => ReadonlySet<string> | undefined {
  const known = new Map<string, ReadonlySet<string> | undefined>();
  return (runs) => {
    const key = runs.join();
    if (!known.has(key)) {
      const each = runs.map(packagesOf);
      const every = each.every((packages) => packages !== undefined);
      known.set(key, every && each.length > 0 ? new Set(each.flatMap((packages) => [...packages])) : undefined);
    }
    return known.get(key);
  };
}

function globs(patterns: readonly string[] | undefined): ((owner: string) => boolean) | undefined {
  if (patterns === undefined || patterns.length === 0) return undefined;
  const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  const expressions = patterns.map((glob) => new RegExp(`^${glob.split("*").map(literal).join(".*")}$`));
  return (owner) => expressions.some((expression) => expression.test(owner));
}
