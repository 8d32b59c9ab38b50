import type { PageData, PageEffect } from "../page-data.ts";
import { button, element, section } from "./dom.ts";
import type { Selection } from "./selection.ts";
import { counted, duration, moment, number, percent, signatureText } from "./words.ts";

/** In the order in which they are drawn; what no Julia was told comes last. */
export const verdictMeanings = {
  compiled: "Julia compiled it ahead of time",
  inferred: "too abstract for an image to keep native code of it",
  refused: "no method takes these types, or they are too abstract",
  unresolved: "a name in it was not there",
  failed: "Julia threw an error",
  crashed: "to compile it ends Julia itself",
  none: "not told to a Julia yet",
} as const;

const mostResidual = 200;

/** What became of the statements, and what still compiles on the image: before and after. */
export function verdictView(data: PageData, selection: Selection): HTMLElement {
  const effects = data.effects.map(effectCard);
  const nothing = element(
    "p",
    { class: "about" },
    "No sysimage was verified for this yet: ",
    element("code", {}, "preimage bake"),
    " or ",
    element("code", {}, "preimage verify"),
    " tell what still compiles and how much faster the program starts.",
  );
  const residuals = data.effects.flatMap((effect) => (effect.residual.length === 0 ? [] : [residualTable(effect)]));
  return section(
    "verdicts",
    "What became of it",
    ...(effects.length === 0 ? [nothing] : [element("div", { class: "cards" }, ...effects)]),
    ...verdictBar(data, selection),
    ...residuals,
  );
}

function effectCard({
  sysimage,
  workload,
  traced,
  beforeMs,
  afterMs,
  residual,
  predicted,
  verifiedAt,
}: PageEffect): HTMLElement {
  const foreseen =
    predicted === null ? "" : predicted === residual.length ? ", as rehearsed" : `, ${number(predicted)} were foreseen`;
  return element(
    "article",
    { class: "card" },
    element("h3", {}, sysimage.split("/").at(-1) ?? sysimage),
    pair("whole process", duration(beforeMs), duration(afterMs), afterMs / beforeMs),
    pair("compile when it runs", counted(traced, "statement"), number(residual.length), residual.length / traced),
    element("p", { class: "about" }, `${workload}; ${moment(verifiedAt)}${foreseen}`),
  );
}

/** Before and after, as numbers and as bars. */
function pair(what: string, before: string, after: string, part: number): HTMLElement {
  const bar = (share: number, kind: string): HTMLElement => {
    const filled = element("span", { class: `bar ${kind}` });
    filled.style.width = `${Math.min(100, Math.max(0.4, share * 100))}%`;
    return filled;
  };
  return element(
    "div",
    { class: "pair" },
    element("span", { class: "what" }, what),
    element("strong", {}, `${before} → ${after}`),
    bar(1, "before"),
    bar(Number.isFinite(part) ? part : 0, "after"),
  );
}

function verdictBar({ statements }: PageData, selection: Selection): readonly HTMLElement[] {
  const counts = new Map<string, number>();
  for (const verdict of statements.verdict) {
    const word = verdict?.[0] ?? "none";
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  if ((counts.get("none") ?? 0) === statements.text.length) return [];
  const bar = element("div", { class: "stacked", "aria-hidden": "true" });
  const legend = element("div", { class: "legend" });
  for (const [word, meaning] of Object.entries(verdictMeanings)) {
    const count = counts.get(word) ?? 0;
    if (count === 0) continue;
    const piece = element("span", { class: `verdict-${word}` });
    piece.style.flexGrow = String(count);
    bar.append(piece);
    const entry = button(
      element("span", { class: `swatch verdict-${word}` }),
      () => selection.choose({ verdict: word }),
      { title: meaning },
    );
    const shown = word === "none" ? "not told yet" : word;
    entry.append(
      `${shown} `,
      element("span", { class: "size" }, `${number(count)}, ${percent(count, statements.text.length)}`),
    );
    legend.append(entry);
  }
  return [element("h3", {}, "Verdicts of the last bake or rehearsal"), bar, legend];
}

function residualTable({ sysimage, residual }: PageEffect): HTMLElement {
  const rows = residual
    .slice(0, mostResidual)
    .map(({ statement, cause, detail }) =>
      element(
        "tr",
        {},
        element("td", { class: "statement" }, element("code", {}, signatureText(statement))),
        element("td", {}, cause),
        element("td", {}, detail),
      ),
    );
  const head = element(
    "tr",
    {},
    ...["still compiles", "likely cause", "what it means"].map((name) => element("th", { scope: "col" }, name)),
  );
  const more = residual.length - rows.length;
  return element(
    "details",
    { open: residual.length <= 12 },
    element("summary", {}, `${counted(residual.length, "statement")} still compile on ${sysimage.split("/").at(-1)}`),
    element("table", { class: "residual" }, element("thead", {}, head), element("tbody", {}, ...rows)),
    ...(more > 0 ? [element("p", { class: "about" }, `… ${number(more)} more: \`preimage verify\` shows all`)] : []),
  );
}
