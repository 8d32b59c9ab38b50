import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { StatementSet } from "../analysis/statement-set.ts";
import type { PackageName } from "../build/build-plan.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { readManifest } from "../julia/manifest.ts";
import { loadedWith } from "../julia/package-facts.ts";
import { directDependencies, noProject, projectFolder } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { err, ok, type Result } from "../support/result.ts";

/** What a list is loaded into, to be rehearsed or baked. */
export interface Environment {
  /** A folder with a Project.toml; undefined: Julia's default environment. */
  readonly project: string | undefined;
  readonly packages: readonly PackageName[];
  readonly baseSysimage: string;
}

export interface EnvironmentRequest {
  /** None: see `packagesToLoad`. */
  readonly packages: readonly string[];
  /** Load what the packages depend on by the Manifest as well, where they would load it later. */
  readonly transitive: boolean;
  readonly project?: string | undefined;
  readonly baseSysimage?: string | undefined;
}

/** What was asked for, or else what the runs had and this Julia has. Errors: what was asked for is not there. */
export function environmentFor(
  request: EnvironmentRequest,
  set: StatementSet,
  store: StatementStore,
  toolchain: Toolchain,
): Result<Environment, Diagnostic> {
  const asked = request.project ?? projectOfRuns(set.runs);
  const project = asked === undefined ? undefined : projectFolder(asked);
  if (asked !== undefined && project === undefined) return err(noProject(asked));
  const missing = missingFile(request.baseSysimage);
  if (missing !== undefined) return err(missing);
  const baseSysimage = request.baseSysimage === undefined ? toolchain.baseSysimage : resolve(request.baseSysimage);
  return ok({ project, packages: packagesToLoad(request, set, project, store, toolchain), baseSysimage });
}

export function missingFile(...paths: readonly (string | undefined)[]): Diagnostic | undefined {
  const missing = paths.find((path) => path !== undefined && !existsSync(path));
  if (missing === undefined) return undefined;
  return errorDiagnostic("PI924", `\`${missing}\` does not exist`, ["correct the path"]);
}

/** The project that the runs had, as far as they had one; undefined where none had, or not all the same. */
export function projectOfRuns(runs: readonly Pick<TraceRun, "project">[]): string | undefined {
  const projects = new Set(runs.flatMap(({ project }) => project ?? []));
  return projects.size === 1 ? [...projects][0] : undefined;
}

/**
 * What is loaded in front of the list: the packages asked for, or else the project's direct dependencies, the project
 * itself where it is a package, and what the runs had loaded at their end, so that `using` finds it in the image; the base
 * sysimage's own cost nothing. `transitive`: also all that these depend on by the Manifest, where they load it later.
 */
function packagesToLoad(
  { packages: asked, transitive }: EnvironmentRequest,
  set: StatementSet,
  project: string | undefined,
  store: StatementStore,
  { version }: Pick<Toolchain, "version">,
): readonly PackageName[] {
  const read = project === undefined ? undefined : readManifest(project, version);
  const manifest = read?.ok ? read.value : [];
  const uuidOf = (name: string): string | undefined => manifest.find((known) => known.name === name)?.uuid;
  const roots =
    asked.length > 0
      ? asked.map((name) => ({ name, uuid: uuidOf(name) }))
      : eachOnce([...(project === undefined ? [] : ofProject(project, manifest)), ...ofRuns(set, project, store)]);
  return transitive ? loadedWith(roots, manifest).map(({ name, uuid }) => ({ name, uuid })) : roots;
}

function ofProject(project: string, manifest: readonly { name: string; uuid: string; path?: string | undefined }[]) {
  const own = manifest.filter(({ path }) => path === project);
  return [...directDependencies(project), ...own.map(({ name, uuid }) => ({ name, uuid }))];
}

function ofRuns(set: StatementSet, project: string | undefined, store: StatementStore): PackageName[] {
  return set.runs
    .filter((run) => run.project === project)
    .flatMap((run) => store.packagesOf(run.id) ?? [])
    .filter(({ uuid }) => uuid !== "")
    .map(({ name, uuid }) => ({ name, uuid }));
}

function eachOnce(packages: readonly PackageName[]): PackageName[] {
  const byUuid = new Map(packages.map((each) => [each.uuid ?? each.name, each]));
  return [...byUuid.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
