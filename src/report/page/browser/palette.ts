import type { StatementColumns } from "../page-data.ts";

/** How many modules have a colour of their own; all others share one. */
export const coloured = 9;

/** Which colour each module has, on all pictures alike: the biggest have one each. */
export interface Palette {
  /** The biggest first. */
  readonly owners: readonly number[];
  /** The name of a class of the style. */
  readonly colourOf: (owner: number) => string;
}

export function paletteOf({ owner, compileMs }: StatementColumns): Palette {
  const sizes = new Map<number, number>();
  const timed = compileMs.some((ms) => ms !== null);
  owner.forEach((each, index) => {
    sizes.set(each, (sizes.get(each) ?? 0) + (timed ? (compileMs[index] ?? 0) : 1));
  });
  const owners = [...sizes].sort((a, b) => b[1] - a[1]).map(([each]) => each);
  const ranks = new Map(owners.map((each, rank) => [each, rank]));
  return {
    owners,
    colourOf: (each) => {
      const rank = ranks.get(each) ?? coloured;
      return rank < coloured ? `colour-${rank}` : "colour-other";
    },
  };
}
