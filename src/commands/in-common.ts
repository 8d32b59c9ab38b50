import { printCuratedList } from "../analysis/curated-list.ts";
import { commonOf, type Quorum } from "../analysis/quorum.ts";
import { type CommandContext, type CommandResult, withExistingStore } from "./context.ts";
import { type PruneOutcome, writtenTo } from "./prune.ts";
import { resolveEach } from "./resolve-set.ts";

export interface CommonRequest {
  readonly sets: readonly string[];
  readonly quorum: Quorum;
  /** The quorum as it was typed, for the list's header. */
  readonly filterText: string;
  readonly output?: string | undefined;
}

/** A curated list of what enough runs and lists have in common. */
export function common(
  { sets, quorum, filterText, output }: CommonRequest,
  context: CommandContext,
): Promise<CommandResult<PruneOutcome>> {
  return withExistingStore(context, async (store) => {
    const each = await resolveEach(context, store, sets);
    if (!each.ok) return each;
    const { pruned, set } = commonOf(each.value, quorum);
    const text = printCuratedList(context.tool, set, pruned, filterText);
    return writtenTo({ pruned, text, output }, "ask for fewer with `--min-runs` or `--quorum`", context);
  });
}
