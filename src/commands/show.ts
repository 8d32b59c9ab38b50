import { statementOfText } from "../analysis/prune.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { atLeast, parseJuliaVersion } from "../julia/julia-version.ts";
import { type AmbiguousLiteral, ambiguousLiterals, lastAmbiguousJulia } from "../statement/ambiguous-literal.ts";
import { describeTree } from "../statement/describe.ts";
import { portabilityOf } from "../statement/portability.ts";
import type { Repair } from "../statement/repair.ts";
import { repairRules, replayRepairsOf } from "../statement/replay-repair.ts";
import type { Portability, Statement } from "../statement/statement.ts";
import { statementOf } from "../statement/statement.ts";
import type { StoredVerdict } from "../statement/verdict.ts";
import type { StatementStore, StoredSighting } from "../store/statement-store.ts";
import { err, ok } from "../support/result.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { type CommandContext, type CommandResult, failed, withExistingStore } from "./context.ts";

export interface ShowOutcome {
  readonly statement: Statement;
  readonly words: readonly string[];
  /** The rules that made it of what Julia printed, and those that make of it what a Julia is handed. */
  readonly repairs: readonly AppliedRepair[];
  /** Values that the Julia which printed them does not tell from others. */
  readonly ambiguous: readonly AmbiguousLiteral[];
  readonly portability: Portability;
  readonly spellings: readonly string[];
  readonly sightings: readonly StoredSighting[];
  /** The newest bake's. */
  readonly lastVerdict: StoredVerdict | undefined;
}

export type AppliedRepair = Pick<Repair, "name" | "sureness">;

/** `reference`: the first digits of a digest, or a statement's text, which the store need not hold. */
export function show(reference: string, context: CommandContext): Promise<CommandResult<ShowOutcome>> {
  return withExistingStore(context, (store) => {
    const found = find(reference, store);
    if (!found.ok) return found;
    const { digest } = found.value;
    const sightings = store.sightingsOf(digest);
    const spellings = store.spellingsOf(digest);
    return ok({
      statement: found.value,
      words: describeTree(found.value.tree),
      repairs: appliedRepairs(found.value, spellings),
      ambiguous: mayBeAmbiguous(store, sightings) ? ambiguousLiterals(found.value.tree) : [],
      portability: portabilityOf(found.value, loadedPackages(store, sightings)),
      spellings,
      sightings,
      lastVerdict: store.verdictsOf(digest)[0],
    });
  });
}

/** The store has the repaired text, so what was repaired is asked of the spellings. */
function appliedRepairs(statement: Statement, spellings: readonly string[]): readonly AppliedRepair[] {
  const parsed = spellings.flatMap((spelling) => parseStatement(spelling).tree ?? []);
  const names = new Set([
    ...[statement, ...parsed.map(statementOf)].flatMap(({ repairs }) => repairs),
    ...replayRepairsOf(statement.tree.signature),
  ]);
  return repairRules.filter(({ name }) => names.has(name)).map(({ name, sureness }) => ({ name, sureness }));
}

/** Unless every Julia that printed it is known to print such values apart. */
function mayBeAmbiguous(store: StatementStore, sightings: readonly StoredSighting[]): boolean {
  const runs = new Set(sightings.map(({ run }) => run));
  const versions = store
    .runs()
    .filter(({ id }) => runs.has(id))
    .map(({ juliaVersion = "" }) => juliaVersion);
  const { major, minor } = lastAmbiguousJulia;
  const newer = (text: string): boolean => {
    const version = parseJuliaVersion(text);
    return version !== undefined && atLeast(version, major, minor + 1);
  };
  return versions.length === 0 || !versions.every(newer);
}

function find(text: string, store: StatementStore): CommandResult<Statement> {
  const reference = /^[0-9a-f]{1,32}$/i.test(text) ? text.toLowerCase() : text;
  if (/^[0-9a-f]{1,3}$/.test(reference)) {
    return failed(
      errorDiagnostic("PI942", `\`${text}\` is too short for a digest`, ["write at least its first four digits"]),
    );
  }
  if (!/^[0-9a-f]{4,32}$/.test(reference)) {
    const { tree, diagnostics } = parseStatement(reference.trim());
    if (tree !== undefined) return ok(statementOf(tree));
    const [first, ...rest] = diagnostics;
    return first === undefined ? failed(unknown(reference)) : err([first, ...rest]);
  }
  const [only, ...others] = store.statementsByDigest(reference);
  if (only === undefined) return failed(unknown(reference));
  if (others.length > 0) {
    return failed(
      errorDiagnostic("PI941", `several statements have a digest that begins with \`${reference}\``, [
        `name one: ${[only, ...others]
          .slice(0, 5)
          .map(({ digest }) => digest.slice(0, 12))
          .join(", ")}`,
      ]),
    );
  }
  return ok(statementOfText(only.canonical));
}

function unknown(reference: string) {
  return errorDiagnostic("PI940", `no statement has a digest that begins with \`${reference}\``, [
    "find one with `preimage list store --format table`",
  ]);
}

function loadedPackages(
  store: StatementStore,
  sightings: readonly StoredSighting[],
): { loadedPackages?: ReadonlySet<string> } {
  const each = sightings.map(({ run }) => store.packagesOf(run));
  if (each.length === 0 || each.some((packages) => packages === undefined)) return {};
  return { loadedPackages: new Set(each.flatMap((packages) => packages?.map(({ name }) => name) ?? [])) };
}
