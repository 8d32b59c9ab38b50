import type { ForPackageOutcome } from "../commands/for-package.ts";
import { counted, cut, type Format, json, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

const shownPerOwner = 10;

/** Standard output has the file, unless it was written to one: then it has what is not in it, by whose it is. */
export function reportForPackage(outcome: ForPackageOutcome, format: Format): Rendering {
  const { package: name, statements, text, rest, output } = outcome;
  if (format === "json") {
    const document = {
      package: name,
      output: output ?? null,
      statements,
      rest: rest.map((each) => ({ ...each, why: each.why ?? null })),
    };
    return { stdout: json(document), exitCode: 0 };
  }
  return { stdout: output === undefined ? text : restText(outcome), exitCode: 0 };
}

function restText({ rest }: ForPackageOutcome): string {
  if (rest.length === 0) return "";
  const rows = [...Map.groupBy(rest, ({ owner, why }) => `${owner}\t${why ?? ""}`)].map(([key, all]) => {
    const [owner = "", why = ""] = key.split("\t");
    return { owner, why, all };
  });
  const counts = table(
    [
      ["left out, owned by", "left"],
      ["statements", "right"],
      ["because", "left"],
    ],
    rows.map(({ owner, why, all }) => [owner, String(all.length), why || reasons[owner] || "it is that package's"]),
  );
  const blocks = rows.map(({ owner, all }) => {
    const more = all.length - shownPerOwner;
    const shown = all.slice(0, shownPerOwner).map(({ statement }) => `  ${cut(statement, 110)}\n`);
    return `\n${owner}\n${shown.join("")}${more > 0 ? `  and ${more} more: see --format json\n` : ""}`;
  });
  return counts + blocks.join("");
}

const reasons: Readonly<Record<string, string>> = {
  Base: "no package but Julia itself is named in it",
  Main: "the script defines what it names",
  unknown: "it names no module",
};

/** `212 statements of Foo, written to src/precompile.jl; 31 others are not in it`. */
export function forPackageSummary({ package: name, statements, rest, output }: ForPackageOutcome): string {
  const place = output === undefined ? "" : `, written to ${output}`;
  return `${counted(statements, "statement")} of ${name}${place}; ${counted(rest.length, "other")} ${rest.length === 1 ? "is" : "are"} not in it`;
}
