import { statementOfText } from "../analysis/prune.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { describeTree } from "../statement/describe.ts";
import { portabilityOf } from "../statement/portability.ts";
import type { Portability, Statement } from "../statement/statement.ts";
import { statementOf } from "../statement/statement.ts";
import type { StoredVerdict } from "../statement/verdict.ts";
import type { StatementStore, StoredSighting } from "../store/statement-store.ts";
import { err, ok } from "../support/result.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { type CommandContext, type CommandResult, failed, withStore } from "./context.ts";

export interface ShowOutcome {
  readonly statement: Statement;
  readonly words: readonly string[];
  readonly portability: Portability;
  readonly spellings: readonly string[];
  readonly sightings: readonly StoredSighting[];
  /** The newest bake's. */
  readonly lastVerdict: StoredVerdict | undefined;
}

/** `reference`: the first digits of a digest, or a statement's text, which the store need not hold. */
export function show(reference: string, context: CommandContext): Promise<CommandResult<ShowOutcome>> {
  return withStore(context, (store) => {
    const found = find(reference, store);
    if (!found.ok) return found;
    const { digest } = found.value;
    const sightings = store.sightingsOf(digest);
    return ok({
      statement: found.value,
      words: describeTree(found.value.tree),
      portability: portabilityOf(found.value, loadedPackages(store, sightings)),
      spellings: store.spellingsOf(digest),
      sightings,
      lastVerdict: store.verdictsOf(digest)[0],
    });
  });
}

function find(reference: string, store: StatementStore): CommandResult<Statement> {
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
