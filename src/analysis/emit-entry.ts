import { listed } from "../statement/look-up.ts";
import type { Statement } from "../statement/statement.ts";
import { compileTime, recompiles } from "./measurement.ts";
import type { SetMember } from "./statement-set.ts";

/** What is said of a statement beside its text. */
export interface Entry {
  readonly member: SetMember;
  readonly statement: Statement;
  /** In milliseconds; undefined where nobody tells. */
  readonly compileMs: number | undefined;
  readonly recompiles: number;
}

export const entryOf = (member: SetMember, statement: Statement): Entry => ({
  member,
  statement,
  compileMs: compileTime(member.measured, "max"),
  recompiles: recompiles(member.measured),
});

export const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

/** SnoopCompile's words for the time, in seconds, and Julia's mark. */
export function remarks({ compileMs, recompiles }: Entry): string {
  const time = compileMs === undefined ? [] : [`# time: ${Number((compileMs / 1000).toPrecision(12))}`];
  const parts = [...time, ...(recompiles > 0 ? ["# recompile"] : [])];
  return parts.length === 0 ? "" : `   ${parts.join(" ")}`;
}

export const statementLine = (entry: Entry): string => `${listed(entry.statement.canonical)}${remarks(entry)}`;

/** A look-up is no statement of every Julia's: in a program's file it is a comment. */
export const isCode = ({ statement: { canonical } }: Entry): boolean => listed(canonical) === canonical;
