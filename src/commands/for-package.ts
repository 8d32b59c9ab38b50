import { type ForPackage, forPackage } from "../analysis/for-package.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { ok } from "../support/result.ts";
import { isModuleRelative } from "../trace/module-names.ts";
import { type CommandContext, type CommandResult, failed, interrupted, warn, withExistingStore } from "./context.ts";
import { writeFiles } from "./emit.ts";
import { type LookUpRequest, leadsOf } from "./look-up.ts";
import { resolveSets } from "./resolve-set.ts";

export interface ForPackageRequest extends LookUpRequest {
  readonly sets: readonly string[];
  /** Whose precompile file is written. */
  readonly package: string;
  readonly output?: string | undefined;
}

export interface ForPackageOutcome extends ForPackage {
  readonly output: string | undefined;
}

/** Writes the statements that a package may own as a file for its own source. */
export function writeForPackage(
  request: ForPackageRequest,
  context: CommandContext,
): Promise<CommandResult<ForPackageOutcome>> {
  return withExistingStore(context, async (store) => {
    if (request.sets.length === 0) {
      return failed(errorDiagnostic("PI929", "no set was named", ["name a list, `run:NAME` or `store`"]));
    }
    const set = await resolveSets(context, store, request.sets);
    if (!set.ok) return set;
    const leads = await leadsOf(set.value, request, context);
    if (context.abort.aborted) return failed(interrupted("names were looked up"));
    if (!leads.ok) return leads;
    const { tool } = context;
    const { output } = request;
    const made = forPackage(request.package, set.value, leads.value, {
      tool,
      isModuleRelative: ({ tree }) => isModuleRelative(tree),
    });
    if (made.statements === 0) {
      warn(context, {
        code: "PI476",
        severity: "warning",
        message: `no statement of the set is one that \`${request.package}\` may own`,
        hints: ["see whose they are with `preimage stats SET --by owner`"],
      });
    }
    const unwritten = output === undefined ? undefined : writeFiles(output, [{ ...made, path: "" }]);
    return unwritten === undefined ? ok({ ...made, output }) : failed(unwritten);
  });
}
