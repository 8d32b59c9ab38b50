import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { noProject, packageName, projectAbove, projectFolder } from "../julia/project.ts";
import { err, ok, type Result } from "../support/result.ts";
import type { Workload } from "../trace/traced-process.ts";

export type TestWorkload = Workload & { readonly kind: "test" };

/**
 * The tests of a package, in the project that the user named, that JULIA_PROJECT names, or that this folder or one above it
 * is. Without a package it is the project's own. Errors: PI921 (no project there), PI925 (none anywhere), PI917 (no package).
 */
export function testedPackage(asked: Omit<TestWorkload, "kind" | "subject">): Result<TestWorkload, Diagnostic> {
  const { JULIA_PROJECT } = process.env;
  if (asked.project !== undefined && projectFolder(asked.project) === undefined) return err(noProject(asked.project));
  const project = asked.project ?? (JULIA_PROJECT ? undefined : projectAbove(process.cwd()));
  const workload = { ...asked, kind: "test", project } as const;
  if (asked.package !== undefined) return ok({ ...workload, subject: asked.package });
  const folder = project ?? (JULIA_PROJECT ? projectFolder(JULIA_PROJECT) : undefined);
  if (folder === undefined && !JULIA_PROJECT) {
    return err(
      errorDiagnostic("PI925", "there is no Project.toml here or in a folder above, so no package to test", [
        "go to the package's folder, name it with `--project DIR`, or name a package: `--test PKG`",
      ]),
    );
  }
  // `@.` and its like are Julia's to find, and Pkg says what is wrong with them.
  const subject = folder === undefined ? "package" : packageName(folder);
  if (subject !== undefined) return ok({ ...workload, subject });
  return err(
    errorDiagnostic("PI917", `\`${folder}\` is a project without a package: its Project.toml has no name`, [
      "name one of its packages: `--test PKG`",
    ]),
  );
}
