import type { Statement } from "../statement/statement.ts";
import { type Entry, entryOf, isCode, statementLine, textOf } from "./emit-entry.ts";
import type { EmitForm } from "./emit-form.ts";
import { includedFile, placeText, unknownPackage } from "./included-file.ts";
import { packageOf } from "./package-of.ts";
import { statementOfText } from "./prune.ts";
import { type StatementSet, sortedMembers } from "./statement-set.ts";

export interface EmittedFile {
  /** Below the folder that is written to; empty where there is one file only. */
  readonly path: string;
  /** Undefined where there is one file only. */
  readonly package: string | undefined;
  readonly statements: number;
  readonly text: string;
}

export interface EmitContext {
  /** Name and version of this tool; every file says in its first line who wrote it. */
  readonly tool: string;
  /** A name in it needs a module that it does not have. */
  readonly isModuleRelative: (statement: Statement) => boolean;
}

/** Every statement of the set, in one file or another; `import` reads all of them back. */
export function emit(form: EmitForm, set: StatementSet, context: EmitContext): readonly EmittedFile[] {
  const entries = sortedMembers(set).map((member) => entryOf(member, statementOfText(member.canonical)));
  switch (form) {
    case "packagecompiler":
      return [oneFile(entries, [`# statements, written by ${context.tool}`, ...entries.map(statementLine)])];
    case "tsv":
      return [oneFile(entries, [`# written by ${context.tool}`, `# ${columns.join("\t")}`, ...entries.map(row)])];
    case "json":
      return [oneFile(entries, documentLines(entries))];
    case "precompiletools":
      return fileEach(entries, context, (name) => `${name}/precompile.jl`, includedFile);
    case "snoopcompile":
      return fileEach(entries, context, (name) => `precompile_${name}.jl`, snoopedFile);
  }
}

const oneFile = (entries: readonly Entry[], lines: readonly string[]): EmittedFile => ({
  path: "",
  package: undefined,
  statements: entries.length,
  text: textOf(lines),
});

function fileEach(
  entries: readonly Entry[],
  { tool, isModuleRelative }: EmitContext,
  pathOf: (name: string) => string,
  linesOf: (name: string, entries: readonly Entry[], tool: string) => readonly string[],
): readonly EmittedFile[] {
  const groups = Map.groupBy(entries, ({ statement }) => {
    const name = isModuleRelative(statement) ? unknownPackage : packageOf(statement);
    // It becomes the name of a file, and nothing from a trace is to choose what is written over.
    return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : unknownPackage;
  });
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => ({
      path: pathOf(name),
      package: name,
      statements: own.length,
      text: textOf(linesOf(name, own, tool)),
    }));
}

const columns = ["statement", "compile_ms", "recompiles", "owner", "runs", "digest"];

function row({ statement, member, compileMs, recompiles }: Entry): string {
  const { canonical, owner, digest } = statement;
  return [canonical, compileMs ?? "", recompiles, owner, member.runs.join(","), digest].join("\t");
}

/** One document, a statement a line: large ones can be read a line at a time. */
function documentLines(entries: readonly Entry[]): readonly string[] {
  const documents = entries.map(({ statement, member, compileMs, recompiles }) => {
    const { digest, canonical, owner } = statement;
    return { digest, statement: canonical, owner, compileMs: compileMs ?? null, recompiles, runs: member.runs };
  });
  const last = documents.length - 1;
  return [
    '{"statements":[',
    ...documents.map((document, index) => `${JSON.stringify(document)}${index === last ? "" : ","}`),
    "]}",
  ];
}

/** As SnoopCompile's `write` does it. */
function snoopedFile(name: string, entries: readonly Entry[], tool: string): readonly string[] {
  return [
    `# written by ${tool}: ${placeText(name)}`,
    "function _precompile_()",
    "    ccall(:jl_generating_output, Cint, ()) == 1 || return nothing",
    ...entries.map((entry) => `    ${isCode(entry) ? "Base." : ""}${statementLine(entry)}`),
    "end",
  ];
}
