// `node grammar/diagram.ts > diagram.html`: the railroad diagram of the rules that the parser runs. The page needs no
// network: chevrotain's scripts and styles are written into it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSyntaxDiagramsCode } from "chevrotain";
import { StatementParser } from "./parser.ts";

const entry = createRequire(import.meta.url).resolve("chevrotain");
const resources = join(dirname(entry), "../../diagrams");
const marker = "resource:";

/** A page with a diagram a rule, in the order of the parser. */
export function diagramPage(): string {
  const page = createSyntaxDiagramsCode(new StatementParser().getSerializedGastProductions(), {
    resourceBase: marker,
    css: `${marker}diagrams.css`,
  });
  return page
    .replace(/<link[^>]*href='resource:([^']+)'[^>]*>/g, (_, file: string) => `<style>${resource(file)}</style>`)
    .replace(/<script src='resource:([^']+)'><\/script>/g, (_, file: string) => `<script>${resource(file)}</script>`);
}

const resource = (file: string): string => readFileSync(join(resources, file), "utf8");

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(diagramPage());
