import { changeWords } from "../../change-words.ts";
import type { PageComparison, PageData, StatementColumns } from "../page-data.ts";
import { commonEnds } from "./common-ends.ts";
import { choice, element, section } from "./dom.ts";
import { PagedTable } from "./paged-table.ts";
import { searchIn } from "./search.ts";
import { details } from "./statement-table.ts";
import { number, signatureText } from "./words.ts";

type Kind = "went" | "came" | "changed";

/** One row of the table: a statement, or a pair of them. */
interface Difference {
  readonly kind: Kind;
  readonly owner: number;
  readonly how: string;
  /** Undefined: the other set has none. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

const mostOwners = 12;

/** What came, what went and what changed against the other set, by module and one by one. */
export function diffView(data: PageData, comparison: PageComparison): HTMLElement {
  const differences = differencesOf(data.statements, comparison);
  const { against, both } = comparison;
  const count = (kind: Kind): string => number(differences.filter((each) => each.kind === kind).length);
  const about = element(
    "p",
    { class: "about" },
    `Against ${against}: ${number(both)} in both, ${count("came")} came, ${count("went")} went, ${count("changed")} changed.`,
  );
  const parts =
    differences.length === 0 ? [] : [ownerBars(data, differences), differenceTable(data, comparison, differences)];
  return section("differences", "What changed", about, ...parts);
}

function differencesOf(
  { owner }: StatementColumns,
  { others, went, came, changed }: PageComparison,
): readonly Difference[] {
  const here = (to: number): number => owner[to] ?? -1;
  return [
    ...came.map((to): Difference => ({ kind: "came", owner: here(to), how: "only here", from: undefined, to })),
    ...went.map(
      (from): Difference => ({ kind: "went", owner: others.owner[from] ?? -1, how: "only there", from, to: undefined }),
    ),
    ...changed.map(
      ({ kind, from, to }): Difference => ({ kind: "changed", owner: here(to), how: changeWords[kind], from, to }),
    ),
  ];
}

function ownerBars({ names }: PageData, differences: readonly Difference[]): HTMLElement {
  const groups = [...Map.groupBy(differences, ({ owner }) => owner)].sort((a, b) => b[1].length - a[1].length);
  const shown = groups.slice(0, mostOwners);
  const rest = groups.slice(mostOwners).flatMap(([, each]) => each);
  const rows = shown.map(([owner, each]) => [names.owners[owner] ?? "", each] as const);
  if (rest.length > 0) rows.push([`${groups.length - mostOwners} more modules`, rest]);
  const most = Math.max(...rows.map(([, each]) => each.length));
  return element("div", { class: "diff-bars" }, ...rows.flatMap(([name, each]) => bars(name, each, most)));
}

function bars(name: string, differences: readonly Difference[], most: number): readonly HTMLElement[] {
  const row = element("div", { class: "bars" });
  const words: string[] = [];
  for (const kind of ["came", "changed", "went"] as const) {
    const count = differences.filter((each) => each.kind === kind).length;
    if (count === 0) continue;
    const bar = element("span", { class: `diff-${kind}` });
    bar.style.width = `${(85 * count) / most}%`;
    row.append(bar);
    words.push(`${number(count)} ${kind}`);
  }
  row.append(element("span", { class: "size" }, words.join(", ")));
  return [element("span", { class: "name", title: name }, name), row];
}

function differenceTable(data: PageData, { others }: PageComparison, differences: readonly Difference[]): HTMLElement {
  const { statements, names } = data;
  const textOf = ({ from, to }: Difference): string =>
    (to === undefined ? others.text[from ?? -1] : statements.text[to]) ?? "";
  const columns = [
    {
      name: "what",
      class: "what",
      cell: (row: number) =>
        element("span", { class: `mark diff-${differences[row]?.kind}` }, differences[row]?.kind ?? ""),
      sort: [(row: number) => differences[row]?.kind ?? null, "ascending"] as const,
    },
    {
      name: "statement",
      class: "statement",
      cell: (row: number) => pairCell(differences[row], statements, others),
      sort: [(row: number) => textOf(differences[row] as Difference), "ascending"] as const,
    },
    {
      name: "how",
      class: "how",
      cell: (row: number) => differences[row]?.how ?? "",
      sort: [(row: number) => differences[row]?.how ?? null, "ascending"] as const,
    },
    {
      name: "module",
      class: "module",
      cell: (row: number) => names.owners[differences[row]?.owner ?? -1] ?? "",
      sort: [(row: number) => names.owners[differences[row]?.owner ?? -1] ?? null, "ascending"] as const,
    },
  ];
  const table = new PagedTable(columns, 0, (row) => {
    const { from, to } = differences[row] ?? {};
    const told = [
      ...(from === undefined ? [] : [details(others, from, data)]),
      ...(to === undefined ? [] : [details(statements, to, data)]),
    ];
    return element("div", {}, ...told);
  });
  const search = searchIn(
    differences.map(({ from, to, how }) =>
      [from === undefined ? "" : others.text[from], to === undefined ? "" : statements.text[to], how].join("\n"),
    ),
  );
  const all = differences.map((_, index) => index);
  const box = element("input", {
    type: "search",
    placeholder: "words of a statement",
    "aria-label": "Search the differences",
    id: "search-differences",
  });
  let kind: Kind | undefined;
  const update = (): void => {
    const matches = search(box.value);
    table.show(all.filter((row) => (kind === undefined || differences[row]?.kind === kind) && matches(row)));
  };
  box.addEventListener("input", update);
  const kinds = choice<Kind | "all">(
    "Which differences",
    (["all", "came", "changed", "went"] as const).map((each) => [each, each]),
    "all",
    (each) => {
      kind = each === "all" ? undefined : each;
      update();
    },
  );
  update();
  return element("div", {}, element("div", { class: "controls" }, box, kinds), table.element);
}

function pairCell(difference: Difference | undefined, statements: StatementColumns, others: StatementColumns): Node {
  const { from, to } = difference ?? {};
  const code = (text: string | undefined, kind: string): HTMLElement =>
    element("code", { class: kind }, signatureText(text ?? ""));
  if (from === undefined) return code(statements.text[to ?? -1], "new");
  if (to === undefined) return code(others.text[from], "old");
  return changeCell(signatureText(others.text[from] ?? ""), signatureText(statements.text[to] ?? ""));
}

/** Both texts whole, with what differs marked. */
function changeCell(old: string, now: string): Node {
  const [before, behind] = commonEnds(old, now);
  const marked = (text: string, kind: string): HTMLElement => {
    const end = text.length - behind;
    return element(
      "code",
      { class: kind },
      text.slice(0, before),
      element("mark", {}, text.slice(before, end)),
      text.slice(end),
    );
  };
  return element("div", { class: "change" }, marked(old, "old"), marked(now, "new"));
}
