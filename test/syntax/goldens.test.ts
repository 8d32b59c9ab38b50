import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { portabilityOf } from "../../src/statement/portability.ts";
import { repairs } from "../../src/statement/repair.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { parseStatement } from "../../src/syntax/parse-statement.ts";

// What is read is in corpora/statements/*/<topic>.jl, what is made of it beside it in <topic>.jl.expected. Review the
// expected text like code: `vitest run -u` writes it anew.
const root = join(import.meta.dirname, "../../corpora/statements");
const topics = (folder: string) => globSync(join(root, folder, "*.jl")).sort();
const linesOf = (file: string) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");

const trimmed = (text: string) => (text.length > 160 ? `${text.slice(0, 100)} … ${text.slice(-20)}` : text);
const visible = (text: string) => text.replaceAll("\0", "␀");

function accepted(line: string): string[] {
  const { tree, diagnostics } = parseStatement(line);
  if (tree === undefined) return [line, `  refused: ${diagnostics[0]?.message}`];
  const statement = statementOf(tree);
  const portability = portabilityOf(statement);
  const obstacles = portability.portable
    ? ["portable"]
    : portability.obstacles.map((each) => {
        const name = each.kind === "lossy-literal" ? each.text : each.name;
        return `${each.kind === "gensym" ? each.form : each.kind} \`${name}\``;
      });
  return [
    line,
    `  ${statement.canonical}`,
    `  ${statement.digest}, of ${statement.owner}, ${obstacles.join(", ")}`,
    ...statement.repairs.map((repair) => `  repaired: ${repair}`),
  ];
}

function rejected(line: string): string[] {
  const { diagnostics } = parseStatement(line);
  return diagnostics.flatMap(({ code, message, at, hints }) => [
    visible(trimmed(line)),
    `  ${code} at ${at?.span?.start}-${at?.span?.end}: ${message}`,
    ...hints.map((hint) => `  hint: ${hint}`),
  ]);
}

it("has every repair", () => {
  const expected = topics("accepted").map((file) => readFileSync(`${file}.expected`, "utf8"));
  for (const { name } of repairs)
    expect(
      expected.some((text) => text.includes(`repaired: ${name}\n`)),
      name,
    ).toBe(true);
});

describe.each([
  ["accepted", accepted],
  ["rejected", rejected],
] as const)("%s", (folder, report) => {
  it.each(topics(folder).map((file) => [basename(file, ".jl"), file]))("%s", async (_, file) => {
    const lines = linesOf(file);
    for (const line of lines) expect(parseStatement(line).tree !== undefined, line).toBe(folder === "accepted");
    await expect(`${lines.flatMap(report).join("\n")}\n`).toMatchFileSnapshot(`${file}.expected`);
  });
});
