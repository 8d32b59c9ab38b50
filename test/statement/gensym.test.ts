import { expect, it } from "vitest";
import type { TypeExpr } from "../../grammar/type-expr.ts";
import { gensymForms, gensymOf } from "../../src/statement/gensym.ts";
import { childrenOf } from "../../src/statement/map-type-expr.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { parseDirective } from "../../src/syntax/parse-statement.ts";
import { corporaPresent, corpusLines } from "../syntax/corpora-lines.ts";

it.each(gensymForms)("knows $example as $form", ({ example, role, form, stable }) => {
  expect(gensymOf(example, role)).toMatchObject({ form, stable });
});

it.each([
  ["#12", "closure"],
  ["#6#7", "closure"],
  ["##4#5", "closure"],
  ["#53#54#56", "closure"],
  ["#add#2#clo##1", "inner-function"],
  ["#f##0#f##1", "closure"],
  ["#abstract_call##0#abstract_call##1", "closure"],
  ["##open#287", "keyword-body"],
  ["##≉#611", "keyword-body"],
  ["#s12#34", "generator"],
  ["#parse_flags#33", "inner-function"],
  ["#Type##kw", "keyword-sorter"],
  ["#@int128_str", "macro"],
])("knows %s as %s", (name, form) => expect(gensymOf(name)?.form).toBe(form));

it.each(["sin", "push!", "#sin", "f#12", ""])("knows %j as nobody's", (name) => expect(gensymOf(name)).toBeUndefined());

it.skipIf(!corporaPresent)("knows whoever made a name in a real trace", { timeout: 60_000 }, () => {
  const unknown = new Set<string>();
  const visit = (node: TypeExpr): void => {
    const { name = "" } = (node.kind === "path" && node.segments.at(-1)) || {};
    if (name.startsWith("#") && gensymOf(name) === undefined) unknown.add(name);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const pattern of ["*.jl", "julia-*/**/*.jl"])
    for (const { text } of corpusLines(pattern)) {
      const { tree } = text.includes("#") ? parseDirective(text.trimStart()) : {};
      if (tree !== undefined) visit(statementOf(tree).tree.signature);
    }
  expect([...unknown]).toEqual([]);
});
