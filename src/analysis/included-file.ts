import { closureType } from "../../grammar/look-ups.ts";
import { isAtLeast, neededRelease } from "../statement/crossing.ts";
import type { JuliaRelease } from "../statement/relatives.ts";
import { type Entry, isCode, remarks, statementLine } from "./emit-entry.ts";
import { baseModule, mainModule } from "./package-of.ts";

/** No package's: lower case, so that nobody takes it for a module. */
export const unknownPackage = "unknown";

/** Where the file belongs, for the comment at its head. */
export function placeText(name: string): string {
  if (name === baseModule) return "what belongs to no package: for the package that everything else is loaded by";
  if (name === mainModule) return "what the script defines: move that into a package first";
  return name === unknownPackage ? "what names no module" : `for module ${name}`;
}

/** Made to be included: it does nothing but where a package is precompiled, and passes over what is not there. */
export function includedFile(name: string, entries: readonly Entry[], tool: string): readonly string[] {
  const byRelease = Map.groupBy(entries, (entry) => releaseText(neededBy(entry)));
  const always = byRelease.get("") ?? [];
  byRelease.delete("");
  return [
    `# written by ${tool}: ${placeText(name)}`,
    ...(name === baseModule || name === mainModule || name === unknownPackage
      ? []
      : [`# Put \`include("precompile.jl")\` before the last \`end\` of ${name}, or into its \`@compile_workload\`.`]),
    "# What is not there in another version of Julia or of a package is passed over.",
    "if ccall(:jl_generating_output, Cint, ()) == 1",
    ...always.map((entry) => `    ${guarded(entry)}`),
    ...[...byRelease]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([release, own]) => [
        `    if VERSION >= v"${release}"`,
        ...own.map((entry) => `        ${guarded(entry)}`),
        "    end",
      ]),
    "end",
  ];
}

/** Bodies of keyword methods and generators are looked up as Julia does from 1.6 on; closures as only we do. */
const isLookUp = (entry: Entry): boolean => !isCode(entry) && !entry.statement.canonical.includes(`${closureType}(`);
const lookUpSince: JuliaRelease = { major: 1, minor: 6 };

function neededBy(entry: Entry): JuliaRelease | undefined {
  const needed = neededRelease(entry.statement.tree);
  return isLookUp(entry) && (needed === undefined || !isAtLeast(needed, lookUpSince)) ? lookUpSince : needed;
}

/** Whether a Julia that includes the file reads it; the rest is for readers of ours. */
export const isRead = (entry: Entry): boolean => isCode(entry) || isLookUp(entry);

const guarded = (entry: Entry): string =>
  isRead(entry) ? `try; ${entry.statement.canonical}; catch; end${remarks(entry)}` : statementLine(entry);

const releaseText = (release: JuliaRelease | undefined): string =>
  release === undefined ? "" : `${release.major}.${release.minor}`;
