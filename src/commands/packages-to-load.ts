import type { StatementSet } from "../analysis/statement-set.ts";
import type { PackageName } from "../build/build-plan.ts";
import { readManifest } from "../julia/manifest.ts";
import { loadedWith } from "../julia/package-facts.ts";
import { directDependencies } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";

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
export function packagesToLoad(
  asked: readonly string[],
  transitive: boolean,
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
