export type Key = number | string | null;
export type Direction = "ascending" | "descending";

/** The rows in the order of their keys, and where those are equal in the order that they had; nothing known comes last. */
export function ordered(rows: readonly number[], keyOf: (row: number) => Key, direction: Direction): number[] {
  const sign = direction === "ascending" ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return a.key < b.key ? -sign : a.key > b.key ? sign : 0;
  });
  return keyed.map(({ row }) => row);
}
