import { listed } from "../statement/look-up.ts";
import { writtenText } from "../statement/statement.ts";
import { countReasons, type Pruned } from "./prune.ts";
import type { StatementSet } from "./statement-set.ts";

/** What a curated list begins with. */
export const curatedListMark = "# curated list, written by ";

const countMark = "# statements: ";

/** So many names of runs are in its header; the same list is not to change with each run that saw all of it before. */
const namedRuns = 8;

/**
 * A curated list as a text file: a header of comments, then sorted statements. It names no times, folders or run
 * numbers, so the same runs give the same file; PackageCompiler's `precompile_statements_file` reads it too.
 */
export function printCuratedList(tool: string, set: StatementSet, pruned: Pruned, filters: string): string {
  const julias = [...new Set(set.runs.map((run) => run.juliaVersion ?? "unknown"))].sort(byNumbers);
  const names = [...new Set(set.runs.map((run) => run.name))].sort();
  const dropped = countReasons(pruned).map(([reason, count]) => `${reason} ${count}`);
  const header = [
    `${curatedListMark}${tool}`,
    ...(julias.length === 0 ? [] : [`# julia: ${julias.join(", ")}`]),
    ...(names.length === 0 ? [] : [`# runs: ${set.runs.length} (${namesText(names)})`]),
    // A list that was optimized may have more than what it was made of.
    `${countMark}${pruned.kept.length}${pruned.kept.length > set.members.size ? ", made of" : " of"} ${set.members.size}`,
    ...(dropped.length === 0 ? [] : [`# dropped: ${dropped.join(", ")}`]),
    ...(filters === "" ? [] : [`# filters: ${filters}`]),
  ];
  return `${[...header.map(oneLine), ...pruned.kept.map((statement) => listed(writtenText(statement)))].join("\n")}\n`;
}

/** A line of a list's header, once the list has been patched and has so many statements. */
export function patchedHeaderLine(line: string, statements: number): string {
  return line.startsWith(countMark) ? `${countMark}${statements}, patched` : line;
}

const namesText = (names: readonly string[]): string =>
  names.length <= namedRuns
    ? names.join(", ")
    : `${names.slice(0, namedRuns).join(", ")} and ${names.length - namedRuns} more names`;

/** 1.5.3 before 1.10.8. */
const byNumbers = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

/** A name may hold a line feed, and what follows it would be no part of the header. */
export function oneLine(header: string): string {
  return header.replace(/\p{Cc}/gu, " ");
}
