import type { StatementTree } from "../../grammar/type-expr.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { atLeast, parseJuliaVersion } from "../julia/julia-version.ts";
import { type AmbiguousLiteral, ambiguousLiterals, lastAmbiguousJulia } from "../statement/ambiguous-literal.ts";
import { describeTree } from "../statement/describe.ts";
import { ownerOf } from "../statement/owner.ts";
import { portabilityOf } from "../statement/portability.ts";
import { type RepairRule, repairRules, replayRepairsOf } from "../statement/replay-repair.ts";
import type { Portability, Statement } from "../statement/statement.ts";
import { treeOf } from "../statement/tree-of.ts";
import type { StoredVerdict } from "../statement/verdict.ts";
import type { StatementStore, StoredSighting } from "../store/statement-store.ts";
import type { StoredStatement } from "../store/stored-statement.ts";
import { err, ok } from "../support/result.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { type CommandContext, type CommandResult, failed, warn, withExistingStore } from "./context.ts";

export interface ShowOutcome {
  readonly statement: Statement;
  readonly words: readonly string[];
  /** The rules that made it of what Julia printed, and those that make of it what a Julia is handed. */
  readonly repairs: readonly RepairRule[];
  /** Values that the Julia which printed them does not tell from others. */
  readonly ambiguous: readonly AmbiguousLiteral[];
  readonly portability: Portability;
  readonly spellings: readonly string[];
  readonly sightings: readonly StoredSighting[];
  /** The newest bake's. */
  readonly lastVerdict: StoredVerdict | undefined;
}

/** `reference`: the first digits of a digest, or a statement's text, which the store need not hold. */
export function show(reference: string, context: CommandContext): Promise<CommandResult<ShowOutcome>> {
  return withExistingStore(context, async (store) => {
    const found = await findStatement(reference, store);
    if (!found.ok) return found;
    const shown = await showStatement(found.value, store);
    if (shown.sightings.length === 0) warnOfMissingModule(shown.statement, context);
    return ok(shown);
  });
}

/** A function is printed with its module: without one, it is another statement. `Core.kwftype(typeof(Type))` is printed so. */
const bareFunction = /\btypeof\((?!Type\))([A-Za-z_]\w*!?)\)/;

/** Whoever writes a statement by hand leaves out what Julia prints. */
export function warnOfMissingModule({ canonical }: Statement, context: CommandContext): void {
  const [, name] = bareFunction.exec(canonical) ?? [];
  if (name === undefined) return;
  warn(context, {
    code: "PI943",
    severity: "warning",
    message: `\`${name}\` has no module here, and Julia prints one: this is another statement`,
    hints: [`write \`typeof(Base.${name})\` where it is Base's`],
  });
}

/** What the store and the statement itself say. */
export async function showStatement(statement: Statement, store: StatementStore): Promise<ShowOutcome> {
  const { digest, tree } = statement;
  const sightings = store.sightingsOf(digest);
  const spellings = store.spellingsOf(digest);
  return {
    statement,
    words: describeTree(tree),
    repairs: await appliedRepairs(statement, spellings),
    ambiguous: mayBeAmbiguous(store, sightings) ? ambiguousLiterals(tree, printedTrees(statement, spellings)) : [],
    portability: portabilityOf(statement, loadedPackages(store, sightings)),
    spellings,
    sightings,
    lastVerdict: store.findings.verdictsOf(digest)[0],
  };
}

/** The store has the repaired text, so what was repaired is asked of the spellings. */
async function appliedRepairs(statement: Statement, spellings: readonly string[]): Promise<readonly RepairRule[]> {
  const names = new Set([...statement.repairs, ...replayRepairsOf(statement.tree.signature)]);
  const others = spellings.filter((spelling) => spelling !== statement.canonical);
  if (others.length > 0) {
    const { canonicalize } = await import("../statement/canonical.ts");
    for (const tree of treesOf(others)) for (const name of canonicalize(tree).repairs) names.add(name);
  }
  return repairRules.filter(({ name }) => names.has(name));
}

/** A statement that is asked for by its text has no spelling but that. */
function printedTrees(statement: Statement, spellings: readonly string[]): readonly StatementTree[] {
  if (spellings.length > 0) return treesOf(spellings);
  return statement.repairs.includes("bare-symbol") ? [] : [statement.tree];
}

/** Unless every Julia that printed it is known to print such values apart. */
function mayBeAmbiguous(store: StatementStore, sightings: readonly StoredSighting[]): boolean {
  const versions = store.juliaVersionsOf(sightings.map(({ run }) => run)).map((version) => version ?? "");
  const { major, minor } = lastAmbiguousJulia;
  const newer = (text: string): boolean => {
    const version = parseJuliaVersion(text);
    return version !== undefined && atLeast(version, major, minor + 1);
  };
  return versions.length === 0 || !versions.every(newer);
}

/** `text`: as `show` takes it. */
export async function findStatement(text: string, store: StatementStore): Promise<CommandResult<Statement>> {
  const reference = /^[0-9a-f]{1,32}$/i.test(text) ? text.toLowerCase() : text;
  if (/^[0-9a-f]{1,3}$/.test(reference)) {
    return failed(
      errorDiagnostic("PI942", `\`${text}\` is too short for a digest`, ["write at least its first four digits"]),
    );
  }
  if (!/^[0-9a-f]{4,32}$/.test(reference)) {
    const { tree, diagnostics } = parseStatement(reference.trim());
    if (tree !== undefined) {
      const { statementOf } = await import("../statement/statement.ts");
      return ok(statementOf(tree));
    }
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
  return ok(storedStatement(only));
}

/** A canonical text is one that preimage printed, so it parses, and there is nothing to repair in it. */
function storedStatement({ digest, canonical }: StoredStatement): Statement {
  const tree = treeOf(canonical);
  return { digest, canonical, tree, owner: ownerOf(tree.signature), repairs: [] };
}

const treesOf = (texts: readonly string[]): StatementTree[] => texts.flatMap((text) => parseStatement(text).tree ?? []);

function unknown(reference: string) {
  return errorDiagnostic("PI940", `no statement has a digest that begins with \`${reference}\``, [
    "find one with `preimage list store --format table`",
  ]);
}

function loadedPackages(
  store: StatementStore,
  sightings: readonly StoredSighting[],
): { loadedPackages?: ReadonlySet<string> } {
  const loadedPackages = store.packagesOfAll(sightings.map(({ run }) => run));
  return loadedPackages === undefined ? {} : { loadedPackages };
}
