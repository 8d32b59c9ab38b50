import { resolve } from "node:path";
import type { StatementSet } from "../analysis/statement-set.ts";
import type { RehearsalFailure, RehearsalPlan } from "../build/rehearse.ts";
import { type Diagnostic, errorDiagnostic } from "../diagnostics/diagnostic.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { err, ok, type Result } from "../support/result.ts";
import type { ToolExit } from "../support/run-tool.ts";
import { toolFailureText } from "../support/tool-failure-text.ts";
import type { ToolLimits } from "../support/tool-limits.ts";
import { availableKinds, type Streams } from "../trace/run-workload.ts";
import type { Workload } from "../trace/traced-process.ts";
import { type CommandContext, type CommandResult, failed, interrupted, withStore, withToolchain } from "./context.ts";
import { type Environment, type EnvironmentRequest, environmentFor, missingFile } from "./environment.ts";
import { environmentDigest } from "./predictions.ts";
import { resolveSets } from "./resolve-set.ts";

/** What rehearsing a set takes, for `rehearse`, `optimize` and `bake`. */
export interface RehearsalRequest extends EnvironmentRequest {
  readonly julia?: string | undefined;
  /** Julia file whose definitions the image is to hold in Main. */
  readonly definitions?: string | undefined;
  /** Of one process, in seconds. */
  readonly timeLimit: number;
  /** Of one process and what it starts, in bytes; undefined: most of what is free. */
  readonly memoryLimit?: number | undefined;
}

/** What is the same for every workload of a request. */
export interface RehearsalBase extends Environment, Pick<RehearsalPlan, "toolchain" | "definitions" | "limits"> {
  /** Digest of what verdicts hold for. */
  readonly environment: string;
}

export function rehearsalBase(
  request: RehearsalRequest,
  set: StatementSet,
  store: StatementStore,
  toolchain: Toolchain,
): Result<RehearsalBase, Diagnostic> {
  const found = environmentFor(request, set, store, toolchain);
  if (!found.ok) return found;
  const missing = missingFile(request.definitions);
  if (missing !== undefined) return err(missing);
  const definitions = request.definitions && resolve(request.definitions);
  const environment = environmentDigest({ toolchain, ...found.value, definitions });
  return ok({ toolchain, ...found.value, definitions, environment, limits: limitsOf(request) });
}

/** What a rehearsal of sets starts with. */
export interface RehearsalStart {
  readonly set: StatementSet;
  readonly toolchain: Toolchain;
  readonly base: RehearsalBase;
  readonly store: StatementStore;
}

/** Finds what a rehearsal of sets takes, for `work`. */
export function withRehearsal<T>(
  request: RehearsalRequest & { readonly sets: readonly string[] },
  context: CommandContext,
  work: (start: RehearsalStart) => Promise<CommandResult<T>>,
): Promise<CommandResult<T>> {
  return withStore(context, async (store) => {
    const set = await resolveSets(context, store, request.sets);
    if (!set.ok) return set;
    const toolchain = await withToolchain(context, request.julia);
    if (!toolchain.ok) return toolchain;
    const base = rehearsalBase(request, set.value, store, toolchain.value);
    if (!base.ok) return failed(base.error);
    return work({ set: set.value, toolchain: toolchain.value, base: base.value, store });
  });
}

/** So much of the free memory a rehearsal may take before it is ended, rather than the machine. */
const memoryShare = 0.9;

function limitsOf({ timeLimit, memoryLimit }: RehearsalRequest): ToolLimits {
  return { timeMs: timeLimit * 1000, memoryBytes: memoryLimit ?? Math.round(process.availableMemory() * memoryShare) };
}

/** The kinds of standard output the statements were traced with, or all that can be made here where none is known. */
export function streamsOfRuns({ runs }: StatementSet): readonly [Streams, ...Streams[]] {
  const available = availableKinds();
  const seen = available.filter((kind) => runs.some(({ ioKind }) => ioKind === kind));
  const [first = "pipe", ...more] = seen.length > 0 ? seen : available;
  return [first, ...more];
}

/** A workload on the command line, in the project that the statements are rehearsed in. */
export const workloadIn = (
  [script = "", ...args]: readonly string[],
  { project }: Pick<RehearsalBase, "project">,
): Workload & { kind: "script" } => ({ kind: "script", script, args, project });

export function rehearsalDiagnostic(failure: RehearsalFailure, script: string): Diagnostic {
  switch (failure.reason) {
    case "interrupted":
      return interrupted("the list was rehearsed");
    case "over-limit":
      return failure.over.limit === "time"
        ? errorDiagnostic(
            "PI430",
            `the rehearsal was ended after ${failure.over.timeMs / 1000} s: \`${script}\` may hang`,
            [
              "run the workload without preimage, to see whether it ends",
              "give it more time with `--time-limit SECONDS`",
            ],
          )
        : errorDiagnostic(
            "PI431",
            `the rehearsal was ended: it took more than ${(failure.over.memoryBytes / 1e9).toFixed(1)} GB of memory`,
            ["rehearse a smaller list, or allow more with `--memory-limit MB`"],
          );
    case "endless-statement":
      return errorDiagnostic(
        "PI437",
        `the rehearsal was ended after ${failure.timeMs / 1000} s, while Julia compiled \`${failure.statement.canonical}\``,
        ["take that statement out of the list", "give it more time with `--time-limit SECONDS`"],
      );
    case "no-replay":
      return errorDiagnostic("PI432", `Julia ended before it replayed anything${lastWords(failure.exit)}`, [
        "check that the packages load in the project (`--project DIR`)",
      ]);
    case "too-many-crashes":
      return errorDiagnostic(
        "PI433",
        `${failure.culprits.length} statements ended Julia one after the other, first \`${failure.culprits[0]?.canonical}\``,
        ["the list is not for this Julia, or its packages do not work in it"],
      );
    default:
      return errorDiagnostic("PI434", `the list could not be rehearsed: ${toolFailureText(failure)}`, []);
  }
}

function lastWords({ stderr, stdout }: ToolExit): string {
  // Where in our own files Julia was tells nobody anything.
  const [said = ""] = (stderr || stdout).split(/^Stacktrace:|^in expression starting at /m);
  const lines = said.trimEnd().split("\n").slice(0, 6);
  return lines.join("") === "" ? "" : lines.map((line) => `\n    ${line}`).join("");
}
