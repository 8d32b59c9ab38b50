import type { JudgedStatement } from "../build/statement-file.ts";
import type { Statement, StatementDigest } from "../statement/statement.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { type CommandContext, warn } from "./context.ts";

/** The statements that no Julia of this version ended over; what went is told. */
export function withoutQuarantined(
  statements: readonly Statement[],
  juliaVersion: string,
  store: StatementStore,
  context: CommandContext,
): readonly Statement[] {
  const crashed = new Map<StatementDigest, string>(
    store.findings.quarantined(juliaVersion).map(({ digest, reason }) => [digest, reason]),
  );
  const left = statements.filter(({ digest }) => crashed.has(digest));
  if (left.length === 0) return statements;
  warn(context, {
    code: "PI436",
    severity: "warning",
    message:
      left.length === 1
        ? `a statement is left out, as it ended Julia before: ${left[0]?.canonical}`
        : `${left.length} statements are left out, as they ended Julia before, first ${left[0]?.canonical}`,
    hints: ["bake them all the same with `--include-quarantined`"],
  });
  return statements.filter(({ digest }) => !crashed.has(digest));
}

/** Keeps statements that ended the Julia of a bake out of the next one. */
export function quarantine(judged: readonly JudgedStatement[], juliaVersion: string, store: StatementStore): void {
  const crashed = judged.filter(({ verdict }) => verdict === "crashed");
  store.findings.recordRehearsal(
    { environment: "bake", juliaVersion, at: new Date().toISOString() },
    crashed.map(({ statement: { digest, canonical }, verdict, reason }) => {
      return { digest, canonical, verdict, reason, compileMs: null };
    }),
  );
}
