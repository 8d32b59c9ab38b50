import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printForJulia } from "../../src/statement/julia-text.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { randomStatement } from "../syntax/random-tree.ts";
import { statementFrom } from "./statement-of.ts";

const textOf = (type: string) => {
  const printed = printForJulia(statementFrom(`precompile(Tuple{${type}})`));
  return printed.ok ? printed.value.slice("Tuple{".length, -"}".length) : printed.error;
};

it.each([
  ["typeof(Base.sin)", "typeof(Base.sin)"],
  ["Base.Val{Char(0x61000000)}", "Base.Val{reinterpret(Char, 0x61000000)}"],
  ["Base.Val{Zoo.Color(0x00000001)}", "Base.Val{reinterpret(Zoo.Color, 0x00000001)}"],
  ["Core.AddrSpace{Core}(0x00)", "reinterpret(Core.AddrSpace{Core}, 0x00)"],
  ["Base.Val{Int32(-3)}", "Base.Val{Int32(-3)}"],
  ["Base.Val{Base.Missing()}", 'Base.Val{getfield(Base.Missing, Symbol("instance"))}'],
  ["Base.Val{NamedTuple()}", 'Base.Val{getfield(NamedTuple{(), Tuple{}}, Symbol("instance"))}'],
  ['Base.Val{Symbol("$(run)")}', 'Base.Val{Symbol("\\$(run)")}'],
  ["Base.Val{Zoo.S2(a=1, b=2)}", "Base.Val{reinterpret(Zoo.S2, (a=1, b=2))}"],
  ["Base.Val{Zoo.Meters(3)}", "a struct value cannot be replayed"],
  ["Base.Val{(a-b=1,)}", "a field name is no identifier"],
])("%s", (type, expected) => expect(textOf(type)).toBe(expected));

describe("nothing a list says can run", () => {
  it.each(["Base.exit()", "Base.Val{Base.exit()}", "typeof(Base.exit())", "Base.exit{}()", "Base.Val{(Base.exit(),)}"])(
    "%s",
    (type) => expect(textOf(type)).not.toContain("exit("),
  );

  // Of a random tree everything is taken away that is inert; no call may be left.
  const inert = /Symbol\("(?:[^"\\]|\\.)*"\)|var"(?:[^"\\]|\\.)*"|\b(?:typeof|getfield|reinterpret)\(/g;
  it("whatever the tree", () => {
    fc.assert(
      fc.property(randomStatement, (tree) => {
        const printed = printForJulia(statementOf(tree));
        if (printed.ok) expect(printed.value.replace(inert, "")).not.toMatch(/[\w}!"]\(|`/);
      }),
      { numRuns: 1000 },
    );
  });
});
