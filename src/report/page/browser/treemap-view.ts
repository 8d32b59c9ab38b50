import { type HierarchyRectangularNode, hierarchy, treemap } from "d3-hierarchy";
import type { PageData } from "../page-data.ts";
import { button, choice, element, section } from "./dom.ts";
import type { Palette } from "./palette.ts";
import type { Selection } from "./selection.ts";
import { tooltip } from "./tooltip.ts";
import { type Measure, twoLevels, type Whose, whoseTree } from "./whose-tree.ts";
import { counted, duration, number, percent, signatureText } from "./words.ts";

/** Units of the layout; on the page it is as wide as the page. */
const [width, height, headHeight] = [1000, 460, 19];
/** No more than about so many cells, whatever the number of statements. */
const mostCells = 1_200;

type Placed = HierarchyRectangularNode<Whose>;

/** Whose time it is, or whose statements: modules, in them methods, in them statements. A click goes one level in. */
export function treemapView(data: PageData, palette: Palette, selection: Selection): HTMLElement {
  const { compileMs, text } = data.statements;
  // What is too fast to measure has no place in a picture of times.
  const timed = compileMs.some((ms) => (ms ?? 0) > 0) ? compileMs.filter((ms) => ms !== null).length : 0;
  const view = new TreemapView(data, palette, selection, timed > 0 ? "ms" : "statements");
  const chooser =
    timed === 0
      ? []
      : [
          choice<Measure>(
            "What counts",
            [
              ["ms", "compile time"],
              ["statements", "statements"],
            ],
            "ms",
            (measure) => view.measureBy(measure),
          ),
        ];
  const untimed = text.length - timed;
  const about =
    timed === 0
      ? "Compile times are not known, so statements are counted. Julia tells times from 1.12 on, and `preimage rehearse` measures them."
      : untimed === 0
        ? ""
        : `The time of ${counted(untimed, "statement")} is not known.`;
  const note = about === "" ? [] : [element("p", { class: "about" }, about)];
  return section(
    "whose",
    timed > 0 ? "Whose time it is" : "Whose statements they are",
    ...note,
    ...chooser,
    view.element,
  );
}

class TreemapView {
  readonly element: HTMLElement;
  readonly #data: PageData;
  readonly #palette: Palette;
  readonly #selection: Selection;
  readonly #path = element("nav", { class: "path", "aria-label": "Where in the picture" });
  readonly #map = element("div", { class: "treemap" });
  #measure: Measure;
  #root: Whose;
  /** From the whole to what is shown. */
  #way: readonly Whose[];

  constructor(data: PageData, palette: Palette, selection: Selection, measure: Measure) {
    this.#data = data;
    this.#palette = palette;
    this.#selection = selection;
    this.#measure = measure;
    this.#root = whoseTree(data.statements, measure);
    this.#way = [this.#root];
    this.element = element("div", {}, this.#path, this.#map);
    this.#draw();
  }

  measureBy(measure: Measure): void {
    this.#measure = measure;
    this.#root = whoseTree(this.#data.statements, measure);
    this.#way = [this.#root];
    this.#draw();
  }

  #go(way: readonly Whose[]): void {
    this.#way = way;
    this.#draw();
    const { owner, method } = way.at(-1) ?? {};
    this.#selection.choose({ owner, method });
  }

  #draw(): void {
    const shown = this.#way.at(-1) ?? this.#root;
    const steps = this.#way.map((node, index) => {
      const label = index === 0 ? "all" : this.#nameOf(node);
      return index === this.#way.length - 1
        ? element("span", { "aria-current": "true" }, label)
        : button(label, () => this.#go(this.#way.slice(0, index + 1)));
    });
    const size = element("span", { class: "size" }, this.#sizeOf(shown));
    this.#path.replaceChildren(...steps, size);
    const pruned = twoLevels(shown, shown.value / mostCells);
    const root = hierarchy<Whose>(pruned, ({ children }) => children).sum(({ children, value }) =>
      children.length === 0 ? value : 0,
    );
    const placed = treemap<Whose>()
      .size([width, height])
      .paddingInner(1)
      .paddingTop(({ depth }) => (depth === 1 ? headHeight : 0))(root);
    this.#map.replaceChildren(
      ...placed
        .descendants()
        .slice(1)
        .map((node) => this.#cell(node, shown)),
    );
  }

  #cell(node: Placed, shown: Whose): HTMLElement {
    const { data, x0, x1, y0, y1, depth } = node;
    const colour = data.owner === undefined ? "colour-other" : this.#palette.colourOf(data.owner);
    const isGroup = data.children.length > 0;
    const kind = isGroup ? "group" : depth === 1 ? "alone" : "leaf";
    const label = x1 - x0 > 34 && y1 - y0 > 12 ? this.#labelOf(data) : "";
    const cell = button(element("span", {}, label), () => this.#open(node, shown), {
      class: `cell ${kind} ${colour}`,
      "aria-label": this.#nameOf(data),
    });
    if (label === "") cell.tabIndex = -1;
    const part = (value: number, whole: number): string => `${(100 * value) / whole}%`;
    cell.style.left = part(x0, width);
    cell.style.width = part(x1 - x0, width);
    cell.style.top = part(y0, height);
    cell.style.height = part(y1 - y0, height);
    tooltip(cell, () => [
      this.#nameOf(data),
      this.#sizeOf(data),
      ...(data.statement === undefined ? [] : ["click to see it in the table"]),
    ]);
    return cell;
  }

  /** A statement is shown in the table; of a module or a method its own picture. */
  #open({ data, depth, parent }: Placed, shown: Whose): void {
    if (data.statement !== undefined) {
      this.#selection.choose({ part: { label: "one statement", indices: new Set([data.statement]) } });
      return;
    }
    if (data.more !== undefined) return;
    const way = [...this.#way];
    for (const step of depth === 1 ? [data] : [parent?.data ?? data, data]) {
      const whole = (way.at(-1) ?? shown).children.find(
        ({ owner, method }) => owner === step.owner && method === step.method,
      );
      if (whole !== undefined) way.push(whole);
    }
    this.#go(way);
  }

  /** What stands in a module's place need not repeat its name. */
  #labelOf(node: Whose): string {
    const name = this.#nameOf(node);
    const owner = node.owner === undefined ? "" : `${this.#data.names.owners[node.owner]}.`;
    return node.method !== undefined && node.statement === undefined && name.startsWith(owner)
      ? name.slice(owner.length)
      : name;
  }

  #nameOf({ owner, method, statement, more, count }: Whose): string {
    const { names, statements } = this.#data;
    if (more !== undefined) return `${number(more)} smaller, ${counted(count, "statement")}`;
    if (statement !== undefined) return signatureText(statements.text[statement] ?? "");
    if (method !== undefined) return names.methods[method] || "(no method)";
    return owner === undefined ? "all" : (names.owners[owner] ?? "");
  }

  #sizeOf({ value, count }: Whose): string {
    const share = percent(value, this.#root.value);
    if (this.#measure === "statements") return `${counted(count, "statement")}, ${share}`;
    return `${duration(value)} of compiling, ${share}; ${counted(count, "statement")}`;
  }
}
