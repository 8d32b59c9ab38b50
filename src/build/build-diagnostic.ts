import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { parseJuliaVersion } from "../julia/julia-version.ts";
import { isSupported } from "../julia/versions.ts";
import { toolCommandText, toolFailureText } from "../support/tool-failure-text.ts";
import { unreachable } from "../support/unreachable.ts";
import type { BuildFailure, BuildStep, StepFailure } from "./build-failure.ts";

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

export function buildDiagnostic(failure: BuildFailure): Diagnostic {
  switch (failure.reason) {
    case "unsupported-julia":
      return errorDiagnostic("PI401", unsupportedText(failure), [
        `name a Julia ${failure.wanted} or newer with \`--julia PATH\``,
        ...(isSupportedText(failure.version) && failure.what !== "a sysimage"
          ? ["bake a sysimage, which it can: `--as sysimage -o FILE.so`"]
          : []),
      ]);
    case "output-not-writable":
      return errorDiagnostic("PI402", `\`${failure.path}\` cannot be written: ${failure.detail}`, [
        "name a file in a folder that you may write to with `-o FILE`",
      ]);
    case "folder-not-ours":
      return errorDiagnostic("PI470", `the folder \`${failure.path}\` is not replaced: ${failure.detail}`, [
        "name a new folder, or one that preimage wrote, with `-o DIR`",
        "move what is yours out of it",
      ]);
    case "disk-full":
      return errorDiagnostic(
        "PI403",
        `\`${failure.folder}\` has ${megabytes(failure.freeBytes)} free, and a bake needs about ${megabytes(failure.neededBytes)}`,
        [
          "free some space, or bake to another disk with `-o FILE`; TMPDIR names the folder for temporary files",
          "bake all the same with `--no-preflight`",
        ],
      );
    case "memory-short":
      return errorDiagnostic(
        "PI406",
        `${megabytes(failure.freeBytes)} of memory are free, and a bake needs about ${megabytes(failure.neededBytes)}`,
        [
          "close other programs, give the container or job more memory, or bake on another machine of the same kind",
          "bake all the same with `--no-preflight`; `--fast` takes a sixth less",
        ],
      );
    case "unknown-cpu-target":
      return errorDiagnostic("PI407", `Julia does not take the CPU target \`${failure.cpuTarget}\`: ${failure.said}`, [
        "name one that `julia --cpu-target=help` lists, several with `;` between them",
      ]);
    case "nothing-to-resume":
      return errorDiagnostic("PI408", `there is nothing to resume in \`${failure.output}\`: ${failure.detail}`, [
        "build without `--resume`",
      ]);
    case "no-base-sources":
      return errorDiagnostic("PI409", `the Julia in \`${failure.folder}\` came without the sources of its base`, [
        "use one from julialang.org, or build upon its sysimage: leave out `--no-incremental`",
      ]);
    case "step":
      return stepDiagnostic(failure);
    default:
      return unreachable(failure);
  }
}

function unsupportedText({ version, what }: { readonly version: string; readonly what: string }): string {
  const cannot = `Julia ${version} cannot bake ${what} from a list`;
  return isSupportedText(version) ? `${cannot}: it keeps no native code of packages` : cannot;
}

function isSupportedText(text: string): boolean {
  const version = parseJuliaVersion(text);
  return version !== undefined && isSupported(version);
}

function stepDiagnostic(failure: StepFailure): Diagnostic {
  const { failure: tool, step, culprit } = failure;
  if (tool.reason === "interrupted") return errorDiagnostic("PI404", `interrupted while the step "${step}" ran`, []);
  const log = failure.log === "" ? "" : failure.log.replace(/^/gm, "    ").replace(/^/, "\n");
  const replaying = culprit === undefined ? "" : `, while it replayed \`${culprit.canonical}\``;
  return errorDiagnostic("PI405", `the step "${step}" failed: ${toolFailureText(tool)}${replaying}${log}`, [
    ...memoryHints(failure),
    ...(stepHints[step] ?? []),
    ...(culprit === undefined ? [] : ["take that statement out of the list"]),
    ...(failure.resumable
      ? ["mend the linker (JULIA_CC names another), and run the same command with `--resume`: only linking is left"]
      : []),
    `read the logs in ${failure.kept}`,
    `run the step by hand: ${toolCommandText(tool)}`,
  ]);
}

const stepHints: Partial<Record<BuildStep, readonly string[]>> = {
  "try linker": ["name a working C compiler with JULIA_CC, or install gcc; `preimage doctor` checks it"],
};

/** Nobody but the system, short of memory, kills a bake without being asked to. */
function memoryHints({ failure, leastFreeBytes }: StepFailure): string[] {
  if (failure.reason !== "signal" || failure.signal !== "SIGKILL") return [];
  const least = leastFreeBytes === undefined ? "" : `: at the least ${megabytes(leastFreeBytes)} were free`;
  return [
    `close other programs or use a machine with more memory: a bake takes some gigabytes, and was probably killed for it${least}`,
    "bake with `--fast`, which takes a sixth less memory",
  ];
}
