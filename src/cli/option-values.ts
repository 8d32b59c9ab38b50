import { InvalidArgumentError } from "commander";
import type { PortabilityFilter } from "../analysis/prune.ts";
import { type JuliaVersion, parseJuliaVersion } from "../julia/julia-version.ts";
import type { RepairsOff } from "../statement/repair.ts";
import { repairRules } from "../statement/replay-repair.ts";
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

/** `--portable` alone reaches this as `names`, see `withPlainOptions` in main.ts. */
export function portable(text: string): PortabilityFilter {
  if (text !== "strict" && text !== "names")
    throw new InvalidArgumentError("write `--portable` or `--portable=strict`");
  return text;
}

/** `1.12`, or a version of it. */
export function release(text: string): JuliaVersion {
  const version = parseJuliaVersion(text);
  if (version === undefined || version.major !== 1)
    throw new InvalidArgumentError("write a Julia version such as 1.12");
  return version;
}

/** `--no-repair` alone reaches this as `all`; `known` is `true` before the first. */
export function repairsOff(text: string, known: RepairsOff | true): RepairsOff {
  const names = repairRules.map(({ name }) => name);
  if (text !== "all" && !names.includes(text)) {
    throw new InvalidArgumentError(`write \`--no-repair\`, or one of ${names.join(", ")} after \`--no-repair=\``);
  }
  return new Set([...(known === true ? [] : known), ...(text === "all" ? names : [text])]);
}

export function failOn(text: string): Verdict[] {
  return text.split(",").map((word) => {
    const verdict = verdicts.find((verdict) => verdict === word.trim());
    if (verdict === undefined) throw new InvalidArgumentError(`write some of ${verdicts.join(",")}`);
    return verdict;
  });
}

export function runName(text: string): string {
  if (/^\d*$/.test(text)) throw new InvalidArgumentError("a number names a run by its id; add a letter");
  return text;
}
