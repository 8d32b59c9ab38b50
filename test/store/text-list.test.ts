import fc from "fast-check";
import { expect, it } from "vitest";
import { NumberList } from "../../src/store/number-list.ts";
import { TextList } from "../../src/store/text-list.ts";

it("a list of texts gives back what was put in, whatever its length and letters", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.nat(70_000).map((size) => "ö".repeat(size)),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
      const list = new TextList();
      for (const each of texts) list.push(each);
      expect(list.length).toBe(texts.length);
      expect(texts.map((_, index) => list.at(index))).toEqual(texts);
    }),
  );
});

it("a list of numbers holds them as they are, and 0 where none was set", () => {
  const list = new NumberList();
  const numbers = [0, -1, 2 ** 40, 0.5, Number.NaN];
  for (const number of numbers) list.push(number);
  list.set(5_000, 7);
  expect([list.length, list.at(4_999), list.at(5_000), list.at(9_999), list.at(-1)]).toEqual([5_001, 0, 7, 0, 0]);
  expect(numbers.map((_, index) => list.at(index))).toEqual(numbers);
});
