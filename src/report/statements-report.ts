import type { SetMember } from "../analysis/statement-set.ts";
import type { DiffOutcome } from "../commands/diff.ts";
import type { ListOutcome } from "../commands/list.ts";
import { counted, cut, type Format, json, lines, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

const statementWidth = 120;

export function memberDocument({ digest, canonical, runs }: SetMember) {
  return { digest, statement: canonical, runs };
}

export function reportList({ statements }: ListOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json({ statements: statements.map(memberDocument) }), exitCode: 0 };
  if (format === "lines") return { stdout: lines(statements.map(({ canonical }) => canonical)), exitCode: 0 };
  const rows = statements.map(({ digest, canonical, runs }) => [
    digest.slice(0, 12),
    String(runs.length),
    cut(canonical, statementWidth),
  ]);
  return {
    stdout: table(
      [
        ["digest", "left"],
        ["runs", "right"],
        ["statement", "left"],
      ],
      rows,
    ),
    exitCode: 0,
  };
}

export function reportDiff({ a, b, both, onlyA, onlyB }: DiffOutcome, format: Format): Rendering {
  const exitCode = onlyA.length + onlyB.length === 0 ? 0 : 1;
  if (format === "json") {
    return {
      stdout: json({ a, b, both, onlyA: onlyA.map(memberDocument), onlyB: onlyB.map(memberDocument) }),
      exitCode,
    };
  }
  const body = [...onlyA.map(({ canonical }) => `- ${canonical}`), ...onlyB.map(({ canonical }) => `+ ${canonical}`)];
  if (format === "lines") return { stdout: lines(body), exitCode };
  const total = `${counted(both, "statement")} in both, ${onlyA.length} only in ${a}, ${onlyB.length} only in ${b}`;
  return { stdout: lines([...body, total]), exitCode };
}
