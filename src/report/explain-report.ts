import type { ExplainOutcome } from "../commands/explain.ts";
import { shellText } from "../support/shell-text.ts";
import { counted, duration, type Format, json, type Rendering } from "./rendering.ts";
import { runDocument } from "./runs-report.ts";
import { ambiguousText, obstacleText, section, showDocument } from "./show-report.ts";

export function reportExplain(outcome: ExplainOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json(explainDocument(outcome)), exitCode: 0 };
  const { statement, words, portability, ambiguous, relatives, advice, assumedPackage } = outcome;
  const blocks = [
    `${statement.canonical}\n`,
    section("what it means", [...words, `it belongs to \`${statement.owner}\``]),
    section("why it is here", whyHere(outcome)),
    section(
      "can another build with the same packages use it",
      portability.portable
        ? [portableText(assumedPackage)]
        : [...new Set(portability.obstacles.map((obstacle) => `no: ${obstacleText(obstacle)}`))],
    ),
    section("what was repaired", outcome.repairs.flatMap(repairTexts)),
    section("what may have been meant instead", ambiguous.map(ambiguousText)),
    section(
      "other Julia versions say",
      relatives.map(({ canonical, recorded }) => `${canonical}${recorded ? "  (recorded as well)" : ""}`),
    ),
    section("what became of it in bakes", outcome.verdicts.map(verdictText)),
    section("what became of it in rehearsals", outcome.rehearsals.map(rehearsalText)),
    section("what to do", advice),
  ];
  return { stdout: blocks.filter((block) => block !== "").join("\n"), exitCode: 0 };
}

const portableText = (assumed: string | undefined): string =>
  assumed === undefined
    ? "yes: all its names are the same there"
    : `yes, if \`${assumed}\` is a package and no module of the script: no run tells which packages were loaded`;

function whyHere({ statement, runs, sightings, spellings }: ExplainOutcome): readonly string[] {
  if (sightings.length === 0) return ["no run in this store has seen it"];
  const others = spellings.filter((text) => text !== statement.canonical);
  const printed = others.length === 0 ? [] : ["Julia printed it as", ...others.map((text) => `  ${text}`)];
  return [...sightings.flatMap((sighting) => sightingTexts(sighting, runs)), ...printed];
}

function sightingTexts(
  { run, name, line, count, compileMs, recompiles }: ExplainOutcome["sightings"][number],
  runs: ExplainOutcome["runs"],
): readonly string[] {
  const known = runs.find(({ id }) => id === run);
  const times = [
    `line ${line} of its trace`,
    ...(count > 1 ? [`seen ${counted(count, "time")}`] : []),
    ...(compileMs === null ? [] : [`${duration(compileMs)} to compile`]),
    ...(recompiles > 0 ? [`compiled again ${counted(recompiles, "time")}, as something had made it invalid`] : []),
  ];
  const [program = "", ...args] = known?.command ?? [];
  const circumstances = [
    known?.kind === "import" ? `imported from ${args.join(" ")}` : `workload \`${shellText({ program, args })}\``,
    ...(known?.juliaVersion === undefined ? [] : [`Julia ${known.juliaVersion}`]),
    ...(known?.ioKind === undefined ? [] : [`standard output: ${known.ioKind}`]),
    ...(known === undefined ? [] : [`${known.startedAt.slice(0, 19).replace("T", " ")} UTC`]),
  ];
  return [`run ${run} (${name}): ${times.join(", ")}`, `  ${circumstances.join(", ")}`];
}

function repairTexts({ name, sureness, precondition, printedBy, example }: ExplainOutcome["repairs"][number]) {
  return [
    `${name} (${sureness}): ${precondition}`,
    `  printed by ${printedBy}; such as \`${example.before}\`, meant as \`${example.after}\``,
  ];
}

function verdictText({ verdict, reason, sysimage, juliaVersion, bakedAt }: ExplainOutcome["verdicts"][number]): string {
  return `${verdict}${reason === "" ? "" : `: ${reason}`} (${sysimage}, Julia ${juliaVersion}, ${bakedAt.slice(0, 10)})`;
}

function rehearsalText({ verdict, reason, compileMs, ...from }: ExplainOutcome["rehearsals"][number]): string {
  const time = compileMs === null ? "" : `, ${duration(compileMs)} to compile`;
  const why = reason === "" ? "" : `: ${reason}`;
  return `${verdict}${why}${time} (Julia ${from.juliaVersion}, ${from.rehearsedAt.slice(0, 10)})`;
}

function explainDocument(outcome: ExplainOutcome) {
  const { runs, verdicts, rehearsals, relatives, advice } = outcome;
  return { ...showDocument(outcome), runs: runs.map(runDocument), verdicts, rehearsals, relatives, advice };
}
