import { axisBottom } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import type { PageData, PageTimeline } from "../page-data.ts";
import { button, element, section } from "./dom.ts";
import { type Bin, type Lane, type Lanes, lanesOf } from "./lanes.ts";
import { coloured, type Palette } from "./palette.ts";
import type { Selection } from "./selection.ts";
import { tooltip } from "./tooltip.ts";
import { counted, duration, number, signatureText } from "./words.ts";

const binCount = 240;
const [laneHeight, gap, width, axisHeight] = [24, 5, 960, 26];

/** What a run compiles when: a lane for each of the biggest modules, from the run's begin to its end. */
export function timelineView(data: PageData, palette: Palette, selection: Selection): HTMLElement | undefined {
  const [first] = data.timelines;
  if (first === undefined) return undefined;
  const chart = element("div", { class: "timeline" });
  const about = element("p", { class: "about" });
  const draw = (timeline: PageTimeline): void => {
    const lanes = lanesOfTimeline(timeline, data, palette);
    about.textContent = aboutText(lanes, timeline);
    chart.replaceChildren(...drawn(lanes, data, palette, selection));
  };
  draw(first);
  const chooser = data.timelines.length > 1 ? [runChooser(data, draw)] : [];
  return section("timeline", "What compiles when", ...chooser, about, chart);
}

function runChooser({ timelines, timelinesLeftOut }: PageData, draw: (timeline: PageTimeline) => void): HTMLElement {
  const options = timelines.map(({ label }, index) => element("option", { value: index }, label));
  const chooser = element("select", {}, ...options);
  chooser.addEventListener("change", () => {
    const chosen = timelines[Number(chooser.value)];
    if (chosen !== undefined) draw(chosen);
  });
  const more =
    timelinesLeftOut === 0
      ? ""
      : ` (${counted(timelinesLeftOut, "older run")} left out, as the page would grow too large)`;
  return element("label", { class: "control" }, "Run ", chooser, more);
}

function lanesOfTimeline({ order, compileMs }: PageTimeline, { statements }: PageData, palette: Palette): Lanes {
  return lanesOf({
    order,
    // What the run itself does not tell, another run or a rehearsal may.
    compileMs: order.map((statement, at) => compileMs[at] ?? statements.compileMs[statement] ?? null),
    ownerOf: (statement) => statements.owner[statement] ?? -1,
    owners: palette.owners.slice(0, coloured),
    binCount,
  });
}

function aboutText({ unit, extent }: Lanes, { order }: PageTimeline): string {
  const what = counted(order.length, "statement");
  return unit === "ms"
    ? `${what}, ${duration(extent)} of compiling. From left to right passes the time that Julia spends compiling; a lane is filled where its module is compiled.`
    : `${what}, in the order in which the run came to compile them. Times are not known; a lane is filled where its module is compiled.`;
}

function drawn(lanes: Lanes, data: PageData, palette: Palette, selection: Selection): readonly Node[] {
  const names = element("div", { class: "lane-names" });
  const whole = lanes.lanes.length * (laneHeight + gap) + axisHeight;
  for (const [index, { owner, total }] of lanes.lanes.entries()) {
    const size = lanes.unit === "ms" ? duration(total) : number(total);
    const name = owner === undefined ? "other modules" : (data.names.owners[owner] ?? "");
    const swatch = element("span", {
      class: `swatch ${owner === undefined ? "colour-other" : palette.colourOf(owner)}`,
    });
    const label = element("span", { class: "name" }, name);
    const chosen = button(swatch, () => selection.choose(owner === undefined ? {} : { owner }), { title: name });
    chosen.append(label, element("span", { class: "size" }, size));
    // Beside its lane, however wide the picture is.
    chosen.style.top = `${(100 * index * (laneHeight + gap)) / whole}%`;
    chosen.style.height = `${(100 * laneHeight) / whole}%`;
    names.append(chosen);
  }
  return [names, element("div", { class: "lane-chart" }, chartOf(lanes, data, palette, selection))];
}

function chartOf(
  { unit, extent, lanes }: Lanes,
  data: PageData,
  palette: Palette,
  selection: Selection,
): SVGSVGElement {
  const height = lanes.length * (laneHeight + gap);
  const label = `When the modules are compiled: ${lanes.map(({ owner }) => (owner === undefined ? "others" : data.names.owners[owner])).join(", ")}`;
  const svg = select(document.createElementNS("http://www.w3.org/2000/svg", "svg"))
    .attr("viewBox", `0 0 ${width} ${height + axisHeight}`)
    .attr("role", "img")
    .attr("aria-label", label);
  const rows = svg
    .selectAll("g.lane")
    .data(lanes)
    .join("g")
    .attr("class", ({ owner }) => `lane ${owner === undefined ? "colour-other" : palette.colourOf(owner)}`)
    .attr("transform", (_, index) => `translate(0 ${index * (laneHeight + gap)})`);
  rows.append("rect").attr("class", "track").attr("width", width).attr("height", laneHeight).attr("rx", 2);
  rows
    .selectAll("rect.bin")
    .data((lane) => lane.bins.flatMap((bin, at) => (bin.part > 0 ? [{ lane, bin, at }] : [])))
    .join((entered) => entered.append("rect"))
    .attr("class", "bin")
    .attr("x", ({ at, lane }) => (at * width) / lane.bins.length)
    .attr("width", ({ lane }) => Math.max(1, width / lane.bins.length - (lane.bins.length > 120 ? 0 : 1)))
    .attr("y", ({ bin }) => laneHeight - barHeight(bin))
    .attr("height", ({ bin }) => barHeight(bin))
    .each(function ({ lane, bin }) {
      tooltip(this as Element, () => tipOf(lane, bin, data));
    })
    .on("click", (_, { lane, bin, at }) => {
      const label = `piece ${at + 1} of ${lane.bins.length} of the run`;
      selection.choose({ owner: lane.owner, part: { label, indices: new Set(bin.statements) } });
    });
  const scale = scaleLinear([0, extent], [0, width]);
  const axis = axisBottom(scale)
    .ticks(8)
    .tickFormat((value) => (unit === "ms" ? duration(Number(value)) : number(Number(value))));
  svg.append("g").attr("class", "axis").attr("transform", `translate(0 ${height})`).call(axis);
  return svg.node() as SVGSVGElement;
}

/** What is there can be seen. */
const barHeight = ({ part }: Bin): number => Math.max(3, part * laneHeight);

function tipOf({ owner }: Lane, { statements }: Bin, { statements: columns, names }: PageData): readonly string[] {
  const longest = [...statements].sort((a, b) => (columns.compileMs[b] ?? 0) - (columns.compileMs[a] ?? 0));
  const shown = longest.slice(0, 5).map((statement) => {
    const ms = columns.compileMs[statement] ?? null;
    return `${ms === null ? "" : `${duration(ms)}  `}${signatureText(columns.text[statement] ?? "").slice(0, 110)}`;
  });
  const more = statements.length - shown.length;
  return [
    `${owner === undefined ? "other modules" : names.owners[owner]}: ${counted(statements.length, "statement")}`,
    ...shown,
    ...(more > 0 ? [`… ${more} more`] : []),
  ];
}
