import { existsSync, rmSync } from "node:fs";
import type { Fitness } from "../build/fitness.ts";
import { foreignIn } from "../build/package/package-folder.ts";
import { stampPath } from "../build/stamp.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { fileErrorText } from "../support/file-error-text.ts";
import { processesMapping } from "../support/mapped-files.ts";
import { ok } from "../support/result.ts";
import {
  type CommandContext,
  type CommandResult,
  failed,
  warn,
  withExistingStore,
  withKnownToolchain,
} from "./context.ts";
import { judge, type KnownImage, knownImages, type StampedImage } from "./known-images.ts";

export interface ListedImage {
  readonly image: KnownImage;
  /** Undefined: it is deleted, has no stamp of ours, or there is no Julia to compare it with. */
  readonly fitness?: Fitness | undefined;
}

export interface ImagesOutcome {
  /** Newest first. */
  readonly images: readonly ListedImage[];
}

/** Every image that was baked here, with whether it still is what its project and this Julia are. */
export function listImages(julia: string | undefined, context: CommandContext): Promise<CommandResult<ImagesOutcome>> {
  return withExistingStore(context, async (store) => {
    const images = knownImages(store);
    const toolchain = images.some(isStamped) ? await toolchainOrWarning(julia, context) : undefined;
    return ok({ images: images.map((image) => ({ image, fitness: fitnessOf(image, toolchain, store) })) });
  });
}

function fitnessOf(image: KnownImage, toolchain: Toolchain | undefined, store: StatementStore): Fitness | undefined {
  return toolchain !== undefined && isStamped(image) ? judge(image, toolchain, store) : undefined;
}

/** A list of files is worth having without a Julia. */
async function toolchainOrWarning(julia: string | undefined, context: CommandContext): Promise<Toolchain | undefined> {
  const found = await withKnownToolchain(context, julia);
  if (found.ok) return found.value;
  warn(context, { ...found.error[0], severity: "warning" });
  return undefined;
}

const isStamped = (image: KnownImage): image is StampedImage => image.stamp !== undefined;

export interface PruneImagesRequest {
  /** Of each project so many of the newest stay. */
  readonly keep: number;
  /** Only say what would be removed. */
  readonly dryRun: boolean;
}

export interface PrunedImages {
  readonly dryRun: boolean;
  readonly removed: readonly StampedImage[];
  /** What is older and stays all the same. */
  readonly kept: readonly { readonly image: KnownImage; readonly reason: string }[];
}

/**
 * Removes what is older than the newest images of its project, each with its stamp. What is no image of ours stays, and
 * so does what a process runs on, where the system tells.
 */
export function pruneImages(
  { keep, dryRun }: PruneImagesRequest,
  context: CommandContext,
): Promise<CommandResult<PrunedImages>> {
  return withExistingStore(context, (store) => {
    const there = knownImages(store).filter(({ bytes }) => bytes !== undefined);
    const byProject = Map.groupBy(there.filter(isStamped), ({ stamp }) => stamp.project);
    const older = [...byProject.values()].flatMap((images) => images.slice(keep));
    const users = processesMapping(older.map(({ path }) => path));
    const removed: StampedImage[] = [];
    const kept = there
      .filter((image) => !isStamped(image))
      .map((image) => ({ image, reason: "no stamp of preimage stands beside it" }));
    for (const image of older) {
      const pids = users?.get(image.path) ?? [];
      const foreign = image.stamp.as === "package" ? foreignIn(image.path) : undefined;
      if (pids.length > 0) kept.push({ image, reason: `in use by process ${pids.join(", ")}` });
      else if (foreign !== undefined) kept.push({ image, reason: foreign });
      else {
        const failure = dryRun ? undefined : remove(image);
        if (failure !== undefined) return failed(failure);
        removed.push(image);
      }
    }
    return ok({ dryRun, removed, kept });
  });
}

/** The stamp goes last: a file without one would never be removed. */
function remove({ path, stamp }: StampedImage) {
  try {
    if (stamp.as === "package") {
      for (const file of stamp.package?.cache ?? []) rmSync(file.path, { force: true });
      rmSync(path, { recursive: true });
      return undefined;
    }
    rmSync(path);
    if (existsSync(stampPath(path))) rmSync(stampPath(path));
    return undefined;
  } catch (error) {
    return errorDiagnostic("PI454", `\`${path}\` cannot be removed: ${fileErrorText(error)}`, []);
  }
}
