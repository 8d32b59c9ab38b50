import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { isStamped } from "../build/stamp.ts";
import { errorDiagnostic } from "../diagnostics/diagnostic.ts";
import { noProject, projectAbove, projectFolder } from "../julia/project.ts";
import type { Toolchain } from "../julia/toolchain.ts";
import type { TraceRun } from "../statement/provenance.ts";
import type { StatementStore } from "../store/statement-store.ts";
import { ok } from "../support/result.ts";
import { observeTool, type ToolExit } from "../support/run-tool.ts";
import { Scratch } from "../support/scratch.ts";
import { shellText } from "../support/shell-text.ts";
import { toolFailureText } from "../support/tool-failure-text.ts";
import { cutRecorder } from "../trace/cut-recorder.ts";
import { ingest } from "../trace/ingest.ts";
import { runWorkload, type WorkloadStreams } from "../trace/run-workload.ts";
import { tracedCommand, type Workload, warmCommand } from "../trace/traced-process.ts";
import { tracedProcesses } from "../trace/traced-processes.ts";
import {
  beginStep,
  type CommandContext,
  type CommandResult,
  failed,
  warn,
  withStore,
  withToolchain,
} from "./context.ts";
import { damageDiagnostics } from "./file-set.ts";
import { factsOf, type RunRequest, wordsOf } from "./run-facts.ts";
import { checkTerminal, noTrace } from "./trace-diagnostic.ts";

export interface TraceRequest extends RunRequest {
  readonly julia?: string | undefined;
  readonly repeat: number;
  readonly warm: boolean;
  /** The sysimage to trace on; `base` is Julia's own. */
  readonly sysimage?: string | undefined;
  /** Trace what Julia itself starts, too: workers and other Julias (default: true). */
  readonly workers?: boolean | undefined;
  /** A workload that fails is not run again. */
  readonly untilFailure?: boolean | undefined;
  /** One run for each, `repeat` times. */
  readonly streams: readonly WorkloadStreams[];
}

export interface TraceOutcome {
  readonly runs: readonly TraceRun[];
}

/** Runs a workload under `--trace-compile` and records each run in the store. */
export async function trace(request: TraceRequest, context: CommandContext): Promise<CommandResult<TraceOutcome>> {
  const unfit = checkWorkload(request.workload) ?? checkSysimage(request.sysimage) ?? checkTerminal(request.streams);
  if (unfit !== undefined) return failed(unfit);
  return withStore(context, async (store) => {
    const toolchain = await withToolchain(context, request.julia ?? namedJulia(request.workload));
    return toolchain.ok ? traceOn(request, context, store, toolchain.value) : toolchain;
  });
}

/** The same, with the store open and the toolchain found. */
export async function traceOn(
  request: TraceRequest,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
): Promise<CommandResult<TraceOutcome>> {
  const { workload } = request;
  if (request.warm && workload.kind === "script") await warmCaches(workload, toolchain, context);
  const runs: TraceRun[] = [];
  for (let round = 0; round < request.repeat; round += 1) {
    for (const streams of request.streams) {
      const run = await traceOnce(request, context, store, toolchain, streams);
      if (!run.ok) return run;
      runs.push(run.value);
      if (context.abort.aborted || (request.untilFailure && run.value.exitStatus !== 0)) return ok({ runs });
    }
  }
  return ok({ runs });
}

/** Otherwise what Julia compiles to compile a package would look like the workload's own. */
export async function warmCaches(
  workload: Workload & { kind: "script" },
  { julia }: Toolchain,
  context: CommandContext,
): Promise<void> {
  const done = beginStep(context, "warm package caches");
  // A script whose packages do not load says so itself when it runs.
  await observeTool(warmCommand(workload, julia), { streams: { kind: "discard" }, abort: context.abort });
  done();
}

/** Undefined where the workload can be started. */
export function checkWorkload(workload: Workload) {
  if (workload.project !== undefined && projectFolder(workload.project) === undefined) {
    return noProject(workload.project);
  }
  if (workload.kind !== "script") return undefined;
  const { script } = workload;
  if (!existsSync(script)) {
    const [first = ""] = script.split(" ", 1);
    return errorDiagnostic("PI920", `the workload \`${script}\` does not exist`, [
      first !== script && existsSync(first)
        ? `write it without quotes: \`${script}\` is one word there`
        : "name a Julia file, or trace any command with `preimage trace -- COMMAND ARGS…`",
    ]);
  }
  if (!statSync(script).isFile()) {
    return errorDiagnostic("PI922", `the workload \`${script}\` is no file`, ["name a Julia file"]);
  }
  if (readFileSync(script).includes(0)) {
    return errorDiagnostic("PI923", `the workload \`${script}\` is a binary file`, ["name a Julia file"]);
  }
  return undefined;
}

function checkSysimage(sysimage: string | undefined) {
  if (sysimage === undefined || sysimage === "base" || existsSync(sysimage)) return undefined;
  return errorDiagnostic("PI924", `the sysimage \`${sysimage}\` does not exist`, [
    "name a file, or `base` for Julia's own",
  ]);
}

/** A command that names its Julia by a path is traced with that one. */
function namedJulia(workload: Workload): string | undefined {
  const program = workload.kind === "command" ? workload.words[0] : "";
  return /[/\\]julia(?:\.exe)?$/.test(program) ? program : undefined;
}

async function traceOnce(
  request: TraceRequest,
  context: CommandContext,
  store: StatementStore,
  toolchain: Toolchain,
  streams: WorkloadStreams,
): Promise<CommandResult<TraceRun>> {
  const scratch = new Scratch("trace");
  try {
    const sysimage =
      request.sysimage === "base" ? toolchain.baseSysimage : request.sysimage && resolve(request.sysimage);
    const { workload, workers = true } = request;
    const command = tracedCommand(workload, toolchain, { folder: scratch.path, sysimage, workers });
    const words = wordsOf(workload);
    const done = announce(context, store, words, streams);
    const startedAt = new Date();
    // At Julia's prompt Ctrl-C takes back a line, or ends a computation; neither ends the session.
    const restore = workload.kind === "session" ? context.leaveInterrupts() : () => {};
    const run = await runWorkload(command, streams, {
      outputFile: scratch.file("output.txt"),
      abort: context.abort,
      onAbort: "forward",
    });
    restore();
    done();
    if (!run.ok) {
      return failed(
        errorDiagnostic("PI306", `the workload could not be traced: ${toolFailureText(run.error)}`, [
          ...(words[0]?.endsWith(".jl") ? ["put a Julia file before the `--`: what follows it is any command"] : []),
          "check the command by running it without preimage",
        ]),
      );
    }
    const processes = tracedProcesses(scratch.path);
    const output = lastWords(run.value, scratch.file("output.txt"));
    if (processes.traceFiles.length === 0) return failed(noTrace(workload, words, output));
    const facts = {
      ...factsOf(request, toolchain, store, processes, streams),
      startedAt: startedAt.toISOString(),
      durationMs: run.value.durationMs,
      exitStatus: run.value.status ?? undefined,
      exitSignal: run.value.signal ?? undefined,
    };
    warnOfBakedSysimage(context, facts.sysimage);
    const recorded = store.recordRun(facts, (sink) => ingest(processes.traceFiles, sink, { cutting: cutRecorder }));
    for (const diagnostic of damageDiagnostics(`run ${recorded.id}`, store.damageOf(recorded.id), recorded.id))
      warn(context, diagnostic);
    warnOfExit(context, recorded, output);
    const above = workload.project === undefined && recorded.exitStatus !== 0 ? projectAbove(process.cwd()) : undefined;
    if (above !== undefined && (output === "" || output.includes("not found in current path")))
      context.notify({ kind: "note", text: `it ran without a project; \`--project ${above}\` is the nearest one` });
    return ok(recorded);
  } finally {
    scratch.remove();
  }
}

const commandText = ([program = "", ...args]: readonly string[]): string => shellText({ program, args });

/** On the user's own streams nothing may be drawn while the workload runs; elsewhere it is a step like any other. */
function announce(
  context: CommandContext,
  store: StatementStore,
  words: readonly string[],
  streams: WorkloadStreams,
): () => void {
  if (streams !== "inherit" && streams !== "terminal")
    return beginStep(context, `trace the workload (${streams})`, store.lastRunDuration(words, process.cwd()));
  context.notify({ kind: "workload-begins", command: commandText(words) });
  return () => {};
}

function warnOfBakedSysimage(context: CommandContext, sysimage: string | undefined): void {
  if (sysimage === undefined || !isStamped(sysimage)) return;
  warn(context, {
    code: "PI308",
    severity: "warning",
    message: `the workload ran on \`${sysimage}\`, which preimage baked: what it already holds was not traced`,
    hints: ["trace with `--sysimage base` to see everything that the workload needs"],
  });
}

/** The end of what a workload printed whose output nobody has seen. */
function lastWords({ stdout, stderr }: ToolExit, outputFile: string): string {
  const text = stripVTControlCharacters(existsSync(outputFile) ? readFileSync(outputFile, "utf8") : stderr || stdout);
  const lines = text.trimEnd().split(/\r?\n/).slice(-lastLines);
  return text.trim() === "" ? "" : lines.map((line) => `\n    ${line}`).join("");
}

const lastLines = 16;

function warnOfExit(context: CommandContext, run: TraceRun, output: string): void {
  if (run.exitSignal === undefined && run.exitStatus === 0) return;
  const how = run.exitSignal === undefined ? `ended with status ${run.exitStatus}` : `was stopped by ${run.exitSignal}`;
  warn(context, {
    code: "PI309",
    severity: "warning",
    message: `the workload ${how}; what it had compiled until then is recorded as run ${run.id}${output}`,
    hints: [],
  });
}
