import Table from "cli-table3";

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
  const drawn = new Table({
    head: head.map(([name]) => name),
    colAligns: head.map(([, alignment]) => alignment),
    chars: plain,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  drawn.push(...rows.map((row) => [...row]));
  return `${drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")}\n`;
}

/** Names and values, without heads. */
export function facts(rows: readonly (readonly [name: string, value: string | undefined])[]): string {
  const known = rows.filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== "");
  const width = Math.max(...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join("");
}
