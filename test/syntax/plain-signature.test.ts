import { expect, it } from "vitest";
import { parseStatement } from "../../src/syntax/parse-statement.ts";
import { plainSignature } from "../../src/syntax/plain-signature.ts";
import { withoutSpans } from "./random-tree.ts";

const parsed = (argument: string) => parseStatement(`precompile(Tuple{${argument}})`).tree;

it.each([
  "Int64",
  "Base.Dict",
  "Base.push!",
  "A.where",
  "true",
  "inf",
  "A.inf",
  "precompile",
  "Base.precompile",
  "which",
  "_a1.b_2",
  "typeof(Base.sin)",
  "typeof(f)",
  "typeof(true)",
  "typeof",
  'A.var"b"',
  'NaN.var"b"',
  'A.B.var"#1#2"',
  'getfield(Main, Symbol("#1#2"))',
  'getfield(A.B, Symbol("#kw##f!"))',
])("reads %s as the parser does", (argument) => {
  const tree = plainSignature(argument);
  expect(tree && withoutSpans(tree)).toEqual(withoutSpans(parsed(argument) ?? {}));
});

it.each([
  "where",
  "typeof(where)",
  "typeof( f)",
  "Base.:+",
  "f(x)",
  "größe",
  "",
  ".a",
  "a.",
  "typeof()",
  'getfield(NaN, Symbol("b"))',
  'A.var"b\\"c"',
  'getfield(A,Symbol("b"))',
])("leaves %s to the parser", (argument) => expect(plainSignature(argument)).toBeUndefined());
