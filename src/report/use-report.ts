import type { UseOutcome, WrittenWiring } from "../commands/use.ts";
import type { SnippetTarget } from "../wiring/snippets.ts";
import { type Format, json, type Rendering } from "./rendering.ts";
import { facts } from "./table.ts";

/** `only`: the text for that one alone, to be piped where it belongs. */
export function reportUse({ snippets, written }: UseOutcome, format: Format, only?: SnippetTarget): Rendering {
  const asked = snippets.filter(({ target }) => only === undefined || target === only);
  if (format === "json")
    return { stdout: json(written === undefined ? { snippets: asked } : { written }), exitCode: 0 };
  if (written !== undefined) return { stdout: writtenText(written), exitCode: 0 };
  if (asked.length === 0) {
    const others = [...new Set(snippets.map(({ target }) => target))].join(", ");
    return { stdout: "", stderr: `there is nothing to paste for ${only}; there is for ${others}\n`, exitCode: 2 };
  }
  const texts = asked.map(({ title, text }) => (only === undefined ? `== ${title}\n${text}` : text));
  return { stdout: texts.join("\n"), exitCode: 0 };
}

function writtenText({ path, changed, backup, next, undo }: WrittenWiring): string {
  return facts([
    [changed ? "wrote" : "nothing to do", changed ? path : `${path} says so already`],
    ["before", backup && `kept as ${backup}`],
    ["next", next],
    ["undo", undo],
  ]);
}
