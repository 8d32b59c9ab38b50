import type { ChangeKind } from "../analysis/change-kind.ts";
import { listPatch } from "../analysis/list-patch.ts";
import type { Change } from "../analysis/pairing.ts";
import type { SeenIn } from "../analysis/statement-set.ts";
import type { DiffOutcome } from "../commands/diff.ts";
import { digestOf } from "../statement/statement.ts";
import { changeWords } from "./change-words.ts";
import { counted, ending, type Format, json, lines, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

/** What to tell of a difference. */
export type DiffView = "statements" | "counts";

export interface DiffLook {
  readonly format: Format;
  readonly view: DiffView;
  /** Ends with 1 where the sets differ. */
  readonly exitCode: boolean;
}

export function reportDiff(outcome: DiffOutcome, look: DiffLook): Rendering {
  const { onlyA, onlyB, changed } = outcome;
  const same = onlyA.length + onlyB.length + changed.length === 0;
  return { stdout: diffText(outcome, look), exitCode: same || !look.exitCode ? 0 : 1 };
}

function diffText(outcome: DiffOutcome, { format, view }: DiffLook): string {
  if (format === "json") return json(diffDocument(outcome, view));
  if (format === "lines") return lines(patchOf(outcome));
  if (outcome.groups !== undefined) return groupTable(outcome);
  if (view === "counts") return countTable(outcome);
  const { onlyA, onlyB, changed } = outcome;
  return lines([
    ...onlyA.map(({ canonical }) => `- ${canonical}`),
    ...onlyB.map(({ canonical }) => `+ ${canonical}`),
    ...changed.flatMap(changeLines),
    summary(outcome),
  ]);
}

const changeLines = ({ kind, method, a, b }: Change<SeenIn>): readonly string[] => [
  `~ ${method}: ${changeWords[kind]}`,
  `  - ${a.canonical}`,
  `  + ${b.canonical}`,
];

function summary({ a, b, both, onlyA, onlyB, changed, ignored }: DiffOutcome): string {
  const parts = [
    `${counted(both, "statement")} in both`,
    `${onlyA.length} only in ${a}`,
    `${onlyB.length} only in ${b}`,
    ...(changed.length === 0 ? [] : [`${changed.length} changed`]),
    ...(ignored === 0 ? [] : [`${ignored} ${ignored === 1 ? "change" : "changes"} ignored`]),
  ];
  return parts.join(", ");
}

const countKinds = (changed: readonly Change<SeenIn>[]): readonly (readonly [ChangeKind, number])[] => {
  const kinds = Map.groupBy(changed, ({ kind }) => kind);
  return (Object.keys(changeWords) as ChangeKind[]).flatMap((kind) => {
    const count = kinds.get(kind)?.length ?? 0;
    return count === 0 ? [] : [[kind, count] as const];
  });
};

function countTable({ a, b, both, onlyA, onlyB, changed, ignored }: DiffOutcome): string {
  const rows: readonly (readonly [string, number])[] = [
    ["in both", both],
    [`only in ${a}`, onlyA.length],
    [`only in ${b}`, onlyB.length],
    ...countKinds(changed).map(([kind, count]) => [`changed: ${changeWords[kind]}`, count] as const),
    ...(ignored === 0 ? [] : [["changed, ignored", ignored] as const]),
  ];
  return table(
    [
      ["what", "left"],
      ["statements", "right"],
    ],
    rows.map(([what, count]) => [what, String(count)]),
  );
}

function groupTable({ a, b, by = "owner", groups = [], onlyA, onlyB, changed }: DiffOutcome): string {
  const rows = [
    ...groups.map((group) => [group.group, group.onlyA, group.onlyB, group.changed] as const),
    ["total", onlyA.length, onlyB.length, changed.length] as const,
  ];
  return table(
    [
      [by, "left"],
      [`only in ${ending(a)}`, "right"],
      [`only in ${ending(b)}`, "right"],
      ["changed", "right"],
    ],
    rows.map((row) => row.map(String)),
  );
}

function patchOf({ a, b, allOfA = [], header, onlyA, onlyB, changed }: DiffOutcome): readonly string[] {
  return listPatch({
    from: a,
    to: b,
    header,
    lines: allOfA.map(({ canonical }) => canonical),
    removed: new Set<string>([...onlyA, ...changed.map((change) => change.a)].map(({ canonical }) => canonical)),
    added: [...onlyB, ...changed.map((change) => change.b)].map(({ canonical }) => canonical as string).sort(),
  });
}

const seenDocument = ({ canonical, runs }: SeenIn) => ({ digest: digestOf(canonical), statement: canonical, runs });

function diffDocument(outcome: DiffOutcome, view: DiffView) {
  const { a, b, by, groups, both, onlyA, onlyB, changed, ignored } = outcome;
  const grouped = groups === undefined ? {} : { by, groups };
  if (view === "counts") {
    const kinds = Object.fromEntries(countKinds(changed));
    return { a, b, both, onlyA: onlyA.length, onlyB: onlyB.length, changed: kinds, ignored, ...grouped };
  }
  return {
    a,
    b,
    both,
    onlyA: onlyA.map(seenDocument),
    onlyB: onlyB.map(seenDocument),
    changed: changed.map((change) => ({
      kind: change.kind,
      method: change.method,
      a: seenDocument(change.a),
      b: seenDocument(change.b),
    })),
    ignored,
    ...grouped,
  };
}
