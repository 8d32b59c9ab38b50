import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { statementOfMember } from "../analysis/prune.ts";
import { streamBlindText } from "../analysis/residual-cause.ts";
import { type StatementSet, sortedMembers } from "../analysis/statement-set.ts";
import { type BuiltSysimage, build, type JudgedStatement } from "../build/build.ts";
import { buildDiagnostic } from "../build/build-diagnostic.ts";
import type { BuildPlan, PackageName, Sysimage } from "../build/build-plan.ts";
import { type Stamp, type StampedStatement, stampPath } from "../build/stamp.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { findLinker } from "../julia/linker.ts";
import { manifestDigest, noProject, projectFolder } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { RepairsOff } from "../statement/repair.ts";
import type { Statement } from "../statement/statement.ts";
import { type Verdict, verdicts } from "../statement/verdict.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { digestText } from "../support/hashing.ts";
import { err, ok } from "../support/result.ts";
import { writeWhole } from "../support/scratch.ts";
import {
  beginStep,
  type CommandContext,
  type CommandResult,
  failed,
  warn,
  withStore,
  withToolchain,
} from "./context.ts";
import { resolveSets } from "./resolve-set.ts";

export interface BuildRequest {
  readonly sets: readonly string[];
  readonly output: string;
  readonly packages: readonly string[];
  readonly project?: string | undefined;
  readonly julia?: string | undefined;
  readonly cpuTarget?: string | undefined;
  readonly baseSysimage?: string | undefined;
  readonly script?: string | undefined;
  readonly repairsOff?: RepairsOff | undefined;
  /** Verdicts that make the command end with 1. */
  readonly failOn: readonly Verdict[];
}

export interface BuildOutcome extends BuiltSysimage {
  /** The sysimage as the user named it. */
  readonly named: string;
  readonly stamp: Stamp;
  readonly stampPath: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** How many statements have a verdict of `failOn`. */
  readonly failing: number;
}

/** Bakes the statements of the sets into a sysimage, and records each statement's verdict. */
export function buildSets(request: BuildRequest, context: CommandContext): Promise<CommandResult<BuildOutcome>> {
  return withStore(context, async (store) => {
    const set = await resolveSets(context, store, request.sets);
    if (!set.ok) return set;
    const toolchain = await withToolchain(context, request.julia);
    if (!toolchain.ok) return toolchain;
    const statements = sortedMembers(set.value).map((member) => statementOfMember(member, request.repairsOff));
    return buildStatements(statements, set.value, request, context, store, toolchain.value);
  });
}

/** The same for statements at hand; `set` tells which runs they come from. */
export async function buildStatements(
  statements: readonly Statement[],
  set: StatementSet,
  request: BuildRequest,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<BuildOutcome>> {
  const plan = planOf(statements, set, request, store, toolchain);
  if (!plan.ok) return plan;
  warnOfOtherJulia(set, toolchain, context);
  const onStep = (step: string): ((failed: boolean) => void) => beginStep(context, step, store.lastStepDuration(step));
  const built = await build(plan.value, onStep, context.abort);
  if (!built.ok) return failed(buildDiagnostic(built.error));
  const stamp = stampOf(plan.value, built.value, set, context, store);
  const path = stampPath(built.value.sysimage);
  writeWhole(path, `${JSON.stringify(stamp, null, 2)}\n`);
  store.recordBake(
    {
      sysimage: built.value.sysimage,
      juliaVersion: toolchain.version.text,
      juliaCommit: toolchain.commit,
      bakedAt: stamp.bakedAt,
      steps: built.value.steps,
    },
    built.value.judged.map(({ statement: { digest, canonical }, verdict, reason }) => ({
      digest,
      canonical,
      verdict,
      reason,
    })),
  );
  const counts = countVerdicts(built.value.judged);
  warnOfMissingProject(plan.value, counts, context);
  const failing = request.failOn.reduce((sum, verdict) => sum + counts[verdict], 0);
  if (failing > 0) {
    warn(context, {
      code: "PI418",
      severity: "warning",
      message: `${failing} of the statements are ${request.failOn.join(" or ")}, which \`--fail-on\` asks about`,
      hints: [],
    });
  }
  return ok({ ...built.value, named: request.output, stamp, stampPath: path, counts, failing });
}

/** A list does not say which project it is for. */
function warnOfMissingProject(
  { project, packages }: BuildPlan,
  { unresolved }: Record<Verdict, number>,
  context: CommandContext,
): void {
  if (unresolved === 0 || project !== undefined || packages.length > 0) return;
  warn(context, {
    code: "PI421",
    severity: "warning",
    message: `${unresolved} of the statements name what was not loaded, and no project was given`,
    hints: ["name the project that has their packages with `--project DIR`"],
  });
}

/** Names and methods differ between versions; compiler-made names may even mean something else. */
function warnOfOtherJulia(set: StatementSet, toolchain: Toolchain, context: CommandContext): void {
  const others = new Set(set.runs.map((run) => run.juliaVersion ?? toolchain.version.text));
  others.delete(toolchain.version.text);
  if (others.size === 0) return;
  warn(context, {
    code: "PI419",
    severity: "warning",
    message: `some statements were traced on Julia ${[...others].sort().join(", ")}, and the sysimage is for ${toolchain.version.text}`,
    hints: ["trace with the Julia that you bake for, or prune with `--portable`"],
  });
}

function planOf(
  statements: readonly Statement[],
  set: StatementSet,
  request: BuildRequest,
  store: StatementStore,
  toolchain: Toolchain,
): CommandResult<BuildPlan> {
  const linker = findLinker();
  if (linker === undefined) {
    return failed(
      errorDiagnostic("PI311", "no C compiler was found to link the sysimage", [
        "install gcc or clang, or name one with JULIA_CC",
      ]),
    );
  }
  const asked = request.project ?? projectOfRuns(set);
  const project = asked === undefined ? undefined : projectFolder(asked);
  if (asked !== undefined && project === undefined) {
    return failed(noProject(asked));
  }
  const missing = [request.script, request.baseSysimage].find((path) => path !== undefined && !existsSync(path));
  if (missing !== undefined)
    return err([errorDiagnostic("PI924", `\`${missing}\` does not exist`, ["correct the path"])]);
  return ok({
    toolchain,
    linker,
    project,
    packages:
      request.packages.length > 0 ? request.packages.map((name) => ({ name })) : packagesOfRuns(set, project, store),
    statements,
    repairsOff: request.repairsOff,
    output: resolve(request.output) as Sysimage,
    baseSysimage: request.baseSysimage === undefined ? toolchain.baseSysimage : resolve(request.baseSysimage),
    cpuTarget: request.cpuTarget ?? "native",
    script: request.script && resolve(request.script),
  });
}

/** The project that all the runs had; undefined where they had none or not the same. */
function projectOfRuns(set: StatementSet): string | undefined {
  const projects = new Set(set.runs.map((run) => run.project));
  return projects.size === 1 ? [...projects][0] : undefined;
}

/** What the runs had loaded at their end, so that `using` finds it in the image; the base sysimage's own cost nothing. */
function packagesOfRuns(set: StatementSet, project: string | undefined, store: StatementStore): PackageName[] {
  const packages = new Map<string, PackageName>();
  for (const run of set.runs.filter((run) => run.project === project)) {
    for (const { name, uuid } of store.packagesOf(run.id) ?? []) {
      if (uuid !== "") packages.set(uuid, { name, uuid });
    }
  }
  return [...packages.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function stampOf(
  plan: BuildPlan,
  built: BuiltSysimage,
  set: StatementSet,
  context: CommandContext,
  store: StatementStore,
): Stamp {
  const { toolchain } = plan;
  return {
    preimage: context.tool,
    julia: { version: toolchain.version.text, commit: toolchain.commit, os: toolchain.os, arch: toolchain.arch },
    cpuTarget: plan.cpuTarget,
    baseSysimage: { path: plan.baseSysimage, digest: store.digestOf(plan.baseSysimage) },
    project: plan.project,
    manifestDigest: plan.project === undefined ? undefined : manifestDigest(plan.project),
    packages: plan.packages.map((pack) => pack.name),
    listDigest: digestText(plan.statements.map((statement) => statement.digest).join("\n")),
    repairsOff: plan.repairsOff?.size ? [...plan.repairsOff].sort() : undefined,
    ioKinds: [...new Set(set.runs.flatMap((run) => run.ioKind ?? []))].sort(),
    verdicts: countVerdicts(built.judged),
    statements: built.judged.map(stamped),
    bakedAt: new Date().toISOString(),
  };
}

function stamped({ statement: { digest, canonical }, verdict, reason }: JudgedStatement): StampedStatement {
  const blind = streamBlindText(canonical);
  return {
    digest,
    verdict,
    ...(reason === "" ? {} : { reason }),
    ...(blind === canonical ? {} : { streamBlind: blind }),
  };
}

export function countVerdicts(judged: readonly JudgedStatement[]): Record<Verdict, number> {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of judged) counts[verdict] += 1;
  return counts;
}
