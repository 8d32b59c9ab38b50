import type { PageData } from "../page-data.ts";
import { diffView } from "./diff-view.ts";
import { element } from "./dom.ts";
import { overview } from "./overview.ts";
import { paletteOf } from "./palette.ts";
import { readData } from "./read-data.ts";
import { Selection } from "./selection.ts";
import { statementTable } from "./statement-table.ts";
import { timelineView } from "./timeline-view.ts";
import { treemapView } from "./treemap-view.ts";
import { verdictView } from "./verdict-view.ts";

/** The parts of the page in the order of a reader's questions. */
function parts(data: PageData): readonly HTMLElement[] {
  const selection = new Selection();
  const palette = paletteOf(data.statements);
  const timeline = timelineView(data, palette, selection);
  const verdicts = verdictView(data, selection);
  const judged = data.effects.length > 0 || data.statements.verdict.some((verdict) => verdict !== null);
  return [
    overview(data),
    ...(judged ? [verdicts] : []),
    ...(timeline === undefined ? [] : [timeline]),
    ...(data.statements.text.length === 0 ? [] : [treemapView(data, palette, selection)]),
    ...(judged ? [] : [verdicts]),
    ...(data.comparison === null ? [] : [diffView(data, data.comparison)]),
    statementTable(data, palette, selection),
  ];
}

async function draw(page: HTMLElement): Promise<void> {
  try {
    page.replaceChildren(...parts(await readData()));
    page.dataset.drawn = "";
  } catch (error) {
    page.append(
      element("p", {}, `This browser cannot draw the page: ${error}. A current Chromium, Firefox or Safari can.`),
    );
    throw error;
  }
}

const page = document.getElementById("page");
if (page !== null) void draw(page);
