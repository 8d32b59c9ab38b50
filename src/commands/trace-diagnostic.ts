import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { shellText } from "../support/shell-text.ts";
import { hasPseudoTerminals } from "../trace/pseudo-terminal.ts";
import type { WorkloadStreams } from "../trace/run-workload.ts";
import type { Workload } from "../trace/traced-process.ts";

/** Why a workload that ran left no trace. `output`: what nobody has seen of what it printed. */
export function noTrace(workload: Workload, [program = "", ...args]: readonly string[], output: string): Diagnostic {
  if (workload.kind === "test") {
    return errorDiagnostic("PI313", `the tests of \`${workload.subject}\` did not begin${output}`, [
      output === "" ? "see above what Pkg says" : "see what Pkg says",
    ]);
  }
  return errorDiagnostic("PI307", `\`${shellText({ program, args })}\` started no Julia`, [
    "let the command start `julia` by that name, so that it is found on PATH, or embed it in Python with juliacall",
  ]);
}

/** Undefined where all the streams can be made. */
export function checkTerminal(streams: readonly WorkloadStreams[]): Diagnostic | undefined {
  const wanted = streams.some((each) => each === "terminal" || each === "tty");
  if (!wanted || hasPseudoTerminals()) return undefined;
  return errorDiagnostic("PI312", "no pseudo-terminal can be made here: there is no `script` on PATH", [
    "install it: it is part of util-linux (Debian: `apt-get install bsdutils`)",
  ]);
}
