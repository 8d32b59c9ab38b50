import { type SetMember, sortedMembers } from "../analysis/statement-set.ts";
import { ok } from "../support/result.ts";
import { type CommandContext, type CommandResult, withExistingStore } from "./context.ts";
import { resolveSets } from "./resolve-set.ts";

export interface ListOutcome {
  readonly statements: readonly SetMember[];
}

export function list(sets: readonly string[], context: CommandContext): Promise<CommandResult<ListOutcome>> {
  return withExistingStore(context, async (store) => {
    const set = await resolveSets(context, store, sets);
    return set.ok ? ok({ statements: sortedMembers(set.value) }) : set;
  });
}
