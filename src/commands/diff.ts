import { diffSets, type SetDiff } from "../analysis/diff.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, withExistingStore } from "./context.ts";
import { resolveSets } from "./resolve-set.ts";

export interface DiffOutcome extends SetDiff {
  readonly a: string;
  readonly b: string;
}

export function diff(a: string, b: string, context: CommandContext): Promise<CommandResult<DiffOutcome>> {
  return withExistingStore(context, async (store) => {
    const setA = await resolveSets(context, store, [a]);
    if (!setA.ok) return setA;
    const setB = await resolveSets(context, store, [b]);
    return setB.ok ? ok({ a, b, ...diffSets(setA.value, setB.value) }) : setB;
  });
}
