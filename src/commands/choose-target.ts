import { extname } from "node:path";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import { hasPackageImages, oldestWithPackageImages } from "../julia/versions.ts";
import { ok } from "../support/result.ts";
import type { BuildTarget, PackageTarget, SysimageTarget } from "./build-request.ts";
import { type CommandResult, failed } from "./context.ts";

/** What was asked for, in so far as it leaves open what is to be made. */
export interface TargetChoice {
  /** Undefined: what suits Julia best. */
  readonly as?: BuildTarget["as"] | undefined;
  readonly sysimage: SysimageTarget;
  readonly package: PackageTarget;
  /** Options that were given and only a sysimage knows, as they are typed. */
  readonly ofSysimage: readonly string[];
}

export interface ChosenTarget {
  readonly target: BuildTarget;
  /** Why this one, where the user did not say. */
  readonly why?: string | undefined;
}

const libraries: ReadonlySet<string> = new Set([".so", ".dylib", ".dll"]);

/** What was asked for by name. */
export function namedTarget(choice: TargetChoice, as: BuildTarget["as"]): CommandResult<BuildTarget> {
  const { sysimage, package: target, ofSysimage } = choice;
  if (as === "sysimage") return ok(sysimage);
  const [option] = ofSysimage;
  if (option !== undefined) {
    return failed(
      errorDiagnostic("PI933", `\`${option}\` is for sysimages`, [
        "leave it out, or bake a sysimage: `--as sysimage -o FILE.so`",
      ]),
    );
  }
  if (isLibrary(target.output)) {
    return failed(
      errorDiagnostic("PI934", `a package image is a folder, and \`${target.output}\` is named like a sysimage`, [
        "name a folder with `-o DIR`, or bake a sysimage with `--as sysimage`",
      ]),
    );
  }
  return ok(target);
}

/** The same, and where the user did not say: a package image where Julia has them, a sysimage before. */
export function chooseTarget(
  choice: TargetChoice,
  { version }: Pick<Toolchain, "version">,
): CommandResult<ChosenTarget> {
  const { as, sysimage, ofSysimage } = choice;
  if (as !== undefined) {
    const target = namedTarget(choice, as);
    return target.ok ? ok({ target: target.value }) : target;
  }
  const [option] = ofSysimage;
  if (isLibrary(sysimage.output)) {
    return ok({ target: sysimage, why: `a sysimage, as \`${sysimage.output}\` is named like one` });
  }
  if (option !== undefined) return ok({ target: sysimage, why: `a sysimage, as \`${option}\` is for one` });
  if (!hasPackageImages(version)) {
    return ok({
      target: sysimage,
      why: `a sysimage, as package images hold native code from Julia ${oldestWithPackageImages} on, and this is ${version.text}`,
    });
  }
  return ok({
    target: choice.package,
    why: `a package image, which Julia ${version.text} makes in seconds and keeps fresh (\`--as sysimage\` for a sysimage)`,
  });
}

const isLibrary = (path: string): boolean => libraries.has(extname(path));
