import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { StatementSet } from "../analysis/statement-set.ts";
import type { BackEnd, Input } from "../build/back-end.ts";
import { type BuildSurroundings, type Built, build, unsupportedBy } from "../build/build.ts";
import { buildDiagnostic } from "../build/build-diagnostic.ts";
import type { BuildFailure } from "../build/build-failure.ts";
import type { BuildPlan, PackageName, Sysimage, SysimagePlan } from "../build/build-plan.ts";
import { inputsOf, type KnownInputs } from "../build/inputs.ts";
import { packageBackEnd } from "../build/package/package-back-end.ts";
import { sysimageBackEnd } from "../build/sysimage/sysimage-back-end.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { linkerFor } from "../julia/linker.ts";
import { readManifest } from "../julia/manifest.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { compressFlags, defaultCpuTarget, oldestWithCompression, osOf } from "../julia/versions.ts";
import type { Statement } from "../statement/statement.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok, type Result } from "../support/result.ts";
import type { BuildRequest, BuildTarget, SysimageTarget } from "./build-request.ts";
import { type CommandContext, type CommandResult, failed } from "./context.ts";
import { environmentFor, missingFile } from "./environment.ts";
import { packagePlan } from "./package-target.ts";

/** A plan with the back end that it is for. */
export interface PreparedBuild {
  readonly plan: BuildPlan;
  /** What processors it is for, as Julia's `--cpu-target` says it. */
  readonly cpuTarget: string;
  /** Where a package is made. */
  readonly package?: { readonly name: string; readonly uuid: string } | undefined;
  /** Where it will stand, absolute. */
  readonly output: string;
  readonly inputs: (known: KnownInputs) => Input[];
  readonly build: (inputs: string, surroundings: BuildSurroundings) => Promise<Result<Built, BuildFailure>>;
}

function prepared<Plan extends BuildPlan>(
  plan: Plan,
  backEnd: BackEnd<Plan>,
  told: Pick<PreparedBuild, "cpuTarget" | "package">,
): PreparedBuild {
  return {
    ...told,
    plan,
    output: backEnd.output(plan),
    inputs: (known) => [...inputsOf(plan, backEnd, known)],
    build: (inputs, surroundings) => build(plan, backEnd, inputs, surroundings),
  };
}

/** Everything that the builder reads, from what was asked for, what the runs tell, and what is found here. */
export function prepareBuild(
  statements: readonly Statement[],
  set: StatementSet,
  request: BuildRequest,
  store: StatementStore,
  toolchain: Toolchain,
  context: CommandContext,
): CommandResult<PreparedBuild> {
  const { target } = request;
  const common = commonPlan(statements, set, request, store, toolchain);
  if (!common.ok) return common;
  if (target.as === "package") {
    const plan = packagePlan(common.value, target, context);
    if (!plan.ok) return plan;
    const { name, uuid, cpuTarget = "native" } = plan.value;
    return ok(prepared(plan.value, packageBackEnd, { cpuTarget, package: { name, uuid } }));
  }
  const plan = sysimagePlan(common.value, target);
  return plan.ok ? ok(prepared(plan.value, sysimageBackEnd, plan.value)) : plan;
}

/** Why this Julia cannot make it, whatever the list: known before anything is traced. */
export function unfitJulia({ as }: Pick<BuildTarget, "as">, toolchain: Toolchain): Diagnostic | undefined {
  const failure = unsupportedBy(as === "package" ? packageBackEnd : sysimageBackEnd, toolchain);
  return failure && buildDiagnostic(failure);
}

function commonPlan(
  statements: readonly Statement[],
  set: StatementSet,
  request: BuildRequest,
  store: StatementStore,
  toolchain: Toolchain,
): CommandResult<BuildPlan> {
  const environment = environmentFor(request, set, store, toolchain);
  if (!environment.ok) return failed(environment.error);
  const { project, packages } = environment.value;
  const unknown = request.packages.length === 0 ? [] : packagesNotIn(project, packages, toolchain);
  if (unknown.length > 0) return failed(notInProject(unknown, project));
  return ok({
    toolchain,
    ...environment.value,
    statements,
    repairsOff: request.repairsOff,
    juliaArgs: request.juliaArgs,
    unchecked: request.unchecked,
  });
}

/** Known before minutes are spent. Without a Manifest only Julia can tell. */
function packagesNotIn(
  project: string | undefined,
  packages: readonly PackageName[],
  { stdlib, version }: Toolchain,
): string[] {
  const manifest = project === undefined ? undefined : readManifest(project, version);
  if (manifest === undefined || !manifest.ok || manifest.value.length === 0) return [];
  return packages
    .filter(({ uuid, name }) => uuid === undefined && !existsSync(resolve(stdlib, name)))
    .map(({ name }) => name);
}

function notInProject(names: readonly string[], project: string | undefined) {
  return errorDiagnostic(
    "PI425",
    `${names.map((name) => `\`${name}\``).join(", ")} ${names.length === 1 ? "is" : "are"} not in the project \`${project}\``,
    ["add it to the project with Julia's `Pkg.add`, or correct the name", "name another project with `--project DIR`"],
  );
}

function sysimagePlan(common: BuildPlan, target: SysimageTarget): CommandResult<SysimagePlan> {
  const { toolchain } = common;
  const linker = linkerFor(toolchain);
  if (linker === undefined) {
    return failed(
      errorDiagnostic("PI311", "no C compiler was found to link the sysimage", [
        "install gcc or clang, or name one with JULIA_CC",
      ]),
    );
  }
  const missing = missingFile(target.script, target.definitions, target.execute?.[0]);
  if (missing !== undefined) return failed(missing);
  const refused = refusedOption(target, common);
  if (refused !== undefined) return failed(refused);
  return ok({
    ...common,
    linker,
    output: resolve(target.output) as Sysimage,
    cpuTarget: target.cpuTarget ?? defaultCpuTarget(toolchain.version),
    freshBase: target.incremental ? undefined : { stdlibs: target.filterStdlibs ? stdlibsOf(common) : undefined },
    importIntoMain: target.importIntoMain,
    compress: target.compress,
    fast: target.fast,
    soname: target.soname,
    compatVersion: target.compatVersion,
    script: target.script && resolve(target.script),
    definitions: target.definitions && resolve(target.definitions),
    execute: executed(target.execute),
    resume: target.resume,
  });
}

/** What this Julia or this system cannot do, or what does not go together, said before anything is done. */
function refusedOption(target: SysimageTarget, { toolchain: { version, os, baseSysimage }, ...plan }: BuildPlan) {
  if (target.compress && compressFlags(version) === undefined) {
    return errorDiagnostic("PI426", `Julia ${version.text} cannot compress a sysimage`, [
      `leave out \`--compress\`, or name a Julia ${oldestWithCompression} or newer with \`--julia PATH\``,
    ]);
  }
  if (target.compatVersion !== undefined && osOf(os) !== "Darwin") {
    return errorDiagnostic("PI926", "a compatibility version is known to libraries of macOS only", [
      "put the version into the name with `--soname`",
    ]);
  }
  if (target.filterStdlibs && target.incremental) {
    return errorDiagnostic("PI927", "`--filter-stdlibs` chooses what goes into a base that is compiled anew", [
      "add `--no-incremental`, which takes minutes more",
    ]);
  }
  if (!target.incremental && plan.baseSysimage !== baseSysimage) {
    return errorDiagnostic("PI928", "with `--no-incremental` nothing is built upon a base sysimage", [
      "leave out one of `--no-incremental` and `--base-sysimage`",
    ]);
  }
  return undefined;
}

/** Standard libraries among the packages: what a base image made for them needs to hold. */
function stdlibsOf({ packages, toolchain }: BuildPlan): string[] {
  return packages.map(({ name }) => name).filter((name) => existsSync(resolve(toolchain.stdlib, name)));
}

function executed([file, ...args]: readonly string[] = []): readonly [string, ...string[]] | undefined {
  return file === undefined ? undefined : [resolve(file), ...args];
}
