import type { Counts, GroupStats, SetStats } from "../analysis/stats.ts";
import type { StatsOutcome } from "../commands/stats.ts";
import { counted, cut, duration, type Format, json, percent, type Rendering } from "./rendering.ts";
import { type Alignment, facts, table } from "./table.ts";

const groupWidth = 80;

export function reportStats({ stats, top }: StatsOutcome, format: Format): Rendering {
  const groups = stats.groups.slice(0, top);
  const others = stats.groups.length - groups.length;
  if (format === "json") {
    const { total, by } = stats;
    return { stdout: json({ ...total, by, groups, moreGroups: others }), exitCode: 0 };
  }
  const parts = [overview(stats), groupTable(stats, groups, others), advice(stats)];
  return { stdout: parts.filter((part) => part !== "").join("\n"), exitCode: 0 };
}

function overview({ total }: SetStats): string {
  const untimed = total.statements - total.timed;
  return facts([
    ["statements", `${total.statements}, of ${counted(total.methods, "method")} of ${counted(total.owners, "module")}`],
    ["portable", `${total.portable} of ${total.statements}`],
    [
      "compile time",
      total.timed === 0
        ? "not told by what was recorded (Julia tells it from 1.12 on)"
        : `${duration(total.compileMs)}${untimed === 0 ? "" : `, of ${total.timed} statements; that of ${untimed} is not known`}`,
    ],
    ["compiled again", total.recompiled === 0 ? undefined : `${total.recompiled}, as something made them invalid`],
  ]);
}

interface Column {
  readonly name: string;
  readonly alignment: Alignment;
  readonly cell: (counts: Counts & Pick<GroupStats, "varies">) => string;
}

/** Only what there is something to say of. */
function columnsOf({ by, total, groups }: SetStats): readonly Column[] {
  const shareOf = (part: number, whole: number): string => (whole === 0 ? "" : percent(part / whole));
  const columns: readonly (Column & { readonly shown: boolean })[] = [
    { name: "statements", alignment: "right", shown: true, cell: ({ statements }) => String(statements) },
    {
      name: "share",
      alignment: "right",
      shown: true,
      cell: ({ statements }) => shareOf(statements, total.statements),
    },
    { name: "methods", alignment: "right", shown: by !== "method", cell: ({ methods }) => String(methods) },
    {
      name: "compile time",
      alignment: "right",
      shown: total.timed > 0,
      cell: ({ compileMs, timed }) => (timed === 0 ? "" : duration(compileMs)),
    },
    {
      name: "compiled again",
      alignment: "right",
      shown: total.recompiled > 0,
      cell: ({ recompiled }) => (recompiled === 0 ? "" : String(recompiled)),
    },
    {
      name: "differ most in",
      alignment: "left",
      shown: groups.some(({ varies }) => varies !== undefined),
      cell: ({ varies }) => (varies === undefined ? "" : `argument ${varies.argument}: ${varies.types} types`),
    },
  ];
  return columns.filter(({ shown }) => shown);
}

function groupTable(stats: SetStats, groups: readonly GroupStats[], others: number): string {
  const columns = columnsOf(stats);
  const row = (name: string, counts: Counts & Pick<GroupStats, "varies">): readonly string[] => [
    cut(name, groupWidth),
    ...columns.map(({ cell }) => cell(counts)),
  ];
  return table(
    [[stats.by, "left"], ...columns.map(({ name, alignment }) => [name, alignment] as const)],
    [
      ...groups.map((group) => row(group.group, group)),
      ...(others === 0 ? [] : [[`… ${others} more (--top 0 shows all)`, ...columns.map(() => "")]]),
      row("total", stats.total),
    ],
  );
}

/** From so many on, a method's specialisations are worth a look at its code. */
const manySpecialisations = 10;

function advice({ by, groups }: SetStats): string {
  const many = groups.find(({ statements, varies }) => statements >= manySpecialisations && varies !== undefined);
  if (by !== "method" || many?.varies === undefined) return "";
  const { group, statements, varies } = many;
  return [
    `\`${group}\` was compiled ${statements} times, for ${varies.types} types of its argument ${varies.argument}.`,
    "Where such a method is yours and the type makes no difference to its speed, mark the argument with `@nospecialize`,",
    "or convert it to one concrete type before the call: it is then compiled once.\n",
  ].join("\n");
}
