/** How much two texts have in common at their begin and at their end; neither cuts a name in two. */
export function commonEnds(a: string, b: string): readonly [before: number, behind: number] {
  const least = Math.min(a.length, b.length);
  let before = 0;
  while (before < least && a[before] === b[before]) before += 1;
  while (before > 0 && isInName(a[before - 1])) before -= 1;
  let behind = 0;
  while (behind < least - before && a.at(-1 - behind) === b.at(-1 - behind)) behind += 1;
  while (behind > 0 && isInName(a.at(-behind))) behind -= 1;
  return [before, behind];
}

const isInName = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_.]/u.test(character);
