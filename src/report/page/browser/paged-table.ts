import { button, element } from "./dom.ts";
import { type Direction, type Key, ordered } from "./order.ts";
import { number } from "./words.ts";

export interface Column {
  readonly name: string;
  readonly class: string;
  readonly cell: (row: number) => Node | string;
  /** What to sort by; the direction is the first one. */
  readonly sort: readonly [key: (row: number) => Key, first: Direction];
}

const rowsPerPage = 50;

/** A table of which a page at a time is in the document: it sorts by its heads, and opens a row's details. */
export class PagedTable {
  readonly element: HTMLElement;
  readonly #columns: readonly Column[];
  readonly #details: (row: number) => Node;
  readonly #body = element("tbody");
  readonly #heads: readonly HTMLTableCellElement[];
  readonly #place = element("span", { class: "place", role: "status" });
  readonly #previous = button("‹ previous", () => this.#turn(-1));
  readonly #next = button("next ›", () => this.#turn(1));
  #rows: readonly number[] = [];
  #shown: readonly number[] = [];
  #page = 0;
  #sorted: { readonly column: number; readonly direction: Direction };

  /** `sortedBy`: the index of a column. */
  constructor(columns: readonly Column[], sortedBy: number, details: (row: number) => Node) {
    this.#columns = columns;
    this.#details = details;
    this.#sorted = { column: sortedBy, direction: columns[sortedBy]?.sort[1] ?? "ascending" };
    this.#heads = columns.map((column, index) =>
      element(
        "th",
        { class: column.class, scope: "col" },
        button(column.name, () => this.#sortBy(index)),
      ),
    );
    const head = element("thead", {}, element("tr", {}, ...this.#heads));
    this.element = element(
      "div",
      { class: "paged" },
      element("div", { class: "scrolled" }, element("table", {}, head, this.#body)),
      element("div", { class: "pager" }, this.#previous, this.#place, this.#next),
    );
  }

  show(rows: readonly number[]): void {
    this.#rows = rows;
    this.#sort();
  }

  #sortBy(column: number): void {
    const first = this.#columns[column]?.sort[1] ?? "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const again = this.#sorted.column === column && this.#sorted.direction === first;
    this.#sorted = { column, direction: again ? other : first };
    this.#sort();
  }

  #sort(): void {
    const { column, direction } = this.#sorted;
    this.#heads.forEach((head, index) => {
      head.setAttribute("aria-sort", index === column ? direction : "none");
    });
    const key = this.#columns[column]?.sort[0];
    this.#shown = key === undefined ? this.#rows : ordered(this.#rows, key, direction);
    this.#page = 0;
    this.#draw();
  }

  #turn(by: number): void {
    this.#page += by;
    this.#draw();
    this.element.scrollIntoView({ block: "nearest" });
  }

  #draw(): void {
    const first = this.#page * rowsPerPage;
    const rows = this.#shown.slice(first, first + rowsPerPage);
    this.#body.replaceChildren(...rows.map((row) => this.#row(row)));
    const all = this.#shown.length;
    this.#place.textContent =
      all === 0 ? "no statement" : `${number(first + 1)}–${number(first + rows.length)} of ${number(all)}`;
    this.#previous.disabled = first === 0;
    this.#next.disabled = first + rowsPerPage >= all;
    this.element.classList.toggle("one-page", all <= rowsPerPage);
  }

  #row(row: number): HTMLTableRowElement {
    const cells = this.#columns.map((column) => element("td", { class: column.class }, column.cell(row)));
    const made = element("tr", { tabindex: 0, "aria-expanded": "false" }, ...cells);
    const toggle = (): void => this.#toggle(made, row);
    made.addEventListener("click", (event) => {
      // Who selects text, or clicks what has a meaning of its own, does not want the row to open.
      if (getSelection()?.isCollapsed === false || (event.target as Element).closest("button") !== null) return;
      toggle();
    });
    made.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === made) toggle();
    });
    return made;
  }

  #toggle(made: HTMLTableRowElement, row: number): void {
    const isOpen = made.getAttribute("aria-expanded") === "true";
    made.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) made.nextElementSibling?.remove();
    else
      made.after(
        element("tr", { class: "details" }, element("td", { colspan: this.#columns.length }, this.#details(row))),
      );
  }
}
