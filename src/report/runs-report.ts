import type { ImportOutcome } from "../commands/import.ts";
import type { RemovedRuns, RunDetails, RunListOutcome, RunsOutcome } from "../commands/runs.ts";
import type { TraceOutcome } from "../commands/trace.ts";
import type { ProcessKind, RecordedProcess, RunSummary, TraceRun } from "../statement/provenance.ts";
import { shellText } from "../support/shell-text.ts";
import { counted, cut, duration, type Format, json, lines, type Rendering } from "./rendering.ts";
import { section } from "./show-report.ts";
import { facts, table } from "./table.ts";

/** A run as `trace`, `import` and `runs` give it in JSON. */
export function runDocument(run: TraceRun) {
  const { newStatements, sourceDigest, ...rest } = run;
  // What was said of an import stands behind the digest of its content.
  const digest = sourceDigest === undefined ? {} : { sourceDigest: sourceDigest.split(" ", 1)[0] };
  return { ...rest, ...digest, new: newStatements };
}

export function reportRuns({ runs }: RunsOutcome, format: Format): Rendering {
  if (format === "json") return { stdout: json({ runs: runs.map(runDocument) }), exitCode: 0 };
  return reportRunList({ runs, more: 0 });
}

export function reportRunList({ runs, more }: RunListOutcome): Rendering {
  const rest = more === 0 ? "" : `… ${more} older (--top 0 shows all)\n`;
  return { stdout: runs.length === 0 ? "no runs are recorded yet\n" : runTable(runs) + rest, exitCode: 0 };
}

export const reportSetNames = (names: readonly string[]): Rendering => ({ stdout: lines(names), exitCode: 0 });

/** A workload's own output stands on standard output, so the table keeps off it; one JSON document may follow it. */
export function reportTrace({ runs }: TraceOutcome, format: Format): Rendering {
  const exitCode = runs.every((run) => run.exitStatus === 0) ? 0 : 1;
  const { stdout } = reportRuns({ runs }, format);
  return format === "json" ? { stdout, exitCode } : { stdout: "", stderr: stdout, exitCode };
}

export function reportImport({ runs, refused }: ImportOutcome, format: Format): Rendering {
  return { ...reportRuns({ runs }, format), exitCode: refused === 0 ? 0 : 2 };
}

/** A run is named after its command where nobody names it. */
const nameWidth = 48;

function runTable(runs: readonly RunSummary[]): string {
  return table(
    [
      ["run", "right"],
      ["name", "left"],
      ["started (UTC)", "left"],
      ["julia", "left"],
      ["stdout", "left"],
      ["statements", "right"],
      ["new", "right"],
      ["lines", "right"],
      ["damaged", "right"],
      ["took", "right"],
      ["end", "left"],
    ],
    runs.map((run) => [
      String(run.id),
      cut(run.name, nameWidth),
      run.startedAt.slice(0, 19).replace("T", " "),
      run.juliaVersion ?? "?",
      run.ioKind ?? "",
      String(run.statements),
      String(run.newStatements),
      String(run.lines),
      String(run.damaged),
      run.durationMs == null ? "" : duration(run.durationMs),
      ending(run),
    ]),
  );
}

function commandText({ command: [program = "", ...args] }: TraceRun): string {
  return shellText({ program, args });
}

function ending(run: RunSummary): string {
  if (run.kind === "import") return "imported";
  return run.exitSignal ?? (run.exitStatus === 0 ? "ok" : `exit ${run.exitStatus}`);
}

export function reportRun({ run, packages, processes, damage }: RunDetails, format: Format): Rendering {
  if (format === "json")
    return { stdout: json({ ...runDocument(run), packages: packages ?? null, processes, damage }), exitCode: 0 };
  const stdout = facts([
    ["run", `${run.id} ${run.name}`],
    ["command", commandText(run)],
    ["folder", run.folder],
    ["started", run.startedAt],
    ["took", run.durationMs === undefined ? undefined : duration(run.durationMs)],
    ["end", ending(run)],
    ["julia", [run.juliaVersion, run.juliaCommit].filter(Boolean).join(" ")],
    ["machine", [run.os, run.arch, run.cpuTarget].filter(Boolean).join(" ")],
    ["sysimage", run.sysimage && withDigest(run.sysimage, "", run.sysimageDigest)],
    ["project", run.project && withDigest(run.project, "Manifest ", run.manifestDigest)],
    ["standard output", run.ioKind],
    [
      "tags",
      Object.entries(run.tags)
        .map(([key, value]) => `${key}=${value}`)
        .join(", "),
    ],
    [
      "packages",
      packages
        ?.filter(({ uuid }) => uuid !== "")
        .map(({ name }) => name)
        .join(", "),
    ],
    ["lines", String(run.lines)],
    ["statements", `${run.statements}, ${run.newStatements} of them new to the store`],
    ["damaged", counted(run.damaged, "line")],
  ]);
  const several = processes.length > 1 ? section("processes", processes.map(processText)) : "";
  const damaged = damage.map(({ line, code, message }) => `  line ${line}: ${message} (${code})\n`).join("");
  return { stdout: stdout + several + damaged, exitCode: 0 };
}

/** `kind`, where there is something to add to the program. */
const kindTexts: Readonly<Record<ProcessKind, string>> = { julia: "", worker: "worker", python: "in a Python" };

function processText({ number, kind, pid, program, lines, statements }: RecordedProcess): string {
  const what = [program, kindTexts[kind], pid === undefined ? "" : `process ${pid}`].filter((part) => part);
  return `${number}  ${what.join(", ")}: ${counted(lines, "line")}, ${counted(statements, "statement")}`;
}

function withDigest(path: string, what: string, digest: string | undefined): string {
  return digest === undefined ? path : `${path} (${what}${digest.slice(0, 12)})`;
}

export function reportRemoved({ removed }: RemovedRuns, format: Format): Rendering {
  if (format === "json") return { stdout: json({ removed: removed.map(runDocument) }), exitCode: 0 };
  return { stdout: lines(removed.map((run) => `removed run ${run.id} (${run.name})`)), exitCode: 0 };
}
