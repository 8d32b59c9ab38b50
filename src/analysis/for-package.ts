import { type PortabilityContext, portabilityOf } from "../statement/portability.ts";
import type { Obstacle, Statement } from "../statement/statement.ts";
import type { EmitContext } from "./emit.ts";
import { type Entry, entryOf, textOf } from "./emit-entry.ts";
import { includedFile, isRead } from "./included-file.ts";
import { mainModule, packageOf, rootsOf } from "./package-of.ts";
import { type LeadsOf, statementOfText, withLeads } from "./prune.ts";
import { type StatementSet, sortedMembers } from "./statement-set.ts";

/** The precompile file of one package, and what of a set is not in it. */
export interface ForPackage {
  readonly package: string;
  readonly statements: number;
  readonly text: string;
  readonly rest: readonly NotOwned[];
}

export interface NotOwned {
  readonly statement: string;
  /** Whose it is: a package, `Base` for what Julia brings, `Main` for the script. */
  readonly owner: string;
  /** Why it is not in the file, where it is the package's. */
  readonly why: string | undefined;
}

/**
 * What package `name` may have Julia compile: its own methods, and methods of others with its types. A name that another
 * build numbers anew is looked up where a method leads to it; where none does, and where a value cannot be written as
 * code, the statement is among the rest.
 */
export function forPackage(
  name: string,
  set: StatementSet,
  leads: LeadsOf,
  { tool, isModuleRelative }: EmitContext,
): ForPackage {
  const entries: Entry[] = [];
  const rest: NotOwned[] = [];
  for (const member of sortedMembers(set)) {
    const printed = statementOfText(member.canonical);
    const statement = isModuleRelative(printed) ? printed : withLeads(printed, leads(member));
    const owner = isModuleRelative(printed) ? "unknown" : ownerFor(name, statement);
    const entry = entryOf(member, statement);
    const why = owner === name ? (obstacle(statement) ?? unread(entry)) : undefined;
    if (owner === name && why === undefined) entries.push(entry);
    else rest.push({ statement: statement.canonical, owner, why });
  }
  return { package: name, statements: entries.length, text: textOf(includedFile(name, entries, tool)), rest };
}

/** `name` where it may own the statement; otherwise who does. */
function ownerFor(name: string, statement: Statement): string {
  const owner = packageOf(statement);
  return owner !== mainModule && rootsOf(statement.tree.signature).has(name) ? name : owner;
}

const anywhere: PortabilityContext = {};

function obstacle(statement: Statement): string | undefined {
  const portability = portabilityOf(statement, anywhere);
  return portability.portable ? undefined : whys[portability.obstacles[0].kind];
}

/** Of what no Julia would read. */
const unread = (entry: Entry): string | undefined =>
  isRead(entry) ? undefined : "a closure is looked up by the replay of `build` alone";

const whys: Readonly<Record<Obstacle["kind"], string>> = {
  "main-owned": "it names what the script defines",
  gensym: "it has a name that another build numbers anew",
  "lossy-literal": "it has a value that cannot be written as Julia code",
};
