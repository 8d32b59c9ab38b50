import { adviceFor } from "../analysis/advice.ts";
import { baseModule, mainModule, packageOf } from "../analysis/package-of.ts";
import { crossTo } from "../statement/crossing.ts";
import type { TraceRun } from "../statement/provenance.ts";
import { relatives } from "../statement/relatives.ts";
import { type Statement, statementOf } from "../statement/statement.ts";
import type { StoredRehearsal, StoredVerdict } from "../statement/verdict.ts";
import type { StatementStore, StoredSighting } from "../store/statement-store.ts";
import type { StoredStatement } from "../store/stored-statement.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, withExistingStore } from "./context.ts";
import { findStatement, type ShowOutcome, showStatement, warnOfMissingModule } from "./show.ts";

export interface ExplainOutcome extends ShowOutcome {
  /** Those that saw it. */
  readonly runs: readonly TraceRun[];
  /** Newest bake first. */
  readonly verdicts: readonly StoredVerdict[];
  /** Newest first. */
  readonly rehearsals: readonly StoredRehearsal[];
  /** What is taken for a package, as no run tells which packages were loaded. */
  readonly assumedPackage: string | undefined;
  /** What other Julia versions say for it, as far as it can be said. */
  readonly relatives: readonly RelativeStatement[];
  /** What to do, a sentence each. */
  readonly advice: readonly string[];
}

export interface RelativeStatement extends StoredStatement {
  /** A run has seen it. */
  readonly recorded: boolean;
}

/** What `show` tells, with why it is here and what to do. `reference`: as `show` takes it. */
export function explain(reference: string, context: CommandContext): Promise<CommandResult<ExplainOutcome>> {
  return withExistingStore(context, async (store) => {
    const found = await findStatement(reference, store);
    if (!found.ok) return found;
    const shown = await showStatement(found.value, store);
    const { statement, sightings, portability, lastVerdict } = shown;
    if (sightings.length === 0) warnOfMissingModule(statement, context);
    const rehearsals = store.findings.rehearsalsOf(statement.digest);
    return ok({
      ...shown,
      runs: sightings.flatMap(({ run }) => store.run(run) ?? []),
      verdicts: store.findings.verdictsOf(statement.digest),
      rehearsals,
      assumedPackage: assumedPackage(statement, sightings, store),
      relatives: relativesIn(store, statement),
      advice: adviceFor(statement, {
        portability,
        seen: sightings.length > 0,
        recompiled: sightings.some(({ recompiles }) => recompiles > 0),
        lastVerdict: lastVerdict?.verdict ?? rehearsals[0]?.verdict,
        onlyRehearsed: lastVerdict === undefined,
      }),
    });
  });
}

/** The script's own modules are printed as packages are: only runs that tell what was loaded know them apart. */
function assumedPackage(
  statement: Statement,
  sightings: readonly StoredSighting[],
  store: StatementStore,
): string | undefined {
  const name = packageOf(statement);
  const isKnown = name === baseModule || name === mainModule;
  return isKnown || store.packagesOfAll(sightings.map(({ run }) => run)) !== undefined ? undefined : name;
}

/** Each release at which Julia began to say something in another way gives at most two. */
function relativesIn(store: StatementStore, statement: Statement): readonly RelativeStatement[] {
  const releases = relatives.flatMap(({ since }) => [since, { ...since, minor: since.minor - 1 }]);
  const found = new Map<string, RelativeStatement>();
  for (const release of releases) {
    const crossing = crossTo(release, statement.tree);
    if ("obstacle" in crossing) continue;
    const { digest, canonical } = statementOf(crossing.tree);
    if (digest === statement.digest || found.has(digest)) continue;
    found.set(digest, { digest, canonical, recorded: store.sightingsOf(digest).length > 0 });
  }
  return [...found.values()];
}
