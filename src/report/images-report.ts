import { whyNot } from "../commands/fitness-text.ts";
import type { ImagesOutcome, ListedImage, PrunedImages } from "../commands/images.ts";
import type { KnownImage } from "../commands/known-images.ts";
import { cut, type Format, json, lines, megabytes, type Rendering } from "./rendering.ts";
import { table } from "./table.ts";

export function reportImages({ images }: ImagesOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json({ images: images.map(document) }), exitCode: 0 };
  const there = images.filter(({ image }) => image.bytes !== undefined);
  const deleted = images.filter(({ image }) => image.bytes === undefined).map(({ image }) => `deleted  ${image.path}`);
  if (images.length === 0) return { stdout: "no sysimage was baked here yet\n", exitCode: 0 };
  const rows = there.map((listed) => {
    const { image } = listed;
    const { path, bakedAt, juliaVersion, stamp, bytes = 0 } = image;
    return [path, megabytes(bytes), age(bakedAt), juliaVersion, stamp?.project ?? "", freshness(listed)];
  });
  const drawn = table(
    [
      ["sysimage", "left"],
      ["size", "right"],
      ["age", "right"],
      ["julia", "left"],
      ["project", "left"],
      ["now", "left"],
    ],
    rows,
  );
  return { stdout: (rows.length === 0 ? "" : drawn) + lines(deleted), exitCode: 0 };
}

function freshness({ image, fitness }: ListedImage): string {
  if (fitness === undefined) return image.stamp === undefined ? "no stamp of preimage" : "not known";
  return fitness.verdict === "fresh" ? "fresh" : cut(`${fitness.verdict}: ${whyNot(fitness)}`, 80);
}

/** `5 min`, `3 h`, `12 days`. */
export function age(since: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(since)) / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

function document({ image, fitness }: ListedImage) {
  return {
    ...imageDocument(image),
    state: stateOf(image),
    verdict: fitness?.verdict ?? null,
    packages: fitness?.differences ?? [],
  };
}

const stateOf = ({ bytes, stamp }: KnownImage) =>
  bytes === undefined ? "deleted" : stamp === undefined ? "unstamped" : "there";

function imageDocument({ path, bakedAt, juliaVersion, bytes, stamp }: KnownImage) {
  return { sysimage: path, bytes: bytes ?? null, bakedAt, juliaVersion, project: stamp?.project ?? null };
}

export function reportPrunedImages({ dryRun, removed, kept }: PrunedImages, format: Format): Rendering {
  if (format === "json") {
    const keptDocuments = kept.map(({ image, reason }) => ({ ...imageDocument(image), reason }));
    return { stdout: json({ dryRun, removed: removed.map(imageDocument), kept: keptDocuments }), exitCode: 0 };
  }
  const word = dryRun ? "would remove" : "removed";
  const told = [
    ...removed.map(({ path, bytes, bakedAt }) => `${word} ${path} (${megabytes(bytes)}, ${age(bakedAt)} old)`),
    ...kept.map(({ image, reason }) => `kept ${image.path}: ${reason}`),
  ];
  const freed = removed.reduce((sum, { bytes }) => sum + bytes, 0);
  const total = removed.length === 0 ? "nothing to remove" : `${word} ${megabytes(freed)}`;
  return { stdout: lines(removed.length === 1 ? told : [...told, total]), exitCode: 0 };
}
