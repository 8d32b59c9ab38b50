import type { MergedStore, MergeOutcome } from "../commands/merge.ts";
import { cut, type Format, json, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

/** More stores than this are told in one row: what matters of a thousand is their sum, and which were damaged. */
const shownStores = 20;
const pathWidth = 60;

const sum = (stores: readonly MergedStore[], of: (store: MergedStore) => number): number =>
  stores.reduce((total, store) => total + of(store), 0);

export function reportMerge({ into, stores }: MergeOutcome, format: Format): Rendering {
  const total = {
    runs: sum(stores, ({ runs }) => runs),
    known: sum(stores, ({ known }) => known),
    newStatements: sum(stores, ({ newStatements }) => newStatements),
    bakes: sum(stores, ({ bakes }) => bakes),
    rehearsed: sum(stores, ({ rehearsed }) => rehearsed),
  };
  if (format === "json") {
    const documents = stores.map(({ damage, ...store }) => ({ ...store, damage: damage ?? null }));
    return { stdout: json({ into, stores: documents, total }), exitCode: 0 };
  }
  const shown = stores.length > shownStores ? stores.filter(({ damage }) => damage !== undefined) : stores;
  const row = (name: string, counts: typeof total, damage = ""): readonly string[] => [
    cut(name, pathWidth),
    String(counts.runs),
    String(counts.known),
    String(counts.newStatements),
    String(counts.bakes),
    String(counts.rehearsed),
    damage,
  ];
  return {
    stdout: table(
      [
        ["store", "left"],
        ["runs", "right"],
        ["known", "right"],
        ["new statements", "right"],
        ["bakes", "right"],
        ["rehearsed", "right"],
        ["damage", "left"],
      ],
      [...shown.map((store) => row(store.path, store, store.damage)), row(`${stores.length} in all`, total)],
    ),
    exitCode: 0,
  };
}
