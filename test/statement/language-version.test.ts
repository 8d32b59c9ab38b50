import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { languageVersion } from "../../src/statement/language-version.ts";
import { digestText } from "../../src/support/hashing.ts";
import { ingest } from "../../src/trace/ingest.ts";
import { repository } from "../rig.ts";
import { Heard } from "../samples.ts";

/** Where this fails, canonical texts changed: raise `languageVersion`, lest stores keep the old ones, and write both here. */
const known = { languageVersion: 3, canonical: "a659009e5333244d92704bb7cd923129" };

it("the version of the language is raised with its canonical texts", () => {
  const files = globSync("corpora/traces/1.5.3/*.jl", { cwd: repository }).sort();
  expect(files).toHaveLength(3);
  const heard = new Heard();
  for (const file of files) ingest([join(repository, file)], heard);
  const lines = files.flatMap((file) => readFileSync(join(repository, file), "utf8").trimEnd().split("\n"));
  expect(new Set(heard.sightings.map(({ spelling }) => spelling)).size).toBe(new Set(lines).size);
  const canonical = digestText(heard.sightings.map((sighting) => sighting.canonical).join("\n")).slice(0, 32);
  expect({ languageVersion, canonical }).toEqual(known);
});
