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
  "node:child_process": ["support"],
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
  [...readFileSync(file, "utf8").matchAll(/(?:from|import\() ?"([^"]+)"/g)].map(([, to = ""]) => ({
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

it("has no drawers", () => {
  expect(files.filter((file) => /\/(utils?|helpers?|common|types|misc)(\.ts|\/)/.test(file))).toEqual([]);
});
