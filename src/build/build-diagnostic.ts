import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { oldestSupported } from "../julia/versions.ts";
import { toolCommandText, toolFailureText } from "../support/tool-failure-text.ts";
import { unreachable } from "../support/unreachable.ts";
import type { BuildFailure, StepFailure } from "./build.ts";

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

export function buildDiagnostic(failure: BuildFailure): Diagnostic {
  switch (failure.reason) {
    case "unsupported-julia":
      return errorDiagnostic("PI401", `Julia ${failure.version} cannot bake a sysimage from a list`, [
        `name a Julia ${oldestSupported} or newer with \`--julia PATH\``,
      ]);
    case "output-not-writable":
      return errorDiagnostic("PI402", `\`${failure.path}\` cannot be written: ${failure.detail}`, [
        "name a file in a folder that you may write to with `-o FILE`",
      ]);
    case "disk-full":
      return errorDiagnostic(
        "PI403",
        `\`${failure.folder}\` has ${megabytes(failure.freeBytes)} free, and a bake needs about ${megabytes(failure.neededBytes)}`,
        ["free some space, or name a file on another disk with `-o FILE`"],
      );
    case "step":
      return stepDiagnostic(failure);
    default:
      return unreachable(failure);
  }
}

function stepDiagnostic(failure: StepFailure): Diagnostic {
  const { failure: tool, step } = failure;
  if (tool.reason === "interrupted") return errorDiagnostic("PI404", `interrupted while the step "${step}" ran`, []);
  const log =
    failure.log === ""
      ? ""
      : `\n${failure.log
          .split("\n")
          .map((line) => `    ${line}`)
          .join("\n")}`;
  const culprit = failure.culprit === undefined ? "" : `, while it replayed \`${failure.culprit.canonical}\``;
  return errorDiagnostic("PI405", `the step "${step}" failed: ${toolFailureText(tool)}${culprit}${log}`, [
    ...(tool.reason === "signal" && tool.signal === "SIGKILL"
      ? [
          "close other programs or use a machine with more memory: a bake takes some gigabytes, and was probably killed for it",
        ]
      : []),
    ...(step === "try linker"
      ? ["name a working C compiler with JULIA_CC, or install gcc; `preimage doctor` checks it"]
      : []),
    ...(failure.culprit === undefined ? [] : ["take that statement out of the list"]),
    `read the logs in ${failure.kept}`,
    `run the step by hand: ${toolCommandText(tool)}`,
  ]);
}
