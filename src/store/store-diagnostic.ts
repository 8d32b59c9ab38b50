import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { unreachable } from "../support/unreachable.ts";
import { schemaVersion } from "./schema.ts";
import type { StoreFailure } from "./statement-store.ts";

const mergeHint = "take what can be read of it into a new store with `preimage merge OLD --on-damage skip --into NEW`";

export function storeDiagnostic(failure: StoreFailure): Diagnostic {
  switch (failure.reason) {
    case "not-a-store":
      return errorDiagnostic("PI201", `\`${failure.path}\` is not a store of preimage`, [
        "name another file with `--store PATH`",
      ]);
    case "other-version":
      return errorDiagnostic(
        "PI202",
        `the store \`${failure.path}\` has version ${failure.version}, and this preimage knows version ${schemaVersion}`,
        failure.version > schemaVersion
          ? ["update preimage, or name another store with `--store PATH`"]
          : ["record your runs anew in another store with `--store PATH`, or remove this one"],
      );
    case "newer-language":
      return errorDiagnostic(
        "PI202",
        `a newer preimage wrote the store \`${failure.path}\`, and tells statements apart in a way that this one does not know`,
        ["update preimage, or name another store with `--store PATH`"],
      );
    case "empty":
      return errorDiagnostic("PI201", `\`${failure.path}\` is empty, and no store`, [
        "remove it: whoever was to write it had no room, or was ended",
      ]);
    case "damaged":
      return errorDiagnostic("PI203", `the store \`${failure.path}\` is damaged: ${failure.detail}`, [mergeHint]);
    case "not-writable":
      return errorDiagnostic("PI203", `the store \`${failure.path}\` cannot be used: ${failure.detail}`, [
        /malformed|disk I\/O/.test(failure.detail)
          ? mergeHint
          : "name a store in a folder that you may write to with `--store PATH` or PREIMAGE_STORE",
      ]);
    default:
      return unreachable(failure);
  }
}
