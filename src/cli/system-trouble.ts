import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";

/** What the system says when it does not let us: not our mistake, nor the user's input. */
const refusals: ReadonlySet<string> = new Set([
  "EACCES",
  "EDQUOT",
  "EIO",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "ENOSPC",
  "EPERM",
  "EROFS",
]);

/** Of an error that Node threw for the system; undefined where it is a mistake of ours. */
export function systemTrouble(error: unknown): Diagnostic | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = "", syscall }: NodeJS.ErrnoException = error;
  // Elsewhere a folder that is not there is one that we should have made.
  const noFolder = code === "ENOENT" && syscall === "mkdtemp";
  if (syscall === undefined || !(refusals.has(code) || noFolder)) return undefined;
  return errorDiagnostic("PI314", `the system refused: ${error.message}`, [
    "temporary files go to TMPDIR, what is kept for later to XDG_CACHE_HOME: name folders that may be written and have room",
  ]);
}
