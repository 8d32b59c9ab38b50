import { sidesOf } from "../commands/fitness-text.ts";
import type { JudgedImage } from "../commands/known-images.ts";
import { type Format, json, megabytes, type Rendering } from "./rendering.ts";
import { facts, table } from "./table.ts";

/** Ends with 1 where the image is stale or unfit. */
export function reportStatus({ image, fitness }: JudgedImage, format: Format): Rendering {
  const exitCode = fitness.verdict === "fresh" ? 0 : 1;
  if (format === "json") return { stdout: json(document({ image, fitness })), exitCode };
  const head = facts([
    [image.stamp.as === "package" ? "package image" : "sysimage", `${image.path} (${megabytes(image.bytes)})`],
    ["baked", `${image.bakedAt.slice(0, 19).replace("T", " ")} UTC, by ${image.stamp.preimage}`],
    ["project", image.stamp.project ?? "none"],
  ]);
  const checks = table(
    [
      ["check", "left"],
      ["verdict", "left"],
      ["in the image", "left"],
      ["now", "left"],
    ],
    fitness.checks.map(({ check, verdict, inImage, now = "" }) => [check, verdict, inImage, now]),
  );
  const parts = [
    head,
    checks,
    ...(fitness.differences.length === 0 ? [] : [differences(fitness)]),
    `${closing(fitness.verdict, image.stamp.as)}\n`,
  ];
  return { stdout: parts.join("\n"), exitCode };
}

function differences({ differences }: JudgedImage["fitness"]): string {
  return table(
    [
      ["package", "left"],
      ["in the image", "left"],
      ["now", "left"],
    ],
    differences.map((difference) => [difference.name, ...sidesOf(difference)]),
  );
}

function closing(verdict: JudgedImage["fitness"]["verdict"], as: JudgedImage["image"]["stamp"]["as"]): string {
  if (verdict === "fresh") return "fresh: it is what its project and this Julia are now";
  if (as === "package")
    return "stale: Julia makes it anew when it is next loaded, of the same list; bake it anew for a new list";
  return verdict === "stale"
    ? "stale: Julia starts on it, with code that is no longer so; bake it anew"
    : "unfit: not for this Julia and this machine; bake it anew here";
}

function document({ image, fitness }: JudgedImage) {
  return {
    [image.stamp.as]: image.path,
    bytes: image.bytes,
    bakedAt: image.bakedAt,
    project: image.stamp.project ?? null,
    verdict: fitness.verdict,
    checks: fitness.checks,
    packages: fitness.differences,
  };
}
