import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { randomNumbers } from "./fleet.ts";

export interface Distinct {
  readonly lines: readonly string[];
  /** How many of them Julia printed; they come first. */
  readonly real: number;
}

const plain = /^precompile\(Tuple\{.*\}\)$/;
/** A type without parameters, and no module in front of something. */
const leafType = /(?<!where |[\w.:"#])(?:[A-Z]\w*\.)*[A-Z]\w*(?![\w.{("])/g;

/**
 * So many distinct statements: those of the corpora beside the checkout, or of our own where they are not there, and where
 * these are too few, the same with other types in the place of some of theirs.
 */
export function distinctStatements(root: string, count: number): Distinct {
  const shared = globSync("../shared/corpora/**/*.jl", { cwd: root });
  const files = shared.length > 0 ? shared : globSync("corpora/traces/**/*.jl", { cwd: root });
  const all = files.sort().flatMap((file) => readFileSync(join(root, file), "utf8").split("\n"));
  const found = new Set(all.filter((line) => plain.test(line)));
  const real = [...found].slice(0, count);
  const types = [...new Set(real.flatMap((line) => line.match(leafType) ?? []))];
  const random = randomNumbers(7);
  const oneOf = (items: readonly string[]): string => items[Math.floor(random() * items.length)] ?? "Any";
  while (found.size < count) {
    found.add(oneOf(real).replace(leafType, (type) => (random() < 0.5 ? type : oneOf(types))));
  }
  return { lines: [...found].slice(0, count), real: real.length };
}
