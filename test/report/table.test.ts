import fc from "fast-check";
import { expect, it } from "vitest";
import { table } from "../../src/report/table.ts";

const cell = fc.string({ unit: fc.constantFrom("a", "1", "-", " ", "|"), maxLength: 8 });

it("a table of plain cells is drawn as the library draws it", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 6 }), (rows) => {
      const heads = (last: string) =>
        [
          ["left", "left"],
          ["right", "right"],
          [last, "left"],
        ] as const;
      // A letter that is not plain makes it a table that the library draws.
      const drawn = table(heads("é"), rows).replace("é", "x");
      expect(table(heads("x"), rows)).toBe(drawn);
    }),
  );
});
