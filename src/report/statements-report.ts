import type { SetMember } from "../analysis/statement-set.ts";
import type { ListOutcome } from "../commands/list.ts";
import { listed } from "../statement/look-up.ts";
import { cut, type Format, json, lines, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

const statementWidth = 120;

function memberDocument({ digest, canonical, runs }: SetMember) {
  return { digest, statement: canonical, runs };
}

export function reportList({ statements }: ListOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json({ statements: statements.map(memberDocument) }), exitCode: 0 };
  if (format === "lines") return { stdout: lines(statements.map(({ canonical }) => listed(canonical))), exitCode: 0 };
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
