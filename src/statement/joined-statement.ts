import type { StatementTree } from "../../grammar/type-expr.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { closing, deepestSplit, opening, splitBraces, splitSignature } from "../syntax/split-arguments.ts";
import { canonicalArgument, canonicalHead, together } from "./canonical.ts";
import { type CanonicalText, digestOf, type StatementDigest } from "./statement.ts";

/** What a directive states, without a tree. */
export interface Stated {
  readonly digest: StatementDigest;
  readonly canonical: CanonicalText;
  /** Where the text goes on behind the directive. */
  readonly end: number;
}

/**
 * What the directive that `text` begins with states, put together of types that were read before: the same as
 * `statementOf` says of its tree. Undefined where it has to be read as a whole: it is damaged, it has a `where` of its
 * own, or its arguments mean something else together than each of them alone.
 */
export function joinedStatement(text: string): Stated | undefined {
  const split = splitSignature(text);
  if (split === undefined || !text.startsWith(closing, split.close)) return undefined;
  const joined = joinedParts("Tuple", split.parts);
  if (joined === undefined) return undefined;
  const canonical = `precompile(${joined})` as CanonicalText;
  return { digest: digestOf(canonical), canonical, end: split.close + closing.length };
}

/**
 * The canonical text of every argument that was read, by its own text: in a trace nine of ten were read before. Bounded,
 * as a hostile one has a new argument at every turn.
 */
const known = new Map<string, string>();
const mostKnownBytes = 32_000_000;
/** What an entry takes beside its texts. */
const bytesOfEntry = 150;
let knownBytes = 0;

function canonicalOf(argument: string): string | undefined {
  const remembered = known.get(argument);
  if (remembered !== undefined) return remembered;
  const canonical = newCanonicalOf(argument);
  if (canonical === undefined) return undefined;
  knownBytes += argument.length + canonical.length + bytesOfEntry;
  if (knownBytes > mostKnownBytes) {
    known.clear();
    knownBytes = 0;
  }
  const own = ownCopy(argument);
  // Most are canonical as they are: one text then serves for both.
  known.set(own, canonical === own ? own : canonical);
  return canonical;
}

/** The same without remembering it. */
export const newCanonicalOf = (argument: string): string | undefined =>
  joinedArgument(argument) ?? readArgument(argument);

/** A piece of a text keeps all of it in memory. */
const ownCopy = (piece: string): string => ` ${piece}`.slice(1);

// Heads as Julia prints them: `Base.Dict`, `Main.var"#1#2"`, `getfield(Main, Symbol("#1#2"))`.
const named = /^(?:[A-Za-z_][\w.!]*(?:\.var"[^"\\]*")?|getfield\([\w.!]+, Symbol\("[^"\\]*"\)\))(?=\{)/;

/** `A{B, C}` put together of its parts. */
function joinedArgument(text: string): string | undefined {
  const [name] = named.exec(text) ?? [];
  const split = name === undefined ? undefined : splitBraces(text, name.length + 1);
  if (name === undefined || split?.close !== text.length - 1) return undefined;
  const head = headOf(name);
  return head === undefined ? undefined : joinedParts(head, split.parts);
}

function joinedParts(head: string, parts: readonly string[]): string | undefined {
  const alone: string[] = [];
  for (const part of parts) {
    const canonical = canonicalOf(part);
    if (canonical === undefined) return undefined;
    alone.push(canonical);
  }
  const texts = together(head, alone);
  return texts && `${head}{${texts.join(", ")}}`;
}

const opener = /[{(]|\bwhere\b|[<>]:/g;

function readArgument(text: string): string | undefined {
  // What is high in a place that is deep may be too deep together.
  if ((text.match(opener)?.length ?? 0) > deepestSplit) return undefined;
  const tree = treeAround(text);
  const argument = tree && canonicalArgument(tree, text);
  return argument && printTypeExpr(argument);
}

const treeAround = (argument: string): StatementTree | undefined => parseStatement(opening + argument + closing).tree;

const heads = new Map<string, string | undefined>();
const mostHeads = 10_000;

/** The canonical text of what stands in front of braces. */
export function headOf(name: string): string | undefined {
  if (heads.has(name)) return heads.get(name);
  const tree = treeAround(name);
  const head = tree && canonicalHead(tree);
  if (heads.size === mostHeads) heads.clear();
  const text = head && printTypeExpr(head);
  heads.set(ownCopy(name), text);
  return text;
}
