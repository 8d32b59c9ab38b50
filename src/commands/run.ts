import { statSync } from "node:fs";
import { basename, join } from "node:path";
import { loadPath } from "../build/package/package-files.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { projectNamed } from "../julia/active-project.ts";
import { readJuliaArguments } from "../julia/julia-arguments.ts";
import { projectFlag } from "../julia/julia-flags.ts";
import { projectAbove } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { ok } from "../support/result.ts";
import type { ToolCommand } from "../support/run-tool.ts";
import { type CommandContext, type CommandResult, failed, warn, withKnownToolchain } from "./context.ts";
import { bestKnown, imageAt, noImage } from "./find-image.ts";
import { notFresh } from "./fitness-text.ts";
import type { StampedImage } from "./known-images.ts";

export interface RunRequest {
  /** What Julia is to be started with; a first word `julia`, or a path to one, is the Julia. */
  readonly words: readonly string[];
  /** Undefined: the newest one of the project that fits. */
  readonly sysimage?: string | undefined;
  readonly julia?: string | undefined;
  /** No Julia without a sysimage. */
  readonly strict: boolean;
}

export interface RunOutcome {
  readonly command: ToolCommand;
}

/** How to start Julia on the image that serves it best; where none does, without one, and that is told. */
export async function prepareRun(request: RunRequest, context: CommandContext): Promise<CommandResult<RunOutcome>> {
  const [first = "", ...rest] = request.words;
  const namesJulia = /^julia(?:\.exe)?$/.test(basename(first));
  const args = namesJulia ? rest : request.words;
  const read = readJuliaArguments(args);
  if (read.sysimage !== undefined) return failed(namedAlready(read.sysimage));
  const apart = folderApart(args);
  if (apart !== undefined) return failed(apart);
  const found = await withKnownToolchain(
    context,
    request.julia ?? (namesJulia && first !== "julia" ? first : undefined),
  );
  if (!found.ok) return found;
  const named = read.project ?? (process.env.JULIA_PROJECT || undefined);
  const project = projectOf(named, found.value);
  const image = await chooseImage(request.sysimage, project, found.value, context);
  if (!image.ok) {
    const [why] = image.error;
    if (request.strict || !withoutImage.test(why.code)) return image;
    const message = `Julia starts without a sysimage: ${why.message}`;
    warn(context, { ...why, severity: "warning", message, hints: [] });
  }
  const flags = [...(image.ok ? flagsFor(image.value) : []), ...projectFlag(named === undefined ? project : undefined)];
  return ok({ command: { program: found.value.julia, args: [...flags, ...args] } });
}

const flagsFor = ({ path, stamp }: StampedImage): string[] =>
  stamp.as === "package" ? ["-L", join(path, loadPath)] : [`--sysimage=${path}`];

/** Why there may be no image to start on: no stamp, none known, none that fits, a store that cannot be read. */
const withoutImage = /^PI(?:45[0129]|2\d\d)$/;

/** Julia would take the folder for the program to run. */
function folderApart(args: readonly string[]): Diagnostic | undefined {
  const folder = args[args.indexOf("--project") + 1];
  if (!args.includes("--project") || folder === undefined) return undefined;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  return errorDiagnostic("PI956", `Julia takes \`${folder}\`, apart from \`--project\`, for a program`, [
    `write \`--project=${folder}\`, as Julia wants it, behind preimage's own options`,
  ]);
}

/** As Julia would choose it, but that a project in this folder, or the nearest above, need not be named. */
function projectOf(named: string | undefined, toolchain: Toolchain): string | undefined {
  const folder = process.cwd();
  if (named === undefined) return projectAbove(folder);
  const project = projectNamed(named, folder, toolchain.version);
  // A folder without a Project.toml is to Julia a project that is yet to be made.
  return project ?? (named === "@." || named === "" ? undefined : named);
}

async function chooseImage(
  asked: string | undefined,
  project: string | undefined,
  toolchain: Toolchain,
  context: CommandContext,
): Promise<CommandResult<StampedImage>> {
  const named = asked === undefined ? ok({ project }) : imageAt(asked);
  if (!named.ok) return failed(named.error);
  const best = await bestKnown(named.value, toolchain, context);
  if (!best.ok) return best;
  if (best.value === undefined) return failed(noImage(project));
  const { image, fitness } = best.value;
  const trouble = notFresh(image.path, fitness);
  return trouble === undefined ? ok(image) : failed(trouble);
}

function namedAlready(sysimage: string): Diagnostic {
  return errorDiagnostic("PI981", `Julia's arguments name the sysimage \`${sysimage}\` already`, [
    "leave it out, or start Julia without preimage",
  ]);
}
