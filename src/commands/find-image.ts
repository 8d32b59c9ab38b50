import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { readStamp } from "../build/stamp.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { err, ok, type Result } from "../support/result.ts";
import { type CommandContext, type CommandResult, withExistingStore } from "./context.ts";
import { bestOf, imagesOf, type JudgedImage, knownImages, placesOf, type StampedImage } from "./known-images.ts";

/** The image itself, judged; of a project the newest that fits, or the newest. Undefined where none is known. */
export async function bestKnown(
  asked: StampedImage | ProjectAsked,
  toolchain: Toolchain,
  context: CommandContext,
): Promise<CommandResult<JudgedImage | undefined>> {
  for (const place of placesOf(context, "project" in asked ? asked.project : undefined)) {
    const judged = await withExistingStore(place, (store) => {
      const images = "project" in asked ? imagesOf(knownImages(store), asked.project) : [asked];
      return ok(bestOf(images, toolchain, store));
    });
    if (!judged.ok || judged.value !== undefined) return judged;
  }
  return ok(undefined);
}

/** Images of this project, or of none. */
export interface ProjectAsked {
  readonly project: string | undefined;
}

/** What is without a stamp may be an image all the same. */
export const unstamped = "PI450";

/** An image that the user named, with its stamp. */
export function imageAt(named: string): Result<StampedImage, Diagnostic> {
  const path = resolve(named);
  if (!existsSync(path)) {
    return err(
      errorDiagnostic("PI924", `the sysimage \`${named}\` does not exist`, [
        "bake one with `preimage build SET -o FILE`",
      ]),
    );
  }
  const stamp = readStamp(path);
  if (stamp === undefined && statSync(path).isDirectory()) return err(noPackageImage(named));
  if (stamp === undefined) {
    return err(
      errorDiagnostic(
        unstamped,
        `no readable stamp of preimage stands beside \`${named}\`: what it was made from is not known`,
        ["bake it with `preimage bake` or `preimage build`, and keep the `.json` file beside it"],
      ),
    );
  }
  return ok({
    path,
    stamp,
    bytes: stamp.as === "package" ? stamp.bytes : statSync(path).size,
    bakedAt: stamp.bakedAt,
    juliaVersion: stamp.julia.version,
  });
}

/** Of a folder. */
function noPackageImage(folder: string): Diagnostic {
  return errorDiagnostic("PI472", `\`${folder}\` is a folder, and no package image that preimage made`, [
    "bake one with `preimage build SET --as package -o DIR`",
  ]);
}

export function noImage(project: string | undefined): Diagnostic {
  const what = project === undefined ? "that was baked without a project" : `of \`${project}\``;
  return errorDiagnostic("PI451", `no sysimage ${what} is known here`, [
    "list those that are with `preimage images` and name one, or its project with `--project DIR`; or bake one with `preimage bake`",
  ]);
}
