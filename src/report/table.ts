import type CliTable from "cli-table3";

const require = process.getBuiltinModule("node:module").createRequire(import.meta.url);

const plain = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

export type Alignment = "left" | "right";

/** Columns under their heads, two blanks apart; ends with a line feed. */
export function table(
  head: readonly (readonly [name: string, alignment: Alignment])[],
  rows: readonly (readonly string[])[],
): string {
  const plainLines = plainTable(head, rows);
  if (plainLines !== undefined) return plainLines;
  // Most tables do without it, and it takes as long to load as the rest of a small command.
  const Table: typeof CliTable = require("cli-table3");
  const drawn = new Table({
    head: head.map(([name]) => name),
    colAligns: head.map(([, alignment]) => alignment),
    chars: plain,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  drawn.push(...rows.map((row) => row.map(withoutControls)));
  return `${drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")}\n`;
}

/** A name may hold what colours a terminal. */
const withoutControls = (cell: string): string => cell.replace(/[^\P{Cc}\n]/gu, "\uFFFD");

/**
 * Where a character is a column wide and a cell a line, as in most tables: the same, for a thousand rows in no time. Loops
 * and a string a line, as what is made for each cell costs more than all the rest.
 */
function plainTable(
  head: readonly (readonly [name: string, alignment: Alignment])[],
  rows: readonly (readonly string[])[],
): string | undefined {
  const widths = head.map(([name]) => name.length);
  for (const row of rows) {
    for (let column = 0; column < widths.length; column += 1) {
      const { length } = row[column] ?? "";
      if (length > (widths[column] ?? 0)) widths[column] = length;
    }
  }
  const alignments = head.map(([, alignment]) => alignment);
  const lines: string[] = [];
  for (const row of [head.map(([name]) => name), ...rows]) {
    const line = widths
      .map((width, column) => {
        const cell = row[column] ?? "";
        return alignments[column] === "right" ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ");
    if (!/^[ -~]*$/.test(line)) return undefined;
    lines.push(line.trimEnd());
  }
  return `${lines.join("\n")}\n`;
}

/** Names and values, without heads. */
export function facts(rows: readonly (readonly [name: string, value: string | undefined])[]): string {
  const known = rows.filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== "");
  const width = Math.max(...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join("");
}
