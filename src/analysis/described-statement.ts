import { obstacleName } from "../statement/portability.ts";
import type { CanonicalText, StatementDigest } from "../statement/statement.ts";
import { obstaclesInText, summaryOf } from "../statement/summary.ts";
import { compileTime, recompiles, type TimeChoice } from "./measurement.ts";
import { loadedIn, type PackagesOf } from "./prune.ts";
import { type StatementSet, sortedMembers } from "./statement-set.ts";

/** A statement with all that can be said of it in a word, for a page that shows many. */
export interface DescribedStatement {
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
  readonly owner: string;
  /** In words, as `stats --by method` names it. */
  readonly method: string;
  /** Empty where it is portable. */
  readonly obstacles: readonly string[];
  /** In milliseconds; undefined where nobody tells it. */
  readonly compileMs: number | undefined;
  readonly recompiles: number;
  /** How many runs of the set saw it. */
  readonly runs: number;
}

/** In the order of their text. */
export function describedStatements(
  set: StatementSet,
  choice: TimeChoice,
  packagesOf: PackagesOf,
): readonly DescribedStatement[] {
  const contextOf = loadedIn(packagesOf);
  return sortedMembers(set).map(({ digest, canonical, measured, runs }) => {
    const { owner, method } = summaryOf(canonical);
    return {
      digest,
      canonical,
      owner,
      method,
      obstacles: [...new Set(obstaclesInText(canonical, contextOf(runs)).map(obstacleName))],
      compileMs: compileTime(measured, choice),
      recompiles: recompiles(measured),
      runs: runs.length,
    };
  });
}
