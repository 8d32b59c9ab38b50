import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { PageData } from "./page-data.ts";

/** The page's script and style, bundled. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/** Comes first in every page of ours, so that one may be written over the other. */
export const pageMark = "<!doctype html><!-- written by preimage -->";

/**
 * One page that needs nothing else. What comes from a trace stands in it as compressed data in base64 and, of the set's
 * name, as escaped text; the script writes it as text. A policy names the one script and the one style by their hashes,
 * so nothing else can run, and nothing is fetched.
 */
export function printPage(data: PageData, { script, style }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    // No text becomes markup, whatever a library can do.
    "require-trusted-types-for 'script'",
    "form-action 'none'",
  ].join("; ");
  const packed = gzipSync(JSON.stringify(data), { level: 9 }).toString("base64");
  const title = escaped(`${data.set} · preimage report`);
  return `${pageMark}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${escaped(data.tool)}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main id="page"><h1>${title}</h1><noscript><p>This page draws itself with its own script: allow scripts for this file.</p></noscript></main>
<script type="application/gzip" id="data">${packed}</script>
<script>${script}</script>
</body>
</html>
`;
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that is text wherever it stands in a page. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
