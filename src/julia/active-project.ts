import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { JuliaVersion } from "./julia-version.ts";
import { projectAbove, projectFolder } from "./project.ts";

/**
 * The project that `--project=NAME` or JULIA_PROJECT means to Julia: `@.` the nearest above `folder`, `@name` a shared
 * environment in a depot, anything else a path. Undefined where there is none.
 */
export function projectNamed(name: string, folder: string, version: JuliaVersion): string | undefined {
  if (name === "") return undefined;
  if (name === "@.") return projectAbove(folder);
  if (!name.startsWith("@")) return projectFolder(name.replace(/^~(?=\/|$)/, homedir()));
  const environment = name.slice(1).replace("#.#", `${version.major}.${version.minor}`);
  return depots()
    .map((depot) => projectFolder(join(depot, "environments", environment)))
    .find((found) => found !== undefined);
}

/** Where packages are looked up without a project: the user's environment of that version. */
export function defaultProject(version: JuliaVersion): string | undefined {
  return projectNamed("@v#.#", ".", version);
}

/** Where Julia keeps packages and environments: JULIA_DEPOT_PATH, an empty part of which is the user's own. */
export function depots(): readonly string[] {
  const own = join(homedir(), ".julia");
  return [...new Set((process.env.JULIA_DEPOT_PATH ?? "").split(delimiter).map((depot) => depot || own))];
}
