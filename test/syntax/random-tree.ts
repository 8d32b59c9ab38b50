import fc from "fast-check";
import type { CallArgument, Path, Segment, StatementTree, SymbolLiteral, TypeExpr } from "../../grammar/type-expr.ts";

const span = { start: 0, end: 0 };
const styled = (style: Segment["style"], ...names: string[]) =>
  fc.constantFrom(...names).map((name): Segment => ({ name, style }));
const segment = fc.oneof(
  styled("plain", "Int64", "T", "T1", "Array", "sort!", "#s15", "ex-3"),
  styled("var", "#1#2", 'a"b', "a\\", "=="),
);
// `M.:+` is left out: in front of `<:` its end cannot be told, and no Julia prints it.
const ending = fc.oneof(
  styled("operator", "+", "<:", "∘"),
  styled("operator-var", "==", "=>"),
  styled("getfield", "#4#5"),
);
const path = fc
  .tuple(segment, fc.array(segment, { maxLength: 2 }), fc.array(ending, { maxLength: 1 }))
  .map(([first, more, last]): Path => ({ kind: "path", span, segments: [first, ...more, ...last] }));
const named = (name: string): Path => ({ kind: "path", span, segments: [{ name, style: "plain" }] });

const symbolOf = (spelling: SymbolLiteral["spelling"], ...names: string[]) =>
  fc.constantFrom(...names).map((name): TypeExpr => ({ kind: "symbol", span, name, spelling, escaped: true }));
const symbol = fc.oneof(
  symbolOf("quoted", "a", "π", "+", "==", "="),
  symbolOf("var", "a b", "text/plain", '"', "\\T"),
  symbolOf("call", "a b", "##291", '"', "$x", "\\T", "a\nb"),
);
const literal = fc
  .constantFrom(
    { type: "integer" as const, text: "-1" },
    { type: "hex" as const, text: "0x01" },
    { type: "float" as const, text: "1.5" },
    { type: "float" as const, text: "-inf" },
    { type: "bool" as const, text: "true" },
  )
  .map((each): TypeExpr => ({ kind: "literal", span, ...each }));

const application = (head: TypeExpr, parameters: readonly TypeExpr[]): TypeExpr => ({
  kind: "application",
  span,
  head,
  parameters,
});
const call = (callee: TypeExpr, values: readonly CallArgument[]): TypeExpr => ({
  kind: "call",
  span,
  callee,
  arguments: values,
});
const fieldName = (index: number) => `f${index}`;

const { type } = fc.letrec<{ type: TypeExpr; group: TypeExpr; types: TypeExpr[]; bounds: Record<string, TypeExpr> }>(
  (tie) => ({
    types: fc.array(tie("type"), { maxLength: 3 }),
    group: tie("type").map((inner): TypeExpr => ({ kind: "group", span, inner })),
    bounds: fc.oneof(fc.constant({}), fc.record({ upper: path }), fc.record({ lower: path, upper: tie("group") })),
    type: fc.oneof(
      { maxDepth: 4 },
      path,
      symbol,
      literal,
      tie("group"),
      fc.tuple(path, tie("types")).map(([head, parameters]) => application(head, parameters)),
      fc.tuple(tie("type"), segment, tie("bounds")).map(([body, name, bounds]): TypeExpr => {
        return { kind: "union-all", span, body, variable: { name, flipped: false, ...bounds }, braced: false };
      }),
      tie("types").map((items): TypeExpr => ({ kind: "tuple", span, items })),
      tie("types").map((items): TypeExpr => {
        return items.length === 0
          ? { kind: "tuple", span, items }
          : { kind: "tuple", span, items, names: items.map((_, index) => fieldName(index)) };
      }),
      tie("type").map((value) => call(named("typeof"), [{ value }])),
      fc.tuple(path, tie("types"), tie("types")).map(([head, parameters, values]) =>
        call(
          application(head, parameters),
          values.map((value, index) => ({ name: fieldName(index), value })),
        ),
      ),
    ),
  }),
);

/** A statement with any types the grammar knows as its arguments. */
export const randomStatement: fc.Arbitrary<StatementTree> = fc
  .array(type, { maxLength: 3 })
  .map((parameters) => ({ signature: application(named("Tuple"), parameters) }));

/** The tree without its positions, to compare by. */
export const withoutSpans = (tree: unknown): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value) => (key === "span" ? undefined : value)));
