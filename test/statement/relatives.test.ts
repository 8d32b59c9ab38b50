import { describe, expect, it } from "vitest";
import { crossTo } from "../../src/statement/crossing.ts";
import { relativeKey, relatives } from "../../src/statement/relatives.ts";
import { statementOf } from "../../src/statement/statement.ts";
import { statementFrom } from "./statement-of.ts";

const stated = (signature: string) => statementFrom(`precompile(${signature})`);

function crossed(signature: string, minor: number): string {
  const crossing = crossTo({ major: 1, minor }, stated(signature).tree);
  if ("obstacle" in crossing) return crossing.obstacle;
  return statementOf(crossing.tree).canonical.slice("precompile(".length, -1);
}

describe("relatives", () => {
  it.each(relatives)("$name: $example.newer", ({ example, since, cannotCross }) => {
    const [older, newer] = [stated(example.older), stated(example.newer)];
    expect(older.digest).not.toBe(newer.digest);
    expect(relativeKey(older)).toBe(relativeKey(newer));
    expect(relativeKey(older)).not.toBe(relativeKey(stated("Tuple{typeof(Base.sin), Int64}")));
    expect(crossed(example.older, since.minor - 1)).toBe(example.older);
    expect(crossed(example.newer, since.minor)).toBe(example.newer);
    if (cannotCross === undefined) {
      expect(crossed(example.older, since.minor)).toBe(example.newer);
      expect(crossed(example.newer, since.minor - 1)).toBe(example.older);
    } else expect(crossed(example.newer, since.minor - 1)).toBe(cannotCross);
  });

  it.each([
    [
      'Tuple{Core.var"#Type##kw", NamedTuple{(:a,), Tuple{Int64}}, Type{CSV.File}, String}',
      "Tuple{typeof(Core.kwcall), NamedTuple{(:a,), Tuple{Int64}}, Type{CSV.File}, String}",
    ],
    ['Tuple{Base.var"#sort##kw", Any, typeof(Base.sort)}', "Tuple{typeof(Core.kwcall), Any, typeof(Base.sort)}"],
    ['Tuple{Zoo.var"#Op##kw", Any, Zoo.Op}', "Tuple{typeof(Core.kwcall), Any, Zoo.Op}"],
    [
      "Tuple{typeof(Base.fill!), Array{UInt8, 1}}",
      "Tuple{typeof(Base.fill!), GenericMemory{:not_atomic, UInt8, Core.AddrSpace{Core}(0x00)}}",
    ],
  ])("%s has the key of %s", (older, newer) => expect(relativeKey(stated(older))).toBe(relativeKey(stated(newer))));

  it("are not all that look alike", () => {
    expect(relativeKey(stated("Tuple{typeof(Base.sort), Any}"))).not.toBe(
      relativeKey(stated("Tuple{typeof(Base.sort)}")),
    );
    expect(relativeKey(stated("Tuple{Foo.Pairs{Int64}}"))).not.toBe(relativeKey(stated("Tuple{Base.Pairs{Int64}}")));
  });
});
