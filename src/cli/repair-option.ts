import { InvalidArgumentError } from "commander";
import type { RepairsOff } from "../statement/repair.ts";
import { repairRules } from "../statement/replay-repair.ts";

// Apart from the other readers of options: the rules bring the language with them, which most commands start without.

/** `--no-repair` alone reaches this as `all`; `known` is `true` before the first. */
export function repairsOff(text: string, known: RepairsOff | true): RepairsOff {
  const names = repairRules.map(({ name }) => name);
  if (text !== "all" && !names.includes(text)) {
    throw new InvalidArgumentError(`write \`--no-repair\`, or one of ${names.join(", ")} after \`--no-repair=\``);
  }
  return new Set([...(known === true ? [] : known), ...(text === "all" ? names : [text])]);
}
