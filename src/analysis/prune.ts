import { crossTo } from "../statement/crossing.ts";
import { type Leads, withLookUps } from "../statement/look-up.ts";
import { obstacleName, type PortabilityContext, portabilityOf } from "../statement/portability.ts";
import type { RunId } from "../statement/provenance.ts";
import type { JuliaRelease } from "../statement/relatives.ts";
import { noneOff, type RepairsOff } from "../statement/repair.ts";
import { type Statement, type StatementDigest, statementOf } from "../statement/statement.ts";
import { treeOf } from "../statement/tree-of.ts";
import { withoutRepairs } from "../statement/unrepaired.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { byText, type SetMember, type StatementSet, sortedMembers } from "./statement-set.ts";

/** `names`: what cannot be named elsewhere goes. `strict`: so does every statement with a name that starts with `#`. */
export type PortabilityFilter = "names" | "strict";

export interface PruneFilters {
  readonly portable?: PortabilityFilter | undefined;
  /** Seen in at least so many runs; what came from a file alone counts as seen in one. */
  readonly minRuns?: number | undefined;
  /** Globs over the owner, `*` for any run of characters; any match keeps. */
  readonly owners?: readonly string[] | undefined;
  readonly excludedOwners?: readonly string[] | undefined;
  readonly dropMain?: boolean | undefined;
  /** The list is for another Julia: what is kept is written in its words. */
  readonly release?: JuliaRelease | undefined;
  /** What is kept is written without these repairs; it stays the same statement. */
  readonly repairsOff?: RepairsOff | undefined;
  /** Compiler-made names that a method leads to are written as that look-up, which is portable. */
  readonly leads?: LeadsOf | undefined;
}

/** Leads to the names in a statement; undefined where the Julia that gave them was not asked. */
export type LeadsOf = (member: SetMember) => Leads | undefined;

/** Why a statement went; `closure` and the like are forms of gensym. */
export type DropReason = string;

export interface Pruned {
  readonly kept: readonly Statement[];
  readonly dropped: readonly Dropped[];
  /** How many were written in other words; only where the list is for another Julia. */
  readonly rewritten?: number;
  /** How many were written with a look-up; only where names were looked up. */
  readonly lookedUp?: number;
}

export interface Dropped {
  readonly member: SetMember;
  readonly reason: DropReason;
  /** It is worth baking, but not with the Julia that the list is for. */
  readonly cannotCross?: true;
}

/** The packages loaded at the end of a run, by name; undefined where the run could not say. */
export type PackagesOf = (run: RunId) => ReadonlySet<string> | undefined;

/** Sorted, so that the list is the same from run to run. */
export function prune(set: StatementSet, filters: PruneFilters, packagesOf: PackagesOf): Pruned {
  const kept = new Map<StatementDigest, Statement>();
  const dropped: Dropped[] = [];
  let rewritten = 0;
  let lookedUp = 0;
  const reasonFor = dropReason(filters, packagesOf);
  for (const member of sortedMembers(set)) {
    const printed = statementOfMember(member, filters.repairsOff);
    const statement = withLeads(printed, filters.leads?.(member));
    const reason = reasonFor(statement, member);
    if (reason !== undefined) {
      dropped.push({ member, reason });
      continue;
    }
    const crossed = forRelease(statement, filters);
    if (typeof crossed === "string") dropped.push({ member, reason: crossed, cannotCross: true });
    // Two Julias may say it in two ways, and a store may have a text of it from before a rule was added.
    else if (kept.has(crossed.digest)) dropped.push({ member, reason: "same as another" });
    else {
      kept.set(crossed.digest, crossed);
      if (crossed.digest !== statement.digest) rewritten += 1;
      if (statement !== printed) lookedUp += 1;
    }
  }
  const statements = [...kept.values()];
  if (filters.release !== undefined || lookedUp > 0) statements.sort(byText);
  return {
    kept: statements,
    dropped,
    ...(filters.release === undefined ? {} : { rewritten }),
    ...(filters.leads === undefined ? {} : { lookedUp }),
  };
}

/** The statement with look-ups for what has a lead; itself where nothing of it has. */
export function withLeads(statement: Statement, leads: Leads | undefined): Statement {
  if (leads === undefined || leads.size === 0) return statement;
  const tree = withLookUps(statement.tree, leads);
  return tree.signature === statement.tree.signature ? statement : statementOf(tree);
}

/** The statement another Julia makes of the same idea, or why there is none. */
function forRelease(statement: Statement, { release, repairsOff = noneOff }: PruneFilters): Statement | string {
  if (release === undefined) return statement;
  const crossing = crossTo(release, statement.unrepaired ?? statement.tree);
  if ("obstacle" in crossing) return crossing.obstacle;
  const crossed = withoutRepairs(crossing.tree, repairsOff);
  return crossed.digest === statement.digest ? statement : crossed;
}

/** How many went for each reason, most first. */
export function countReasons(pruned: Pruned): readonly (readonly [DropReason, number])[] {
  const counts = new Map<DropReason, number>();
  for (const { reason } of pruned.dropped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** The statement of a member, to be written without the repairs that are off. */
export function statementOfMember({ canonical, digest, spelling }: SetMember, off: RepairsOff = noneOff): Statement {
  const printed = off.size === 0 || spelling === undefined ? undefined : parseStatement(spelling).tree;
  // What was printed without its module is another statement when it is read again by itself.
  const same = printed !== undefined && statementOf(printed).digest === digest;
  return same ? withoutRepairs(printed, off) : statementOfText(canonical);
}

/** A canonical text is one that preimage printed, so it parses. */
export const statementOfText = (canonical: string): Statement => statementOf(treeOf(canonical));

function dropReason(filters: PruneFilters, packagesOf: PackagesOf) {
  const owned = globs(filters.owners);
  const excluded = globs(filters.excludedOwners);
  const contextOf = loadedIn(packagesOf);
  return (statement: Statement, member: SetMember): DropReason | undefined => {
    // What comes from a file was compiled once at least.
    if (filters.minRuns !== undefined && (member.runs.length || 1) < filters.minRuns)
      return `in fewer than ${filters.minRuns} runs`;
    if (owned !== undefined && !owned(statement.owner)) return "owner not asked for";
    if (excluded?.(statement.owner)) return "owner excluded";
    const portability = portabilityOf(statement, contextOf(member.runs));
    if (!portability.portable) {
      const main = portability.obstacles.find((obstacle) => obstacle.kind === "main-owned");
      if (main !== undefined && (filters.dropMain || filters.portable !== undefined)) return obstacleName(main);
      const [first] = portability.obstacles;
      if (filters.portable !== undefined) return obstacleName(first);
    }
    if (filters.portable === "strict" && member.printedWithHash) return "name with #";
    return undefined;
  };
}

const unknownPackages: PortabilityContext = {};

/** What was loaded in any of the runs, for the judgement of what they saw; nothing as soon as one of them, or a file, could not say. */
export function loadedIn(packagesOf: PackagesOf): (runs: readonly RunId[]) => PortabilityContext {
  const known = new Map<string, PortabilityContext>();
  return (runs) => {
    const key = runs.join();
    const before = known.get(key);
    if (before !== undefined) return before;
    const each = runs.map(packagesOf);
    const every = each.every((packages) => packages !== undefined) && each.length > 0;
    const context = every ? { loadedPackages: new Set(each.flatMap((packages) => [...packages])) } : unknownPackages;
    known.set(key, context);
    return context;
  };
}

function globs(patterns: readonly string[] | undefined): ((owner: string) => boolean) | undefined {
  if (patterns === undefined || patterns.length === 0) return undefined;
  const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  const expressions = patterns.map((glob) => new RegExp(`^${glob.split("*").map(literal).join(".*")}$`));
  return (owner) => expressions.some((expression) => expression.test(owner));
}
