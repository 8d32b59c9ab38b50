import type { TypeExpr } from "../../grammar/type-expr.ts";
import { ambiguousLiterals } from "../statement/ambiguous-literal.ts";
import { mapChildren } from "../statement/map-type-expr.ts";
import { type Statement, statementOf } from "../statement/statement.ts";
import { parseStatement } from "../syntax/parse-statement.ts";
import { printTypeExpr } from "../syntax/print.ts";
import { streamTypes } from "./residual-cause.ts";

// Statements that another run of the same program might print in place of one at hand.

const streamKinds = ["Base.IOStream", "Base.PipeEndpoint", "Base.TTY"] as const;
/** 3 kinds each: more of them are not one terminal's, pipe's or file's. */
const mostStreams = 3;

/** The same with every other combination of kinds of standard streams; none where it names no stream. */
export function streamVariants(statement: Statement): readonly Statement[] {
  const count = statement.canonical.match(streamTypes)?.length ?? 0;
  if (count === 0 || count > mostStreams) return [];
  const combinations = streamKinds.length ** count;
  return Array.from({ length: combinations }, (_, number) => {
    let rest = number;
    return statement.canonical.replace(streamTypes, () => {
      const type = streamKinds[rest % streamKinds.length] ?? streamKinds[0];
      rest = Math.floor(rest / streamKinds.length);
      return type;
    });
  })
    .filter((text) => text !== statement.canonical)
    .flatMap(statementFrom);
}

/** The same with a literal that Julia prints alike, one at a time: `S{1.0}` for `S{1}`. */
export function literalVariants(statement: Statement): readonly Statement[] {
  const { tree } = statement;
  return ambiguousLiterals(tree).flatMap(({ text, candidates }) =>
    candidates
      .filter((candidate) => !candidate.includes("…"))
      .flatMap((candidate) => {
        const replace = (node: TypeExpr): TypeExpr =>
          node.kind === "literal" && node.text === text ? literalOf(candidate, node) : mapChildren(node, replace);
        return statementFrom(`precompile(${printTypeExpr(replace(tree.signature))})`);
      }),
  );
}

/** Text that is printed as it stands: the tree is read again from it. */
const literalOf = (text: string, { span }: TypeExpr): TypeExpr => ({ kind: "literal", span, type: "integer", text });

/** A name tuple, `(:X2, :Y2)`: what columns and keywords are called. */
const nameTuple = /\((?::[\p{L}_][\p{L}\p{N}_!]*, ?)*:[\p{L}_][\p{L}\p{N}_!]*,?\)/gu;

/**
 * What the same program compiles for data whose columns are called otherwise. Where some statement was seen with several
 * name tuples and was else the same, those tuples stand for each other, and every statement that names one of them alone
 * has a variant with each of the others.
 */
export function nameVariants(statements: readonly Statement[]): readonly Statement[] {
  const byShape = new Map<string, Set<string>>();
  const tupleOf = new Map<Statement, string>();
  for (const statement of statements) {
    const tuples = new Set(statement.canonical.match(nameTuple) ?? []);
    const [only] = tuples;
    if (tuples.size !== 1 || only === undefined) continue;
    tupleOf.set(statement, only);
    const shape = statement.canonical.replaceAll(only, "(names)");
    byShape.set(shape, (byShape.get(shape) ?? new Set()).add(only));
  }
  const alike = interchangeable([...byShape.values()].filter((tuples) => tuples.size > 1));
  const known = new Set(statements.map(({ canonical }) => canonical as string));
  return [...tupleOf].flatMap(([{ canonical }, tuple]) =>
    [...(alike.get(tuple) ?? [])]
      .map((other) => canonical.replaceAll(tuple, other))
      .filter((text) => !known.has(text) && known.add(text))
      .flatMap(statementFrom),
  );
}

/** So many shapes have to share two tuples: one alone may be a coincidence, such as `(:rev,)` and `(:by,)` of one call. */
const fewestShapes = 2;

/** For each tuple those of the same length that stood in its place in several shapes. */
function interchangeable(shapes: readonly ReadonlySet<string>[]): ReadonlyMap<string, ReadonlySet<string>> {
  const counts = new Map<string, number>();
  for (const tuples of shapes)
    for (const one of tuples)
      for (const other of tuples) {
        if (one === other || namesIn(one) !== namesIn(other)) continue;
        counts.set(`${one}\t${other}`, (counts.get(`${one}\t${other}`) ?? 0) + 1);
      }
  const alike = new Map<string, Set<string>>();
  for (const [pair, count] of counts) {
    const [one = "", other = ""] = pair.split("\t");
    if (count >= fewestShapes) alike.set(one, (alike.get(one) ?? new Set()).add(other));
  }
  return alike;
}

const namesIn = (tuple: string): number => tuple.split(":").length;

function statementFrom(text: string): Statement[] {
  const { tree } = parseStatement(text);
  return tree === undefined ? [] : [statementOf(tree)];
}
