import type { PageData, StatementColumns } from "../page-data.ts";
import { button, element, section } from "./dom.ts";
import { type Column, PagedTable } from "./paged-table.ts";
import type { Palette } from "./palette.ts";
import { searchIn } from "./search.ts";
import type { Selected, Selection } from "./selection.ts";
import { verdictMeanings } from "./verdict-view.ts";
import { counted, duration, number, signatureText } from "./words.ts";

/** All statements: searched, sorted, and narrowed by what is chosen in the pictures. */
export function statementTable(data: PageData, palette: Palette, selection: Selection): HTMLElement {
  const { statements } = data;
  const timed = statements.compileMs.some((ms) => ms !== null);
  const columns = columnsOf(data, palette);
  const table = new PagedTable(columns, timed ? 1 : 0, (row) => details(statements, row, data));
  const box = element("input", {
    type: "search",
    placeholder: "words of a statement, such as: map Float64",
    "aria-label": "Search the statements",
    id: "search",
  });
  const chips = element("div", { class: "chips" });
  const search = searchIn(statements.text);
  const all = statements.text.map((_, index) => index);
  const update = (): void => {
    const matches = search(box.value);
    const chosen = selection.current;
    table.show(all.filter((row) => isChosen(statements, chosen, row) && matches(row)));
    chips.replaceChildren(...chipsOf(chosen, data, selection));
  };
  box.addEventListener("input", update);
  selection.onChange(update);
  update();
  return section("statements", "Statements", element("div", { class: "controls" }, box, chips), table.element);
}

function isChosen({ owner, method, verdict }: StatementColumns, chosen: Selected, row: number): boolean {
  if (chosen.owner !== undefined && owner[row] !== chosen.owner) return false;
  if (chosen.method !== undefined && method[row] !== chosen.method) return false;
  if (chosen.verdict !== undefined && (verdict[row]?.[0] ?? "none") !== chosen.verdict) return false;
  return chosen.part?.indices.has(row) ?? true;
}

function chipsOf(chosen: Selected, { names }: PageData, selection: Selection): readonly HTMLElement[] {
  const { owner, method, verdict, part } = chosen;
  const without = (key: keyof Selected) => () => selection.choose({ ...chosen, [key]: undefined });
  const chip = (key: keyof Selected, label: string): HTMLElement =>
    button(`${label} ×`, without(key), { class: "chip", title: "show others again" });
  return [
    ...(owner === undefined ? [] : [chip("owner", `module ${names.owners[owner]}`)]),
    ...(method === undefined ? [] : [chip("method", `method ${names.methods[method]}`)]),
    ...(verdict === undefined ? [] : [chip("verdict", verdict === "none" ? "not told yet" : verdict)]),
    ...(part === undefined ? [] : [chip("part", part.label)]),
  ];
}

/** Only what there is something to say of. */
function columnsOf({ statements, names, runs }: PageData, palette: Palette): readonly Column[] {
  const some = (values: readonly unknown[], empty: unknown): boolean => values.some((value) => value !== empty);
  const owner = (row: number): number => statements.owner[row] ?? -1;
  const ms = (row: number): number | null => statements.compileMs[row] ?? null;
  const columns: readonly (Column & { readonly shown: boolean })[] = [
    {
      name: "statement",
      class: "statement",
      shown: true,
      cell: (row) => element("code", {}, signatureText(statements.text[row] ?? "")),
      sort: [(row) => statements.text[row] ?? "", "ascending"],
    },
    {
      name: "compile time",
      class: "number",
      shown: some(statements.compileMs, null),
      cell: (row) => timeText(ms(row)),
      sort: [ms, "descending"],
    },
    {
      name: "again",
      class: "number narrow",
      shown: some(statements.recompiles, 0),
      cell: (row) => (statements.recompiles[row] ? `${statements.recompiles[row]}×` : ""),
      sort: [(row) => statements.recompiles[row] ?? 0, "descending"],
    },
    {
      name: "module",
      class: "module",
      shown: true,
      cell: (row) =>
        element(
          "span",
          {},
          element("span", { class: `swatch ${palette.colourOf(owner(row))}` }),
          names.owners[owner(row)] ?? "",
        ),
      sort: [(row) => names.owners[owner(row)] ?? "", "ascending"],
    },
    {
      name: "runs",
      class: "number narrow",
      shown: runs.length > 1,
      cell: (row) => number(statements.runs[row] ?? 0),
      sort: [(row) => statements.runs[row] ?? 0, "descending"],
    },
    {
      name: "verdict",
      class: "verdict",
      shown: some(statements.verdict, null),
      cell: (row) => verdictCell(statements.verdict[row]?.[0]),
      sort: [(row) => statements.verdict[row]?.[0] ?? null, "ascending"],
    },
    {
      name: "obstacles",
      class: "obstacles",
      shown: statements.obstacles.some(({ length }) => length > 0),
      cell: (row) => obstaclesOf(statements, row, names.obstacles),
      sort: [(row) => obstaclesOf(statements, row, names.obstacles) || null, "ascending"],
    },
  ];
  return columns.filter(({ shown }) => shown);
}

/** Below a millisecond, two digits still tell apart. */
const timeText = (ms: number | null): string =>
  ms === null ? "" : ms < 10 ? `${ms.toFixed(ms < 1 ? 2 : 1)} ms` : duration(ms);

function verdictCell(verdict: string | undefined): Node | string {
  return verdict === undefined
    ? ""
    : element("span", {}, element("span", { class: `swatch verdict-${verdict}` }), verdict);
}

const obstaclesOf = ({ obstacles }: StatementColumns, row: number, names: readonly string[]): string =>
  (obstacles[row] ?? []).map((obstacle) => names[obstacle]).join(", ");

/** All that the page knows of one. */
export function details(statements: StatementColumns, row: number, { names }: Pick<PageData, "names">): Node {
  const [verdict, by, reason = -1] = statements.verdict[row] ?? [];
  const recompiles = statements.recompiles[row] ?? 0;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["method", names.methods[statements.method[row] ?? -1]],
    ["seen by", statements.runs[row] ? counted(statements.runs[row] ?? 0, "run") : undefined],
    ["compiled again", recompiles > 0 ? `${recompiles} times: something had made it invalid` : undefined],
    ["cannot be named in another build", obstaclesOf(statements, row, names.obstacles)],
    [`verdict of the last ${by}`, verdict && `${verdict}: ${names.reasons[reason] || verdictMeanings[verdict]}`],
    ["more", `preimage explain ${statements.digest[row]}`],
  ];
  const list = facts.flatMap(([name, value]) => (value ? [element("dt", {}, name), element("dd", {}, value)] : []));
  return element("div", {}, element("pre", {}, statements.text[row] ?? ""), element("dl", {}, ...list));
}
