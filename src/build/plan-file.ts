import { writeFileSync } from "node:fs";
import type { PackageName } from "./build-plan.ts";

/** What a Julia script of ours is told: lines of `key<TAB>value…`. */
export function writePlan(path: string, entries: readonly (readonly string[])[]): void {
  writeFileSync(path, entries.map((entry) => `${entry.join("\t")}\n`).join(""));
}

export const packageEntries = (packages: readonly PackageName[]): string[][] =>
  packages.map(({ name, uuid }) => ["package", name, uuid ?? ""]);
