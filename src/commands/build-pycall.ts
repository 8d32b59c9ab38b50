import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { statementOfMember } from "../analysis/prune.ts";
import { type StatementSet, sortedMembers } from "../analysis/statement-set.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { cacheFolder } from "../julia/private-toolchain.ts";
import { pycallCommand, pycallNeedsTwoStages } from "../julia/pycall.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { digestText } from "../support/hashing.ts";
import { isExecutable, onPath } from "../support/on-path.ts";
import { ok } from "../support/result.ts";
import { runTool, type ToolFailure } from "../support/run-tool.ts";
import { type BuildOutcome, buildStatements } from "./build.ts";
import type { BuildRequest, SysimageTarget } from "./build-request.ts";
import { beginStep, type CommandContext, type CommandResult, failed, withStore, withToolchain } from "./context.ts";
import { resolveSets } from "./resolve-set.ts";

export interface PycallRequest extends BuildRequest {
  readonly target: SysimageTarget;
  /** The Python to build PyCall for; without, PyCall is left as it is. */
  readonly python?: string | undefined;
}

/**
 * Builds the image that PyJulia's `julia.sysimage` builds: PyCall and what it depends on, from a project that holds nothing
 * else; and the statements of the sets, where there are any. Errors: PI918 (no such Python), PI438 (PyCall cannot be had),
 * and those of any build.
 */
export function buildPycall(request: PycallRequest, context: CommandContext): Promise<CommandResult<BuildOutcome>> {
  const python = request.python === undefined ? undefined : onPathOrAt(request.python);
  if (request.python !== undefined && python === undefined) return Promise.resolve(failed(noPython(request.python)));
  return withStore(context, async (store) => {
    const set = request.sets.length === 0 ? ok(noStatements) : await resolveSets(context, store, request.sets);
    if (!set.ok) return set;
    const found = await withToolchain(context, request.julia);
    if (!found.ok) return found;
    const toolchain = found.value;
    const project = pycallProject(toolchain, python);
    const had = await getPycall(toolchain, project, python, context);
    return had.ok ? buildStages(request, set.value, project, context, store, toolchain) : had;
  });
}

const noStatements: StatementSet = { label: "no statements", members: new Map(), runs: [] };

/**
 * The requests in their order: each image is the base of the next one. `project`: PyCall's own folder, which also keeps the
 * image that nobody asked for, so that it is baked once.
 */
export function pycallStages(
  { python: _python, ...request }: PycallRequest,
  { version }: Pick<Toolchain, "version">,
  project: string,
): readonly [...BuildRequest[], BuildRequest] {
  const packages = [...new Set(["PyCall", ...request.packages])];
  const whole = { ...request, project, packages };
  if (!pycallNeedsTwoStages(version)) return [whole];
  const output = join(project, "bare.so");
  const { definitions: _definitions, execute: _execute, script: _script, soname: _soname, ...target } = request.target;
  const bare: BuildRequest = {
    ...request,
    sets: [],
    executeTrace: [],
    packages: [],
    failOn: [],
    target: { ...target, output, resume: false },
  };
  return [bare, { ...whole, baseSysimage: output, target: { ...request.target, incremental: true } }];
}

async function buildStages(
  request: PycallRequest,
  set: StatementSet,
  project: string,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<BuildOutcome>> {
  const stages = pycallStages(request, toolchain, project);
  const last = stages.length - 1;
  for (const [index, stage] of stages.slice(0, last).entries()) {
    context.notify({ kind: "note", text: `image ${index + 1} of ${stages.length}: the base of the one with PyCall` });
    const built = await buildStatements([], noStatements, stage, context, store, toolchain);
    if (!built.ok) return built;
  }
  if (last > 0) context.notify({ kind: "note", text: `image ${last + 1} of ${stages.length}: with PyCall` });
  const statements = sortedMembers(set).map((member) => statementOfMember(member, request.repairsOff));
  return buildStatements(statements, set, stages[last] ?? request, context, store, toolchain);
}

/** A project for each Julia and Python; it stays, as the stamp of the image names it. */
function pycallProject({ version }: Toolchain, python: string | undefined): string {
  const which = python === undefined ? "default" : digestText(python).slice(0, 8);
  return join(cacheFolder(), `pycall-${version.text}-${which}`);
}

async function getPycall(
  toolchain: Toolchain,
  project: string,
  python: string | undefined,
  context: CommandContext,
): Promise<CommandResult<undefined>> {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "Project.toml"), "", { flag: "a" });
  const done = beginStep(context, "get PyCall");
  const command = pycallCommand(toolchain.julia, project, python);
  const run = await runTool(command, { streams: { kind: "capture" }, abort: context.abort });
  done(!run.ok);
  return run.ok ? ok(undefined) : failed(noPycall(run.error));
}

function noPycall(failure: ToolFailure) {
  const said = failure.reason === "exit-status" || failure.reason === "signal" ? failure.output : failure.reason;
  const lines = said.split("\n").map((line) => `\n    ${line}`);
  return errorDiagnostic("PI438", `PyCall cannot be had:${lines.join("")}`, [
    "see whether Julia gets it: `julia -e 'using Pkg; Pkg.add(\"PyCall\")'`; it needs the General registry, or a depot that has PyCall",
    "Python's newer juliacall needs no PyCall: `PYTHON_JULIACALL_SYSIMAGE` names any image",
  ]);
}

function onPathOrAt(python: string): string | undefined {
  if (!/[/\\]/.test(python)) return onPath(python);
  return isExecutable(resolve(python)) ? resolve(python) : undefined;
}

function noPython(python: string) {
  return errorDiagnostic("PI918", `there is no Python at \`${python}\``, [
    "name one that runs, such as `--python python3`",
  ]);
}
