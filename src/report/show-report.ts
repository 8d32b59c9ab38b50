import type { ShowOutcome } from "../commands/show.ts";
import { processText } from "../statement/process-numbers.ts";
import type { Obstacle } from "../statement/statement.ts";
import { unreachable } from "../support/unreachable.ts";
import { counted, duration, type Format, json, type Rendering } from "./rendering.ts";
import { facts } from "./table.ts";

/** The statement and what is known of it, as one document. */
export function showDocument(outcome: ShowOutcome) {
  const { statement, words, repairs, ambiguous, portability, spellings, sightings, lastVerdict } = outcome;
  const { digest, canonical, owner } = statement;
  return {
    digest,
    statement: canonical,
    owner,
    repairs: repairs.map(({ name, sureness }) => ({ rule: name, sureness })),
    ambiguousLiterals: ambiguous,
    words,
    portability,
    spellings,
    sightings,
    lastVerdict: lastVerdict ?? null,
  };
}

/** The newest. */
const shownSightings = 20;

export function reportShow(outcome: ShowOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json(showDocument(outcome)), exitCode: 0 };
  const { statement, words, repairs, ambiguous, portability, spellings, sightings, lastVerdict } = outcome;
  const blocks = [
    `${statement.canonical}\n`,
    facts([
      ["digest", statement.digest],
      ["owner", statement.owner],
      ["portable", portability.portable ? "yes" : "no"],
      ["repaired", repairs.map(({ name, sureness }) => `${name} (${sureness})`).join(", ")],
      ["last verdict", lastVerdict && verdictText(lastVerdict)],
    ]),
    portability.portable ? "" : section("obstacles", portability.obstacles.map(obstacleText)),
    section("ambiguous literal", ambiguous.map(ambiguousText)),
    section("meaning", words),
    section("printed by Julia as", spellings),
    seenIn(sightings),
  ];
  return { stdout: blocks.filter((block) => block !== "").join("\n"), exitCode: 0 };
}

function seenIn(sightings: ShowOutcome["sightings"]): string {
  if (sightings.length === 0) return "no run in this store has seen it\n";
  const more = sightings.length - shownSightings;
  const rest = more > 0 ? [`… ${more} older runs (--format json has all)`] : [];
  return section("seen in", [...sightings.slice(0, shownSightings).map(sightingText), ...rest]);
}

/** That another value may have been meant. */
export function ambiguousText({ text, within, candidates, why }: ShowOutcome["ambiguous"][number]): string {
  const all = candidates.map((candidate) => `\`${candidate}\``);
  return `\`${text}\`${within === "" ? "" : ` in \`${within}\``} may have been ${all.join(", ")}: ${why}`;
}

/** A title and its lines, indented; nothing where there are none. */
export function section(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return `${title}\n${items.map((item) => `  ${item}\n`).join("")}`;
}

function verdictText({ verdict, reason, juliaVersion, bakedAt }: NonNullable<ShowOutcome["lastVerdict"]>): string {
  return `${verdict}${reason === "" ? "" : ` (${reason})`}, Julia ${juliaVersion}, ${bakedAt.slice(0, 10)}`;
}

function sightingText({
  run,
  name,
  line,
  count,
  compileMs,
  recompiles,
  processes = [],
}: ShowOutcome["sightings"][number]): string {
  const times = count > 1 ? `, ${counted(count, "time")}` : "";
  const took = compileMs === null ? "" : `, ${duration(compileMs)} to compile`;
  const again = recompiles > 0 ? `, compiled again ${counted(recompiles, "time")}` : "";
  const by =
    processes.length === 0 ? "" : `, ${processes.length === 1 ? "process" : "processes"} ${processText(processes)}`;
  return `run ${run} (${name}), line ${line}${times}${by}${took}${again}`;
}

/** Why it cannot be named elsewhere, in words. */
export function obstacleText(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case "gensym":
      return `\`${obstacle.name}\` is ${withArticle(obstacle.form.replace("-", " "))}: the compiler numbers it anew in every build`;
    case "main-owned":
      return `\`${obstacle.name}\` belongs to the script, which is not there while a sysimage is baked`;
    case "lossy-literal":
      return `\`${obstacle.text}\` is not how Julia writes that value: only the replay of preimage reads it`;
    default:
      return unreachable(obstacle);
  }
}

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
