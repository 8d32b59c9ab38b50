import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { bundlePage } from "../../../src/report/page/bundle.js";
import { escaped, pageMark, printPage } from "../../../src/report/page/page.ts";
import type { PageData } from "../../../src/report/page/page-data.ts";

const none = {
  text: [],
  digest: [],
  owner: [],
  method: [],
  compileMs: [],
  recompiles: [],
  runs: [],
  obstacles: [],
  verdict: [],
};

function dataOf(text: string): PageData {
  return {
    tool: "preimage 0.1.0",
    set: text,
    writtenAt: "2026-01-01T00:00:00.000Z",
    names: { owners: [text], methods: [text], obstacles: [], reasons: [] },
    statements: none,
    runs: [],
    timelines: [],
    timelinesLeftOut: 0,
    effects: [],
    comparison: null,
  };
}

const hostile = `</script><script>alert(1)</script><!-- "'&`;
const parts = await bundlePage();

it("begins with its mark, so that a page of ours may be written over", () => {
  expect(printPage(dataOf("a"), parts).startsWith(`${pageMark}\n`)).toBe(true);
});

it("holds its data whole, and none of it as markup", () => {
  const page = printPage(dataOf(hostile), parts);
  const [, packed = ""] = /<script type="application\/gzip" id="data">([A-Za-z0-9+/=]*)<\/script>/.exec(page) ?? [];
  expect(JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString("utf8"))).toEqual(dataOf(hostile));
  expect(page).not.toContain(hostile);
  // Nothing but the two elements of ours.
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page.match(/<\/script/g)).toHaveLength(2);
});

it("lets its own script and style in by their hashes, and nothing else", () => {
  const page = printPage(dataOf("a"), parts);
  const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const hash = (text: string): string => createHash("sha256").update(text).digest("base64");
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    `script-src 'sha256-${hash(parts.script)}'`,
    `style-src 'sha256-${hash(parts.style)}'`,
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "form-action 'none'",
  ]);
});

it("names nothing that would have to be fetched", () => {
  const { script, style } = parts;
  expect(style).not.toMatch(/url\(|@import|@font-face/);
  const addresses = script.match(/\bhttps?:\/\/[^\s"'`)]+/g) ?? [];
  // The names of XML's vocabularies are no addresses.
  expect(addresses.filter((each) => !each.startsWith("http://www.w3.org/"))).toEqual([]);
});

it("escapes what markup is made of", () => {
  expect(escaped(`<a href="x">'&`)).toBe("&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
});
