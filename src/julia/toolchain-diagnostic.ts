import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { toolFailureText, toolOutput } from "../support/tool-failure-text.ts";
import { unreachable } from "../support/unreachable.ts";
import type { SetupFailure } from "./private-toolchain.ts";
import type { ToolchainFailure } from "./toolchain.ts";

const installHint = "run `preimage setup` to install a private Julia, or name one with `--julia PATH`";

export function toolchainDiagnostic(failure: ToolchainFailure): Diagnostic {
  switch (failure.reason) {
    case "none-found":
      return errorDiagnostic("PI301", `no Julia was found (looked at ${failure.looked.join(", ")})`, [installHint]);
    case "not-executable":
      return errorDiagnostic(
        "PI302",
        `\`${failure.path}\`, named by ${failure.foundBy}, is no program that can be run`,
        [`correct ${failure.foundBy}, or leave it out to take the Julia on PATH`],
      );
    case "not-julia": {
      const why = failure.failure === undefined ? "it does not answer like Julia" : toolFailureText(failure.failure);
      const said = failure.failure === undefined ? "" : toolOutput(failure.failure);
      return errorDiagnostic(
        "PI303",
        `\`${failure.path}\`, found through ${failure.foundBy}, is no usable Julia: ${why}${indented(said)}`,
        ["try `julia --version` with it, or name another one with `--julia PATH`"],
      );
    }
    default:
      return unreachable(failure);
  }
}

export function setupDiagnostic(failure: SetupFailure): Diagnostic {
  if (failure.reason === "unsupported") {
    return errorDiagnostic(
      "PI304",
      `a private Julia can only be installed on Debian; this machine lacks ${failure.lacking}`,
      ["install Julia with juliaup or your distribution, or name one with PREIMAGE_JULIA"],
    );
  }
  const said = toolOutput(failure.failure);
  return errorDiagnostic(
    "PI305",
    `installing Julia stopped at "${failure.step}": ${toolFailureText(failure.failure)}${indented(said)}`,
    ["run the same command again: what was downloaded is kept"],
  );
}

/** A tool's last words, below the message. */
export function indented(output: string): string {
  return output === ""
    ? ""
    : `\n${output
        .split("\n")
        .map((line) => `    ${line}`)
        .join("\n")}`;
}
