import type { Fitness, FitnessCheck } from "../build/fitness.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { PackageDifference, PackageFacts } from "../julia/package-facts.ts";

/** What a package is now, beside what the image has: `0.8.2` and `0.8.4`. */
export function sidesOf({ change, inImage, now }: PackageDifference): readonly [inImage: string, now: string] {
  const version = (facts: PackageFacts | undefined): string => facts?.version ?? "no version";
  const revision = (facts: PackageFacts | undefined): string =>
    `${version(facts)} (${facts?.treeHash?.slice(0, 8) ?? "no tree"})`;
  switch (change) {
    case "version":
      return [version(inImage), version(now)];
    case "revision":
      return [revision(inImage), revision(now)];
    case "source":
      return [`the source at ${inImage.path}`, now?.sourceDigest === undefined ? "gone" : "edited since"];
    case "developed":
      return [version(inImage), `developed at ${now?.path}`];
    case "released":
      return [`developed at ${inImage.path}`, version(now)];
    case "removed":
      return [inImage.version ?? "there", "no longer in the project"];
  }
}

export const stale = "PI452";
export const unfit = "PI459";

/** What there is to say of an image that is not as it should be. */
export function notFresh(image: string, fitness: Fitness): Diagnostic | undefined {
  if (fitness.verdict === "fresh") return undefined;
  const code = fitness.verdict === "unfit" ? unfit : stale;
  return errorDiagnostic(code, `\`${image}\` is ${fitness.verdict} (${whyNot(fitness)})`, [
    "bake it anew",
    "see `preimage status`",
  ]);
}

/** Why an image is not to be used, in a line. Empty where it is fresh. */
export function whyNot({ checks, differences }: Fitness): string {
  const bad = checks.filter(({ verdict }) => verdict === "unfit" || verdict === "stale");
  return bad
    .map((check) =>
      check.check === "packages" && differences.length > 0 ? differencesText(differences) : checkText(check),
    )
    .join(", ");
}

function checkText({ check, inImage, now }: FitnessCheck): string {
  if (check === "packages") return now ?? "";
  return check === "base sysimage" ? `${inImage}: ${now}` : `${check} ${inImage} → ${now}`;
}

/** `CSV 0.8.2 → 0.8.4, Parsers edited since`, of many the first three. */
export function differencesText(differences: readonly PackageDifference[]): string {
  const more = differences.length > 3 ? [`${differences.length - 3} more packages`] : [];
  return [...differences.slice(0, 3).map(differenceText), ...more].join(", ");
}

function differenceText(difference: PackageDifference): string {
  const [inImage, now] = sidesOf(difference);
  return difference.change === "source" || difference.change === "removed"
    ? `${difference.name} ${now}`
    : `${difference.name} ${inImage} → ${now}`;
}
