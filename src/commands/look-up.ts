import type { Path } from "../../grammar/type-expr.ts";
import { type LeadsOf, statementOfText } from "../analysis/prune.ts";
import type { SetMember, StatementSet } from "../analysis/statement-set.ts";
import { lookUpNames } from "../julia/names.ts";
import { projectFolder } from "../julia/project.ts";
import { findToolchain } from "../julia/toolchain.ts";
import { toolchainDiagnostic } from "../julia/toolchain-diagnostic.ts";
import { numberedNames } from "../statement/look-up.ts";
import type { TraceRun } from "../statement/provenance.ts";
import { ok } from "../support/result.ts";
import { toolFailureText } from "../support/tool-failure-text.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { beginStep, type CommandContext, type CommandResult, failed } from "./context.ts";
import { projectOfRuns } from "./environment.ts";

export interface LookUpRequest {
  /** The Julia that the user named: what came from nowhere known is taken to be from it. */
  readonly julia?: string | undefined;
  readonly project?: string | undefined;
}

const none: LeadsOf = () => undefined;

/**
 * Leads to the names in a set that a Julia numbered. Asked is only a Julia of the version that printed them, of the statements
 * that it printed: another one may have given the same name to something else. Of the rest the user is told. Errors: the
 * Julia that was named is none.
 */
export async function leadsOf(
  set: StatementSet,
  request: LookUpRequest,
  context: CommandContext,
): Promise<CommandResult<LeadsOf>> {
  const members = [...set.members.values()].filter(({ canonical }) => canonical.includes('"#'));
  const tell = (names: readonly Path[], why: string): void => {
    const what = `names of closures, keyword bodies and generators (${names.length}) were not looked up`;
    if (names.length > 0) context.notify({ kind: "note", text: `${what}: ${why}` });
  };
  const unasked = (why: string): CommandResult<LeadsOf> => {
    tell(namesIn(members), why);
    return ok(none);
  };
  if (namesIn(members).length === 0) return ok(none);
  const versions = versionsOf(set.runs);
  if (request.julia === undefined && versions.length === 0) {
    return unasked("which Julia printed them is not known; name it with `--julia`");
  }
  const found = await findToolchain(request.julia, context.abort);
  if (!found.ok) {
    return found.error.reason === "none-found"
      ? unasked("no Julia was found")
      : failed(toolchainDiagnostic(found.error));
  }
  const { version } = found.value;
  const named = request.julia !== undefined;
  const runs = set.runs.filter(({ juliaVersion }) =>
    juliaVersion === undefined ? named : juliaVersion === version.text,
  );
  const isAsked = (member: SetMember): boolean => isFrom(member, runs, named);
  const others = versionsOf(set.runs.filter((run) => !runs.includes(run)));
  const rest = namesIn(members.filter((member) => !isAsked(member)));
  tell(
    rest,
    `${others.length === 0 ? "another Julia" : `Julia ${others.join(", ")}`} printed them, and this is ${version.text}`,
  );
  const names = namesIn(members.filter(isAsked));
  if (names.length === 0) return ok(none);

  const done = beginStep(context, "look up names");
  const leads = await lookUpNames(found.value, projectOf(request, runs), names, { abort: context.abort });
  done(!leads.ok);
  if (!leads.ok) {
    tell(names, toolFailureText(leads.error));
    return ok(none);
  }
  return ok((member) => (isAsked(member) ? leads.value : undefined));
}

const versionsOf = (runs: readonly TraceRun[]): readonly string[] =>
  [...new Set(runs.flatMap(({ juliaVersion }) => juliaVersion ?? []))].sort();

/** Distinct ones; what Main has is the script's own and nowhere else. */
function namesIn(members: readonly SetMember[]): readonly Path[] {
  const names = new Map<string, Path>();
  for (const { canonical } of members) {
    for (const name of numberedNames(statementOfText(canonical).tree)) {
      if (name.segments[0].name !== "Main") names.set(printTypeExpr(name), name);
    }
  }
  return [...names.values()];
}

function isFrom({ runs }: SetMember, known: readonly TraceRun[], named: boolean): boolean {
  return runs.length === 0 ? named : known.some(({ id }) => runs.includes(id));
}

function projectOf({ project }: LookUpRequest, runs: readonly TraceRun[]): string | undefined {
  const asked = project ?? projectOfRuns(runs);
  return asked === undefined ? undefined : projectFolder(asked);
}
