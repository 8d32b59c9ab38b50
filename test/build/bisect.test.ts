import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bisect } from "../../src/build/bisect.ts";

/** A list that fails where it holds all of these, and how often it was tried. */
function failingWith(...culprits: readonly number[]) {
  const tried: (readonly number[])[] = [];
  const fails = async (some: readonly number[]): Promise<boolean> => {
    tried.push(some);
    return culprits.every((culprit) => some.includes(culprit));
  };
  return { fails, tried };
}

describe("halving a list", () => {
  it("finds the one that makes it fail, wherever it stands, in few tries", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), async (length, nth) => {
        const items = Array.from({ length }, (_, index) => index);
        const culprit = nth % length;
        const { fails, tried } = failingWith(culprit);
        expect(await bisect(items, fails)).toBe(culprit);
        expect(tried.length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(length)));
      }),
    );
  });

  it("blames nobody where the empty list fails, or where it takes two of both halves", async () => {
    expect(await bisect([1, 2, 3, 4], failingWith().fails)).toBeUndefined();
    expect(await bisect([1, 2, 3, 4], failingWith(1, 4).fails)).toBeUndefined();
    expect(await bisect([], failingWith(1).fails)).toBeUndefined();
  });
});
