import { InvalidArgumentError } from "commander";
import type { PortabilityFilter } from "../analysis/prune.ts";
import { type Verdict, verdicts } from "../statement/verdict.ts";

/** Readers of option values: each takes the word that was typed and refuses what it cannot mean. */

export function tag(text: string, tags: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [key = "", ...value] = text.split("=");
  if (key === "" || value.length === 0) throw new InvalidArgumentError("write it as KEY=VALUE");
  return { ...tags, [key]: value.join("=") };
}

export function repeated(text: string, known: readonly string[] = []): string[] {
  return [...known, text];
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("write a whole number");
  return Number(text);
}

export function count(text: string): number {
  const number = wholeNumber(text);
  if (number < 1) throw new InvalidArgumentError("write a number from 1 on");
  return number;
}

/** `--portable` alone reaches this as `names`, see `withPlainPortable` in main.ts. */
export function portable(text: string): PortabilityFilter {
  if (text !== "strict" && text !== "names")
    throw new InvalidArgumentError("write `--portable` or `--portable=strict`");
  return text;
}

export function failOn(text: string): Verdict[] {
  return text.split(",").map((word) => {
    const verdict = verdicts.find((verdict) => verdict === word.trim());
    if (verdict === undefined) throw new InvalidArgumentError(`write some of ${verdicts.join(",")}`);
    return verdict;
  });
}
