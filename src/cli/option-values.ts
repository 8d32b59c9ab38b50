import { InvalidArgumentError } from "commander";
import { type ChangeKind, changeKinds } from "../analysis/change-kind.ts";
import type { PortabilityFilter } from "../analysis/prune.ts";
import { type JuliaVersion, parseJuliaVersion } from "../julia/julia-version.ts";
import { type Verdict, verdicts } from "../statement/verdict.ts";

/** Readers of option values: each takes the word that was typed and refuses what it cannot mean. */

export function tag(text: string, tags: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [key = "", ...value] = text.split("=");
  if (key === "" || value.length === 0) throw new InvalidArgumentError("write it as KEY=VALUE");
  if (Object.hasOwn(tags, key)) throw new InvalidArgumentError(`a run has one value of a tag, and \`${key}\` gets two`);
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

export function quantity(text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new InvalidArgumentError("write a number, such as 2 or 0.5");
  return Number(text);
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
  // An older one reads no `var"…"`, in which lists write such names, and bakes nothing of preimage's.
  if (version.minor < 3)
    throw new InvalidArgumentError("write 1.3 or newer: an older Julia cannot read the names in a list");
  return version;
}

/** Some of the words, with commas between them. */
function someOf<Word extends string>(words: readonly Word[], text: string): Word[] {
  return text.split(",").map((part) => {
    const word = words.find((word) => word === part.trim());
    if (word === undefined) throw new InvalidArgumentError(`write some of ${words.join(",")}`);
    return word;
  });
}

export const failOn = (text: string): Verdict[] => someOf(verdicts, text);
export const changeKindsOf = (text: string): ChangeKind[] => someOf(changeKinds, text);

/** `80%`; gives a part of one. */
export function share(text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)\s*%$/.exec(text) ?? [];
  const percent = Number(digits);
  if (!(percent > 0 && percent <= 100)) throw new InvalidArgumentError("write it like 80%, up to 100%");
  return percent / 100;
}

export function packageName(text: string): string {
  if (!/^[A-Z][A-Za-z0-9_]*$/.test(text))
    throw new InvalidArgumentError("write a name of letters and digits, the first a capital");
  return text;
}

export function runName(text: string): string {
  if (text === "" || /\p{Cc}/u.test(text)) throw new InvalidArgumentError("write one or more letters, on one line");
  if (/^\d+$/.test(text)) throw new InvalidArgumentError("a number names a run by its id; add a letter");
  return text;
}

export function wiringName(text: string): string {
  if (!/^[A-Za-z][\w-]*$/.test(text)) throw new InvalidArgumentError("write letters, digits, - and _, a letter first");
  return text;
}

/** Where a list, a page or another form is written; `-` is standard output, as without the option. */
export const outputFile = (path: string | undefined): string | undefined => (path === "-" ? undefined : path);

/** Of an option that may be repeated: commander checks no choices where a value is read by a function. */
export const repeatedChoice =
  <T extends string>(choices: readonly T[]) =>
  (text: string, known: readonly T[] = []): T[] => {
    const choice = choices.find((each) => each === text);
    if (choice === undefined) throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
    return [...known, choice];
  };
