import { existsSync, readFileSync } from "node:fs";
import type { PageParts } from "./page.ts";

/** Where `bin/pack.js` puts them, beside the packed code. */
export const packedParts = { script: "page.js", style: "page.css" } as const;

/** The installed package has them ready; a checkout makes them of their sources, in a moment. */
export async function pageParts(): Promise<PageParts> {
  const [script, style] = [packedParts.script, packedParts.style].map((name) => new URL(name, import.meta.url));
  if (script !== undefined && style !== undefined && existsSync(script))
    return { script: readFileSync(script, "utf8"), style: readFileSync(style, "utf8") };
  const { bundlePage } = await import("./bundle.js");
  return bundlePage();
}
