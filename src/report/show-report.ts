import type { ShowOutcome } from "../commands/show.ts";
import type { Obstacle } from "../statement/statement.ts";
import { unreachable } from "../support/unreachable.ts";
import { counted, duration, type Format, json, type Rendering } from "./rendering.ts";
import { facts } from "./table.ts";

export function reportShow(outcome: ShowOutcome, format: Format): Rendering {
  const { statement, words, repairs, ambiguous, portability, spellings, sightings, lastVerdict } = outcome;
  if (format === "json") {
    const { digest, canonical, owner } = statement;
    const document = {
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
    return { stdout: json(document), exitCode: 0 };
  }
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
    section(sightings.length === 0 ? "no run in this store has seen it" : "seen in", sightings.map(sightingText)),
  ];
  return { stdout: blocks.filter((block) => block !== "").join("\n"), exitCode: 0 };
}

function ambiguousText({ text, within, candidates }: ShowOutcome["ambiguous"][number]): string {
  const all = candidates.map((candidate) => `\`${candidate}\``);
  return `\`${text}\`${within === "" ? "" : ` in \`${within}\``} may have been ${all.join(", ")}: Julia <= 1.11 prints them alike`;
}

function section(title: string, items: readonly string[]): string {
  if (items.length === 0) return title.startsWith("no ") ? `${title}\n` : "";
  return `${title}\n${items.map((item) => `  ${item}\n`).join("")}`;
}

function verdictText({ verdict, reason, juliaVersion, bakedAt }: NonNullable<ShowOutcome["lastVerdict"]>): string {
  return `${verdict}${reason === "" ? "" : ` (${reason})`}, Julia ${juliaVersion}, ${bakedAt.slice(0, 10)}`;
}

function sightingText({ run, name, line, count, compileMs }: ShowOutcome["sightings"][number]): string {
  const time = compileMs === null ? "" : `, ${duration(compileMs)} to compile`;
  return `run ${run} (${name}), line ${line}${count > 1 ? `, ${counted(count, "time")}` : ""}${time}`;
}

/** Why it cannot be named elsewhere, in words. */
export function obstacleText(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case "gensym":
      return `\`${obstacle.name}\` is a ${obstacle.form.replace("-", " ")}: the compiler numbers it anew in every build`;
    case "main-owned":
      return `\`${obstacle.name}\` belongs to the script, which is not there while a sysimage is baked`;
    case "lossy-literal":
      return `\`${obstacle.text}\` is not how Julia writes that value: only the replay of preimage reads it`;
    default:
      return unreachable(obstacle);
  }
}
