import { countReasons, type Pruned } from "../analysis/prune.ts";
import type { PruneOutcome } from "../commands/prune.ts";
import { writtenText } from "../statement/statement.ts";
import { type Format, json, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

/** Standard output has the list, unless it went to a file; the counts go to standard error. */
export function reportPrune({ pruned, text, output }: PruneOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json(pruneDocument({ pruned, text, output })), exitCode: 0 };
  if (format === "table") return { stdout: reasonTable(pruned), exitCode: 0 };
  return { stdout: output === undefined ? text : "", exitCode: 0 };
}

function reasonTable(pruned: Pruned): string {
  const rows = [
    ["kept", pruned.kept.length] as const,
    ...countReasons(pruned).map(([reason, count]) => [`dropped: ${reason}`, count] as const),
  ];
  return table(
    [
      ["what became of it", "left"],
      ["statements", "right"],
    ],
    rows.map(([what, count]) => [what, String(count)]),
  );
}

export function pruneDocument({ pruned, output }: PruneOutcome) {
  return {
    kept: pruned.kept.length,
    dropped: countReasons(pruned).map(([reason, count]) => ({ reason, count })),
    ...(pruned.lookedUp === undefined ? {} : { lookedUp: pruned.lookedUp }),
    ...(pruned.rewritten === undefined ? {} : crossingDocument(pruned)),
    output: output ?? null,
    statements: pruned.kept.map((statement) => ({ digest: statement.digest, statement: writtenText(statement) })),
  };
}

/** For a list that is for another Julia: what it cannot be told, one by one. */
function crossingDocument({ rewritten, dropped }: Pruned) {
  const cannotCross = dropped.filter((each) => each.cannotCross);
  return { rewritten, cannotCross: cannotCross.map(({ member, reason }) => ({ statement: member.canonical, reason })) };
}

/** `kept 311 of 318 statements; dropped closure 4, belongs to the script 3`. */
export function pruneSummary({ pruned, output }: PruneOutcome): string {
  const all = pruned.kept.length + pruned.dropped.length;
  const reasons = countReasons(pruned)
    .map(([reason, count]) => `${reason} ${count}`)
    .join(", ");
  const words = [
    pruned.rewritten === undefined ? "" : `, ${pruned.rewritten} of them rewritten`,
    pruned.lookedUp ? `, ${pruned.lookedUp} of them by a look-up` : "",
  ].join("");
  const place = output === undefined ? "" : `, written to ${output}`;
  return `kept ${pruned.kept.length} of ${all} statements${words}${place}${reasons === "" ? "" : `; dropped: ${reasons}`}`;
}
