import { stringify, type TomlTable, type TomlValue } from "smol-toml";
import { atLeast, type JuliaVersion } from "./julia-version.ts";
import type { RawEntry } from "./raw-manifest.ts";

/** Julia 1.6.2 was the first to read format 2, and the first to need it for what newer packages say. */
const readsFormat2 = (version: JuliaVersion): boolean =>
  atLeast(version, 1, 7) || (version.major === 1 && version.minor === 6 && version.patch >= 2);

/**
 * A Manifest as `Pkg` writes it: entries by their names, one key a line, which is all that Julia up to 1.5 reads.
 * `head`: a comment.
 */
export function manifestText(entries: readonly RawEntry[], version: JuliaVersion, head: string): string {
  const format2 = readsFormat2(version);
  const top = format2 ? [`julia_version = ${quoted(version.text)}`, 'manifest_format = "2.0"', ""] : [];
  const sorted = [...entries].sort((a, b) =>
    a.name === b.name ? (a.uuid < b.uuid ? -1 : 1) : a.name < b.name ? -1 : 1,
  );
  const blocks = sorted.flatMap(({ name, table }) => [
    ...entryLines(format2 ? `deps.${key(name)}` : key(name), table),
    "",
  ]);
  return [`# ${head}`, "", ...top, ...blocks].join("\n");
}

function entryLines(path: string, table: TomlTable): string[] {
  const parts = Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));
  const inner = parts.filter((part): part is [string, TomlTable] => isTable(part[1]));
  return [
    `[[${path}]]`,
    ...parts.filter(([, value]) => !isTable(value)).map(([name, value]) => `${key(name)} = ${valueText(value)}`),
    ...inner.flatMap(([name, values]) => tableLines(`${path}.${key(name)}`, values)),
  ];
}

function tableLines(path: string, table: TomlTable): string[] {
  const lines = Object.entries(table)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `    ${key(name)} = ${valueText(value)}`);
  return ["", `    [${path}]`, ...lines];
}

function isTable(value: TomlValue): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}

function valueText(value: TomlValue): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  // The value alone, as the library writes it.
  return stringify({ value })
    .trim()
    .replace(/^value = /, "");
}

/** A basic string of TOML. */
export function quoted(text: string): string {
  return stringify({ text })
    .trim()
    .replace(/^text = /, "");
}

/** A bare key, or a quoted one. */
export const key = (name: string): string => (/^[A-Za-z0-9_-]+$/.test(name) ? name : quoted(name));
