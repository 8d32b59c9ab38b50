import { expect, it } from "vitest";
import { gensymForms, gensymOf } from "../../src/statement/gensym.ts";

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
