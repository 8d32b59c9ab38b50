import { globSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { expect, it } from "vitest";
import { repository } from "./rig.ts";

/** Lower may not see higher. */
const layers = [
  "grammar",
  "support",
  "diagnostics",
  "syntax",
  "statement",
  "analysis",
  "julia",
  "trace",
  "store",
  "build",
  "wiring",
  "commands",
  "report",
  "cli",
];

/** One door a package. */
const doors: Readonly<Record<string, readonly string[]>> = {
  chevrotain: ["grammar", "syntax"],
  "better-sqlite3": ["store"],
  commander: ["cli"],
  "cli-table3": ["report"],
  "d3-axis": ["report"],
  "d3-hierarchy": ["report"],
  "d3-scale": ["report"],
  "d3-selection": ["report"],
  "jsonc-parser": ["wiring"],
  "node:child_process": ["support"],
  "smol-toml": ["julia"],
};

interface Import {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const layerOf = (file: string): string =>
  relative(repository, file)
    .replace(/^src\//, "")
    .split("/")[0] ?? "";
const files = globSync(["grammar/**/*.ts", "src/**/*.ts"], { cwd: repository }).map((file) =>
  resolve(repository, file),
);
const imports = files.flatMap((file): Import[] =>
  [...readFileSync(file, "utf8").matchAll(/(?:from |import\(|require\() ?"([^"]+)"/g)].map(([, to = ""]) => ({
    file: relative(repository, file),
    from: layerOf(file),
    to: to.startsWith(".") ? layerOf(resolve(dirname(file), to)) : to,
  })),
);

it("finds the house", () => {
  expect(new Set(files.map(layerOf))).toEqual(new Set(layers));
});

it.each(layers)("%s sees nothing above it", (layer) => {
  const above = new Set(layers.slice(layers.indexOf(layer) + 1));
  expect(imports.filter(({ from, to }) => from === layer && above.has(to))).toEqual([]);
});

it.each(Object.entries(doors))("%s is used behind its door only", (name, allowed) => {
  const users = imports.filter(({ to }) => to === name);
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter(({ from }) => !allowed.includes(from))).toEqual([]);
});

/** What a file loads at once, and what that loads: an `import(…)` is not followed. */
function loadedBy(file: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const source = readFileSync(resolve(repository, file), "utf8");
  for (const [, to = ""] of source.matchAll(/^(?:import|export) (?!type )(?:[^;"]* from )?"([^"]+)"/gm)) {
    if (!to.startsWith(".")) loaded.add(to);
    else if (to.endsWith(".ts")) loadedBy(relative(repository, resolve(repository, dirname(file), to)), loaded);
  }
  return loaded;
}

it.each([
  ...["cli/main", "cli/runs-command", "commands/runs", "report/runs-report", "commands/import"],
  ...["cli/statements-command", "commands/show", "report/show-report"],
])("src/%s.ts starts without a parser, digests or tools", (name) => {
  const heavy = /^(?:grammar\/(?:parser|tokens|read-statement)|chevrotain|node:crypto|node:child_process)/;
  const loaded = [...loadedBy(`src/${name}.ts`)];
  expect(loaded.length).toBeGreaterThan(3);
  expect(loaded.filter((each) => heavy.test(each))).toEqual([]);
});

it("what draws the page sees what is pure alone, as it runs in a browser", () => {
  const browser = files.filter((file) => file.includes("/page/browser/")).map((file) => relative(repository, file));
  expect(browser.length).toBeGreaterThan(5);
  const loaded = new Set(browser.flatMap((file) => [...loadedBy(file)]));
  expect([...loaded].filter((each) => each.startsWith("node:") || /^src\/(?!report\/)/.test(each))).toEqual([]);
});

it("has no drawers", () => {
  expect(files.filter((file) => /\/(utils?|helpers?|common|types|misc)(\.ts|\/)/.test(file))).toEqual([]);
});
