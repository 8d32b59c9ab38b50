import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { indented } from "../julia/toolchain-diagnostic.ts";
import { toolFailureText, toolOutput } from "../support/tool-failure-text.ts";
import { unreachable } from "../support/unreachable.ts";
import type { InstallFailure } from "./install-sysimage.ts";

export function installDiagnostic(failure: InstallFailure): Diagnostic {
  switch (failure.reason) {
    case "not-writable":
      return errorDiagnostic("PI321", `\`${failure.path}\` cannot be replaced: ${failure.detail}`, [
        "do it as the user who installed Julia, or start Julia with `preimage run`, which needs no change to it",
      ]);
    case "unknown-backup":
      return errorDiagnostic(
        "PI322",
        `\`${failure.backup}\` is there, and \`${failure.sysimage}\` is not known to be an image that \`install\` put there`,
        [
          "if Julia was updated since, remove the backup, which is of the old one",
          "put the backup back all the same with `preimage restore --force`",
        ],
      );
    case "no-backup":
      return errorDiagnostic("PI323", `nothing was installed: there is no backup of \`${failure.sysimage}\``, [
        "name the Julia that you mean with `--julia PATH`",
      ]);
    case "does-not-start":
      return errorDiagnostic(
        "PI324",
        `Julia does not start on it: ${toolFailureText(failure.failure)}; what was there before is there again${indented(toolOutput(failure.failure))}`,
        [],
      );
    case "other-image":
      return errorDiagnostic(
        "PI325",
        failure.missing.length === 0
          ? `Julia starts on \`${failure.found}\` instead; what was there before is there again`
          : `Julia starts without ${failure.missing.join(", ")}, which the image holds; what was there before is there again`,
        ["look whether `julia` is a script that names a sysimage"],
      );
    default:
      return unreachable(failure);
  }
}
