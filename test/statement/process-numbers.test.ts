import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { processNumbers, processText } from "../../src/statement/process-numbers.ts";

describe("which processes of a run", () => {
  it.each<readonly [readonly number[], string]>([
    [[], ""],
    [[1], "1"],
    [[2, 1], "1-2"],
    [[1, 3, 4, 5, 9], "1,3-5,9"],
    [[10, 9, 8, 8], "8-10"],
  ])("%j is written %s", (numbers, text) => {
    expect(processText(numbers)).toBe(text);
  });

  it("is read from several texts at once", () => {
    expect(processNumbers("4,1-2,2-3")).toEqual([1, 2, 3, 4]);
    expect(processNumbers("")).toEqual([]);
  });

  it("is read as it was written", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 300 })), (numbers) => {
        expect(processNumbers(processText(numbers))).toEqual([...numbers].sort((a, b) => a - b));
      }),
    );
  });
});
