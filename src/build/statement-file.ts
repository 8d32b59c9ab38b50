import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { printForJulia } from "../statement/julia-text.ts";
import type { RepairsOff } from "../statement/repair.ts";
import type { Statement } from "../statement/statement.ts";
import { type Verdict, verdicts } from "../statement/verdict.ts";

export interface JudgedStatement {
  readonly statement: Statement;
  readonly verdict: Verdict;
  /** Empty where the verdict is `compiled`. */
  readonly reason: string;
  /** What it took to compile after those in front of it, in milliseconds; where it was measured. */
  readonly compileMs?: number | undefined;
  /** How many instructions Julia's own code for it has; undefined where Julia does not tell. */
  readonly instructions?: number | undefined;
}

/** Statements as a Julia is handed them: a signature a line, printed from the trees. */
export interface StatementFile {
  /** In the order of the lines. */
  readonly printed: readonly Statement[];
  /** Those that no text that Julia may be handed exists of. */
  readonly unprintable: readonly JudgedStatement[];
}

export function writeStatementFile(
  path: string,
  statements: readonly Statement[],
  repairsOff?: RepairsOff | undefined,
): StatementFile {
  const printed: Statement[] = [];
  const unprintable: JudgedStatement[] = [];
  const lines: string[] = [];
  for (const statement of statements) {
    const text = printForJulia(statement, repairsOff);
    if (text.ok) {
      printed.push(statement);
      lines.push(`${text.value}\n`);
    } else unprintable.push({ statement, verdict: "unresolved", reason: text.error });
  }
  writeFileSync(path, lines.join(""));
  return { printed, unprintable };
}

/** What `replay.jl` wrote of the lines of a statement file: `number<TAB>verdict<TAB>reason[<TAB>milliseconds<TAB>instructions]`. */
export function readVerdicts(path: string, { printed }: StatementFile): JudgedStatement[] {
  if (!existsSync(path)) return [];
  const judged: JudgedStatement[] = [];
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const [number = "", said, reason = "", ms, size] = line.split("\t");
    const statement = printed[Number(number) - 1];
    const verdict = verdicts.find((verdict) => verdict === said);
    if (statement === undefined || verdict === undefined) continue;
    judged.push({
      statement,
      verdict,
      reason,
      compileMs: ms === undefined ? undefined : Number(ms),
      instructions: Number(size) || undefined,
    });
  }
  return judged;
}
