import { existsSync, realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type Fitness, fitnessOf } from "../build/fitness.ts";
import { readStamp, type Stamp } from "../build/stamp.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { digestOf } from "../store/file-digest.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { storePath } from "../store/store-path.ts";
import type { CommandContext } from "./context.ts";

/** A sysimage that was baked here, as far as it is still there. */
export interface KnownImage {
  readonly path: string;
  /** ISO 8601, UTC. */
  readonly bakedAt: string;
  readonly juliaVersion: string;
  /** Undefined: the file was deleted. */
  readonly bytes?: number | undefined;
  /** Undefined: no readable stamp of ours stands beside the file, or it is deleted. */
  readonly stamp?: Stamp | undefined;
}

/** Newest first; of several bakes to one file the last. */
export function knownImages(store: StatementStore): KnownImage[] {
  const newest = new Map(store.findings.bakes().map((bake) => [bake.sysimage, bake]));
  return [...newest.values()]
    .sort((a, b) => b.id - a.id)
    .map(({ sysimage: path, bakedAt, juliaVersion }) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      const stamp = stat === undefined ? undefined : readStamp(path);
      const bytes = stamp?.as === "package" ? stamp.bytes : stat?.size;
      return { path, bakedAt: stamp?.bakedAt ?? bakedAt, juliaVersion, bytes, stamp };
    });
}

/** An image whose stamp says what it was made from. */
export type StampedImage = KnownImage & { readonly stamp: Stamp; readonly bytes: number };

/** Those of a project; of none where that is undefined. */
export function imagesOf(images: readonly KnownImage[], project: string | undefined): StampedImage[] {
  const real = (path: string | undefined) => (path !== undefined && existsSync(path) ? realpathSync(path) : path);
  const wanted = real(project);
  return images.filter(
    (image): image is StampedImage => image.stamp !== undefined && real(image.stamp.project) === wanted,
  );
}

export function judge({ path, stamp }: StampedImage, toolchain: Toolchain, store: StatementStore): Fitness {
  return fitnessOf(path, stamp, toolchain, (file) => digestOf(file, store));
}

/**
 * Where images of a project may be known: the store at hand and, unless the user named that, the one that belongs to the
 * project's folder.
 */
export function placesOf(context: CommandContext, folder: string | undefined): CommandContext[] {
  if (context.storeNamedBy !== undefined || folder === undefined) return [context];
  const other = storePath(undefined, resolve(folder));
  return other === context.storePath || !existsSync(other) ? [context] : [context, { ...context, storePath: other }];
}

export interface JudgedImage {
  readonly image: StampedImage;
  readonly fitness: Fitness;
}

/** The newest one that fits, or where none does the newest. */
export function bestOf(
  images: readonly StampedImage[],
  toolchain: Toolchain,
  store: StatementStore,
): JudgedImage | undefined {
  let newest: JudgedImage | undefined;
  for (const image of images) {
    const judged = { image, fitness: judge(image, toolchain, store) };
    if (judged.fitness.verdict === "fresh") return judged;
    newest ??= judged;
  }
  return newest;
}
