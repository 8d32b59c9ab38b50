import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Path } from "../../grammar/type-expr.ts";
import { pathOf } from "../statement/build-type-expr.ts";
import type { Lead, Leads } from "../statement/look-up.ts";
import { ok, type Result } from "../support/result.ts";
import { runTool, type ToolCommand, type ToolFailure } from "../support/run-tool.ts";
import { Scratch } from "../support/scratch.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { projectFlag, quietFlags } from "./julia-flags.ts";
import type { Toolchain } from "./toolchain.ts";

const namesFile = fileURLToPath(new URL("names.jl", import.meta.url));

/**
 * Asks a Julia which methods lead to what it named with a counter: bodies of keyword methods, generators, closures. It has
 * to be the Julia, and the project the packages, that gave the names. What no method leads to has no lead: closures of
 * code at top level, and names of packages that the project does not have. `renumbered`: the names may be of another build,
 * then those count that are the only ones of their name but for the numbers.
 */
export async function lookUpNames(
  toolchain: Toolchain,
  project: string | undefined,
  names: readonly Path[],
  { abort, renumbered = false }: { readonly abort?: AbortSignal | undefined; readonly renumbered?: boolean } = {},
): Promise<Result<Leads, ToolFailure>> {
  const scratch = new Scratch("names");
  try {
    const [asked, answers] = [scratch.file("asked.tsv"), scratch.file("answers.tsv")];
    const byKey = new Map(names.map((name) => [keyOf(name), name]));
    writeFileSync(asked, [...byKey.keys()].map((key) => `${key}\n`).join(""));
    const flags = [...quietFlags, ...projectFlag(project)];
    const command: ToolCommand = {
      program: toolchain.julia,
      args: [...flags, namesFile, asked, answers, ...(renumbered ? ["renumbered"] : [])],
    };
    const ended = await runTool(command, { streams: { kind: "file", path: scratch.file("log") }, abort });
    return ended.ok ? ok(readLeads(readFileSync(answers, "utf8"))) : ended;
  } finally {
    scratch.remove();
  }
}

const noSpan = { start: 0, end: 0 };

/** `module<TAB>name` */
function keyOf({ segments }: Path): string {
  const names = segments.map(({ name }) => name);
  return `${names.slice(0, -1).join(".")}\t${names.at(-1)}`;
}

/** `module<TAB>name<TAB>form<TAB>number<TAB>signature` lines, by the name as Julia prints it. */
function readLeads(text: string): Leads {
  const leads = new Map<string, Lead>();
  for (const line of text.split("\n")) {
    const [module = "", name = "", form, number, signature] = line.split("\t");
    if (signature === undefined) continue;
    const [root = "", ...inner] = module.split(".");
    const printed = printTypeExpr(pathOf([root, ...inner, name], noSpan));
    if (form === "closure") leads.set(printed, { form, number: Number(number), signature });
    else if (form === "keyword-body" || form === "generator") leads.set(printed, { form, signature });
  }
  return leads;
}
