import type { PageData } from "../page-data.ts";
import { element } from "./dom.ts";
import { counted, duration, moment, number, percent } from "./words.ts";

/** What the page is of, and the few numbers that come first. */
export function overview({ set, tool, writtenAt, statements, runs, comparison }: PageData): HTMLElement {
  const times = statements.compileMs.filter((ms) => ms !== null);
  const portable = statements.obstacles.filter(({ length }) => length === 0).length;
  const all = statements.text.length;
  const owners = new Set(statements.owner).size;
  const methods = new Set(statements.method).size;
  const time = times.reduce((sum, ms) => sum + ms, 0);
  const again = statements.recompiles.filter((count) => count > 0).length;
  const tiles = [
    tile(
      number(all),
      all === 1 ? "statement" : "statements",
      `of ${counted(methods, "method")} of ${counted(owners, "module")}`,
    ),
    tile(
      times.length === 0 ? "?" : duration(time),
      "of compiling",
      times.length === 0
        ? "no times are known"
        : times.length === all
          ? "known of each"
          : `known of ${number(times.length)}`,
    ),
    tile(percent(portable, all) || "0 %", "portable", `${number(portable)} can be named in another build`),
    ...(again === 0 ? [] : [tile(number(again), "compiled again", "something made them invalid")]),
  ];
  const against = comparison === null ? "" : `, against ${comparison.against}`;
  return element(
    "header",
    {},
    element("h1", {}, set),
    element("p", { class: "about" }, `Written ${moment(writtenAt)} by ${tool}${against}`),
    element("div", { class: "tiles" }, ...tiles),
    ...runTable(runs),
  );
}

const tile = (value: string, what: string, detail: string): HTMLElement =>
  element(
    "div",
    { class: "tile" },
    element("strong", {}, value),
    element("span", {}, what),
    element("small", {}, detail),
  );

const mostRuns = 100;
const numeric: ReadonlySet<string> = new Set(["run", "statements", "took"]);

function runTable(runs: PageData["runs"]): readonly HTMLElement[] {
  if (runs.length === 0) return [];
  const heads = ["run", "name", "started", "Julia", "stdout", "statements", "took", "command"];
  const rows = runs
    .slice(0, mostRuns)
    .map((run) =>
      element(
        "tr",
        {},
        element("td", { class: "number" }, String(run.id)),
        element("td", {}, run.name),
        element("td", {}, moment(run.startedAt)),
        element("td", {}, run.julia ?? "?"),
        element("td", {}, run.stdout ?? ""),
        element("td", { class: "number" }, number(run.statements)),
        element("td", { class: "number" }, run.durationMs === null ? "" : duration(run.durationMs)),
        element("td", { class: "statement" }, element("code", {}, run.command)),
      ),
    );
  const more = runs.length - rows.length;
  const head = element(
    "tr",
    {},
    ...heads.map((name) => element("th", { scope: "col", class: numeric.has(name) ? "number" : "" }, name)),
  );
  return [
    element(
      "details",
      { open: runs.length <= 6 },
      element("summary", {}, counted(runs.length, "run")),
      element(
        "div",
        { class: "scrolled" },
        element("table", { class: "runs" }, element("thead", {}, head), element("tbody", {}, ...rows)),
      ),
      ...(more > 0 ? [element("p", { class: "about" }, `… ${number(more)} more`)] : []),
    ),
  ];
}
