import { describe, expect, it } from "vitest";
import { literalVariants, nameVariants, streamVariants } from "../../src/analysis/variants.ts";
import { call, statementFrom } from "../samples.ts";

const texts = (statements: readonly { readonly canonical: string }[]): string[] =>
  statements.map(({ canonical }) => canonical).sort();

describe("variants for other kinds of streams", () => {
  it("have every other combination", () => {
    expect(texts(streamVariants(statementFrom(call("Base.print", "Base.TTY", "Int64"))))).toEqual([
      call("Base.print", "Base.IOStream", "Int64"),
      call("Base.print", "Base.PipeEndpoint", "Int64"),
    ]);
    const two = streamVariants(statementFrom(call("Base.f", "Base.TTY", "Base.IOStream")));
    expect(two).toHaveLength(8);
    expect(new Set(texts(two)).size).toBe(8);
  });

  it.each([call("Base.print", "Int64"), call("Base.f", ...Array.from({ length: 4 }, () => "Base.TTY"))])(
    "are none of %s",
    (text) => expect(streamVariants(statementFrom(text))).toEqual([]),
  );
});

it("variants with another literal have one that Julia prints alike", () => {
  expect(texts(literalVariants(statementFrom(call("Base.f", "Foo.S{300}"))))).toEqual([
    call("Base.f", "Foo.S{300.0}"),
    call("Base.f", "Foo.S{Int16(300)}"),
    call("Base.f", "Foo.S{Int32(300)}"),
  ]);
  expect(literalVariants(statementFrom(call("Base.f", "Array{Int64, 1}")))).toEqual([]);
});

describe("variants for other names of columns", () => {
  const seen = (names: string, ...functions: readonly string[]) =>
    functions.map((name) => statementFrom(call(name, `NamedTuple{(${names}), Tuple{Int64, Int64}}`)));

  it("say of one table what was seen of another", () => {
    const statements = [...seen(":a, :b", "Foo.f", "Foo.g", "Foo.h"), ...seen(":x, :y", "Foo.f", "Foo.g")];
    expect(texts(nameVariants(statements))).toEqual([call("Foo.h", "NamedTuple{(:x, :y), Tuple{Int64, Int64}}")]);
  });

  it("need more than one statement to go by, and as many names", () => {
    expect(nameVariants([...seen(":a, :b", "Foo.f", "Foo.g"), ...seen(":x, :y", "Foo.f")])).toEqual([]);
    const other = ["Foo.f", "Foo.g"].map((name) => statementFrom(call(name, "NamedTuple{(:x,), Tuple{Int64, Int64}}")));
    expect(nameVariants([...seen(":a, :b", "Foo.f", "Foo.g", "Foo.h"), ...other])).toEqual([]);
  });
});
