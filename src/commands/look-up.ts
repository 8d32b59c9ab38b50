import type { Path } from "../../grammar/type-expr.ts";
import { statementOfText } from "../analysis/prune.ts";
import type { SetMember, StatementSet } from "../analysis/statement-set.ts";
import { lookUpNames } from "../julia/names.ts";
import { projectFolder } from "../julia/project.ts";
import { findToolchain } from "../julia/toolchain.ts";
import { type Leads, numberedNames } from "../statement/look-up.ts";
import type { TraceRun } from "../statement/provenance.ts";
import { toolFailureText } from "../support/tool-failure-text.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { beginStep, type CommandContext } from "./context.ts";

export interface LookUpRequest {
  /** The Julia that the user named: what came from nowhere known is taken to be from it. */
  readonly julia?: string | undefined;
  readonly project?: string | undefined;
}

const none: Leads = new Map();

/**
 * Leads to the names in a set that a Julia numbered. Asked is only a Julia of the version that printed them: another one
 * may have given the same name to something else. Where nobody can be asked, the user is told and there are no leads.
 */
export async function leadsOf(set: StatementSet, request: LookUpRequest, context: CommandContext): Promise<Leads> {
  const unasked = (why: string): Leads => {
    context.notify({ kind: "note", text: `${count} ${why}` });
    return none;
  };
  const members = [...set.members.values()].filter(({ canonical }) => canonical.includes('"#'));
  const all = namesIn(members);
  if (all.length === 0) return none;
  const count = `names of closures, keyword bodies and generators (${all.length}) were not looked up:`;
  const versions = [...new Set(set.runs.flatMap(({ juliaVersion }) => juliaVersion ?? []))].sort();
  if (request.julia === undefined && versions.length === 0) {
    return unasked("which Julia printed them is not known; name it with `--julia`");
  }
  const found = await findToolchain(request.julia, context.abort);
  if (!found.ok) return unasked("no Julia was found");
  const { version } = found.value;
  const named = request.julia !== undefined;
  const runs = set.runs.filter(({ juliaVersion }) =>
    juliaVersion === undefined ? named : juliaVersion === version.text,
  );
  const names = namesIn(members.filter((member) => isFrom(member, runs, named)));
  if (names.length === 0) return unasked(`Julia ${versions.join(", ")} printed them, and this is ${version.text}`);

  const done = beginStep(context, "look up names");
  const leads = await lookUpNames(found.value, projectOf(request, runs), names, { abort: context.abort });
  done(!leads.ok);
  return leads.ok ? leads.value : unasked(toolFailureText(leads.error));
}

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
  const projects = new Set(runs.map((run) => run.project));
  const asked = project ?? (projects.size === 1 ? [...projects][0] : undefined);
  return asked === undefined ? undefined : projectFolder(asked);
}
